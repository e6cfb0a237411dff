import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Sql } from '../../../prisma/client.ts';
import type { Locale } from '../../i18n/index.ts';
import { dayKind, holidayOn } from '../../policy/calendar.ts';
import type { Policy } from '../../policy/schema.ts';
import { calendarDate } from '../../policy/values.ts';
import { type DateWindow, datesOf, loadDates } from './dates.ts';
import { type Entry, entriesOf } from './entries.ts';
import { shiftName } from './words.ts';

export const dates = { from: calendarDate, to: calendarDate };

export const entry = z.strictObject({
  shiftId: z.uuid(),
  personId: z.uuid(),
  date: calendarDate,
  /** As it is stored, and as the reader calls it. */
  name: z.string(),
  title: z.string(),
  night: z.boolean(),
  /** Epoch milliseconds. */
  from: z.number(),
  to: z.number(),
  /** The whole shift, of which this is a stretch. */
  whole: z.boolean(),
  state: z.enum(['planned', 'taken', 'away']),
  /** The plan gives this shift to this person: an edit of the day names it, or cancels it. */
  own: z.boolean(),
  cause: z.string().nullable(),
  /** For `taken`: who was planned. For `away`: who is on instead. */
  other: z.string().nullable(),
});
export const rosterPerson = z.strictObject({
  id: z.uuid(),
  number: z.string(),
  name: z.string(),
  teamId: z.uuid().nullable(),
  /** How often their roster has changed: sent back with an edit. */
  version: z.number(),
  /** Whether the reader may change their shifts. */
  mayEdit: z.boolean(),
});
export const day = z.strictObject({
  date: calendarDate,
  kind: z.enum(['holiday', 'makeUpWorkday', 'weekend', 'workday', 'unknown']),
  holiday: z.string().nullable(),
});
export const shiftKind = z.strictObject({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  from: z.string(),
  hours: z.number(),
  night: z.boolean(),
});

export function daysOf(window: DateWindow, locale: Locale): z.input<typeof day>[] {
  return datesOf(window).map((date) => {
    const plain = Temporal.PlainDate.from(date);
    return { date, kind: dayKind(plain), holiday: holidayOn(plain)?.name[locale] ?? null };
  });
}

export const shiftKinds = ({ roster }: Policy, locale: Locale): z.input<typeof shiftKind>[] =>
  roster.shifts.map(({ name, ...type }) => ({ ...type, name: name['zh-CN'], title: name[locale] }));

/** @param names by id, of everybody who may be named */
export function entryView(
  {
    shiftId,
    personId,
    businessDate: date,
    name,
    night,
    from,
    to,
    startsAt,
    endsAt,
    state,
    own,
    cause,
    other,
  }: Entry,
  { locale, policy, names }: { locale: Locale; policy: Policy; names: ReadonlyMap<string, string> },
): z.input<typeof entry> {
  const title = shiftName(name, { locale, types: policy.roster.shifts });
  const whole = from === startsAt && to === endsAt;
  return {
    ...{ shiftId, personId, date, name, title, night, from, to, whole, state, own },
    ...{ cause: cause ?? null, other: (other && names.get(other)) ?? null },
  };
}

export interface RosterReader {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly role: string;
  readonly teamId: string | null;
  readonly version: number;
}

/** Everybody with a team, or with a shift in these dates; of one team, of one person, or of all. */
export async function rosterPeople(
  sql: Sql,
  { team, person }: { team?: string | undefined; person?: string | undefined },
): Promise<RosterReader[]> {
  const { rows } = await sql.query<RosterReader & Record<string, unknown>>({
    text: `SELECT p.id, p.number, p.name, p.role, p.team_id AS "teamId", coalesce(r.version, 0) AS version
      FROM person p LEFT JOIN roster_person r ON r.person_id = p.id
      WHERE p.active AND p.team_id IS NOT NULL AND ($1::uuid IS NULL OR p.team_id = $1) AND ($2::uuid IS NULL OR p.id = $2)
      ORDER BY p.number`,
    values: [team ?? null, person ?? null],
  });
  return rows;
}

/** The entries of these people on these dates. */
export async function entriesFor(
  sql: Sql,
  window: DateWindow,
  people: readonly string[],
  timeZone: string,
): Promise<Entry[]> {
  const own = new Set(people);
  const facts = await loadDates(sql, { ...window, people }, timeZone);
  return entriesOf(facts).filter(({ personId }) => own.has(personId));
}

/** The names behind these ids, also of those who have left. */
export async function namesOf(sql: Sql, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql.query<{ id: string; name: string }>({
    text: 'SELECT id, name FROM person WHERE id = ANY($1)',
    values: [[...new Set(ids)]],
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
