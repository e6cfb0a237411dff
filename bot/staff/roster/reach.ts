import { Temporal } from 'temporal-polyfill';
import type { Sql } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import type { Locale } from '../../i18n/index.ts';
import { peopleById } from '../../people/directory.ts';
import { type Actor, may } from '../../people/permissions.ts';
import type { Person } from '../../people/person.ts';
import type { Policy } from '../../policy/schema.ts';
import type { RosterWords } from './words.ts';

/** Who changes the roster, by which policy; `now` is epoch ms. */
export interface Editing {
  readonly editor: Actor;
  readonly policy: Policy;
  readonly locale: Locale;
  readonly now: number;
}

/** @throws AppError not_found, forbidden */
export async function reachable(
  sql: Sql,
  ids: readonly string[],
  editor: Actor,
): Promise<Map<string, Person>> {
  const people = new Map((await peopleById(sql, ids)).map((person) => [person.id, person]));
  if (people.size < ids.length) throw new AppError('not_found');
  for (const { id, teamId } of people.values()) {
    // A leader's own shifts are the leader's team's, or nobody's to give.
    const target = { personId: id === editor.id ? '' : id, teamId };
    if (!may(editor, 'roster.edit', target)) throw new AppError('forbidden');
  }
  return people;
}

export function wordsFor(
  people: ReadonlyMap<string, Pick<Person, 'name'>>,
  at: Omit<Editing, 'editor'>,
): RosterWords {
  const { shifts: types, restHours } = at.policy.roster;
  const zoned = Temporal.Instant.fromEpochMilliseconds(at.now).toZonedDateTimeISO(at.policy.centre.timeZone);
  const nameOf = (id: string) => people.get(id)?.name ?? '';
  return { locale: at.locale, today: zoned.toPlainDate(), types, restHours, nameOf };
}
