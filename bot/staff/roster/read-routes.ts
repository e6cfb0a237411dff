import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Database } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import { type Route, route } from '../../http/route.ts';
import { type Actor, may, type Scope } from '../../people/permissions.ts';
import type { PolicyVersion } from '../../policy/versions.ts';
import { publishedThrough } from './dates.ts';
import { whoIsOn } from './on-duty.ts';
import * as views from './views.ts';
import { shiftName } from './words.ts';

export interface RosterReadParts {
  db: Database;
  policy(): PolicyVersion;
}

/** More days than a month's view shows are a report's business. */
const MOST_DAYS = 62;
const team = z.strictObject({ id: z.uuid(), name: z.string() });

/** @throws AppError invalid_input */
export function checkWindow({ from, to }: { from: string; to: string }): { from: string; to: string } {
  const days = Temporal.PlainDate.from(from).until(to).days;
  if (days < 0 || days >= MOST_DAYS)
    throw new AppError('invalid_input', undefined, {
      where: 'query',
      fields: [{ path: ['to'], problem: 'field.roster_window' }],
    });
  return { from, to };
}

/** Whose roster somebody may read: everybody's, their own team's, or their own. */
export function within(scope: Scope, reader: Actor, asked: string | undefined) {
  if (scope === 'centre') return { team: asked };
  if (reader.teamId === null) return { person: reader.id };
  if (asked !== undefined && asked !== reader.teamId) throw new AppError('forbidden');
  return { team: reader.teamId };
}

const todayIn = (timeZone: string, now: number) =>
  Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate().toString();

export function rosterReadRoutes(parts: RosterReadParts): Route[] {
  return [table(parts), now(parts), mine(parts)];
}

function table({ db, policy }: RosterReadParts): Route {
  return route({
    ...{ method: 'GET', path: '/api/v1/roster', action: 'roster.read' },
    summary:
      'The roster of some days, both included: who has which shift, and what was swapped or is on leave',
    query: z.strictObject({ ...views.dates, team: z.uuid().optional() }),
    response: z.strictObject({
      today: z.string(),
      days: z.array(views.day),
      teams: z.array(team),
      shifts: z.array(views.shiftKind),
      rotations: z.array(z.strictObject({ id: z.string(), name: z.string(), days: z.number() })),
      people: z.array(views.rosterPerson),
      entries: z.array(views.entry),
      /** Ahead of this date nothing is planned. */
      through: z.string().nullable(),
    }),
    async handler({ person, scope, query: { team: asked, ...query }, locale, now }) {
      const window = checkWindow(query);
      const { policy: rules } = policy();
      const { timeZone } = rules.centre;
      const reach = within(scope, person, asked);
      const people = await views.rosterPeople(db.sql, reach);
      const ids = people.map(({ id }) => id);
      const entries = await views.entriesFor(db.sql, window, ids, timeZone);
      const names = await views.namesOf(
        db.sql,
        entries.flatMap(({ other }) => other ?? []),
      );
      const teams = await db.prisma.team.findMany({
        orderBy: { name: 'asc' },
        select: { id: true, name: true },
      });
      const visible = scope === 'centre' ? teams : teams.filter(({ id }) => id === person.teamId);
      return {
        ...{ today: todayIn(timeZone, now), days: views.daysOf(window, locale), teams: visible },
        shifts: views.shiftKinds(rules, locale),
        rotations: rules.roster.rotations.map(({ id, name, cycle }) => {
          return { id, name: name[locale], days: cycle.length };
        }),
        people: people.map(({ id, number, name, teamId, version }) => {
          const mayEdit = may(person, 'roster.edit', { personId: id === person.id ? '' : id, teamId });
          return { id, number, name, teamId, version, mayEdit };
        }),
        entries: entries.map((each) => views.entryView(each, { locale, policy: rules, names })),
        through: (await publishedThrough(db.sql)) ?? null,
      };
    },
  });
}

const onDuty = z.strictObject({
  personId: z.uuid(),
  number: z.string(),
  name: z.string(),
  role: z.string(),
  team: team.nullable(),
  shift: z.string(),
  until: z.number(),
});

function now({ db, policy }: RosterReadParts): Route {
  return route({
    ...{ method: 'GET', path: '/api/v1/roster/on-duty', action: 'roster.read' },
    summary: 'Who is on duty at an instant (epoch milliseconds), by default now',
    query: z.strictObject({ at: z.coerce.number().int().min(0).max(8.64e15).optional() }),
    response: z.strictObject({ at: z.number(), people: z.array(onDuty) }),
    async handler({ person, scope, query: { at: asked }, locale, now }) {
      const at = asked ?? now;
      const duties = await whoIsOn(db.sql, at, within(scope, person, undefined));
      const types = policy().policy.roster.shifts;
      return {
        at,
        people: duties.map(({ name, shift, ...rest }) => {
          return { ...rest, name, shift: shiftName(shift, { locale, types }) };
        }),
      };
    },
  });
}

function mine({ db, policy }: RosterReadParts): Route {
  return route({
    ...{ method: 'GET', path: '/api/v1/roster/mine', action: 'roster.read' },
    summary: 'One’s own shifts of some days, both included',
    query: z.strictObject(views.dates),
    response: z.strictObject({
      today: z.string(),
      days: z.array(views.day),
      shifts: z.array(views.shiftKind),
      entries: z.array(views.entry),
    }),
    async handler({ person, query, locale, now }) {
      const window = checkWindow(query);
      const { policy: rules } = policy();
      const entries = await views.entriesFor(db.sql, window, [person.id], rules.centre.timeZone);
      const names = await views.namesOf(
        db.sql,
        entries.flatMap(({ other }) => other ?? []),
      );
      return {
        today: todayIn(rules.centre.timeZone, now),
        days: views.daysOf(window, locale),
        shifts: views.shiftKinds(rules, locale),
        entries: entries.map((each) => views.entryView(each, { locale, policy: rules, names })),
      };
    },
  });
}
