import { t } from '../../i18n/index.ts';
import type { Talk } from '../talk.ts';
import type { OnDuty } from './on-duty.ts';
import type { Duty } from './types.ts';
import { namesOf } from './views.ts';
import { shiftName } from './words.ts';

/** Who is on at one instant, a line for each shift of each team. */
export function peopleLines(people: readonly OnDuty[], { locale, parts }: Talk): string[] {
  const types = parts.policy().policy.roster.shifts;
  const groups = new Map<string, OnDuty[]>();
  for (const each of people) {
    const key = `${each.team?.id} ${each.shift}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    const shift = shiftName(first?.shift ?? '', { locale, types });
    const named = group.map(({ name }) => name).join(t(locale, 'roster.people_separator'));
    return t(locale, 'roster.on_line', { shift, team: first?.team?.name ?? '', people: named });
  });
}

/** Stretches of work, a line for all people who have the same one, with who was planned. */
export async function entriesLines(
  duties: readonly Duty[],
  textOf: (duty: Duty) => string,
  { locale, turn }: Talk,
): Promise<string[]> {
  const ids = duties.flatMap(({ personId, instead }) => [personId, ...(instead ? [instead.planned] : [])]);
  const names = await namesOf(turn.unit.sql, ids);
  const groups = new Map<string, string[]>();
  for (const duty of duties) {
    const shift = textOf(duty);
    groups.set(shift, [...(groups.get(shift) ?? []), personText(duty, names, locale)]);
  }
  return [...groups].map(([shift, people]) =>
    t(locale, 'roster.line', { shift, people: people.join(t(locale, 'roster.people_separator')) }),
  );
}

function personText(
  { personId, instead }: Duty,
  names: ReadonlyMap<string, string>,
  locale: Talk['locale'],
): string {
  const person = names.get(personId) ?? '';
  if (!instead || instead.planned === personId) return person;
  return t(locale, 'roster.instead_of', { person, planned: names.get(instead.planned) ?? '' });
}
