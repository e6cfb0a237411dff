import { Temporal } from 'temporal-polyfill';
import type { Sql } from '../../../prisma/client.ts';
import type { RosterFacts } from './change.ts';
import { loadRosterFacts } from './store.ts';

/** Business dates, both included, ISO. */
export interface DateWindow {
  readonly from: string;
  readonly to: string;
}

/** Midnight of a date on the centre's clock, epoch ms. */
export function startOf(date: string | Temporal.PlainDate, timeZone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone }).epochMilliseconds;
}

/** Each of these dates, ISO. */
export function datesOf({ from, to }: DateWindow): string[] {
  const first = Temporal.PlainDate.from(from);
  const days = first.until(to).days + 1;
  return Array.from({ length: Math.max(0, days) }, (_, i) => first.add({ days: i }).toString());
}

/** The shifts with these business dates, with what lies over them. */
export async function loadDates(
  sql: Sql,
  { from, to, people }: DateWindow & { people?: readonly string[] },
  timeZone: string,
): Promise<RosterFacts> {
  // A shift begins on its business date at the earliest, and at most a day later: a window two days wider has all.
  const window = {
    from: startOf(from, timeZone),
    to: startOf(Temporal.PlainDate.from(to).add({ days: 2 }), timeZone),
    ...(people && { people }),
  };
  const { shifts, overrides } = await loadRosterFacts(sql, window);
  const own = shifts.filter(({ businessDate }) => businessDate >= from && businessDate <= to);
  const ids = new Set(own.map(({ id }) => id));
  return { shifts: own, overrides: overrides.filter(({ shiftId }) => ids.has(shiftId)) };
}

/** The last business date that has a roster; undefined where nothing is published. */
export async function publishedThrough(sql: Sql): Promise<string | undefined> {
  const { rows } = await sql.query<{ through: string | null }>({
    text: 'SELECT max(business_date)::text AS through FROM shift WHERE cancelled_at IS NULL',
    values: [],
  });
  return rows[0]?.through ?? undefined;
}
