import { Temporal } from 'temporal-polyfill';
import type { Sql } from '../../../prisma/client.ts';
import type { Policy } from '../../policy/schema.ts';
import { loadVolume, peopleFor, servingDuties, type Volume } from '../roster/headcount.ts';
import type { Measured } from './rules.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What a surge is told with: the contacts, who is on duty, how many more it would take. */
export interface Load extends Measured {
  readonly onDuty: number;
  readonly needed: number;
}

/** The contacts of the last `windowMinutes` that waited for a person. `now` is epoch ms. */
export async function countContacts(sql: Sql, { surge }: Policy, now: number): Promise<number> {
  const { rows } = await sql.query<{ count: number }>({
    text: 'SELECT count(*)::int AS count FROM episode WHERE queued_at > $1 AND queued_at <= $2',
    values: [new Date(now - surge.windowMinutes * MINUTE_MS), new Date(now)],
  });
  return rows[0]?.count ?? 0;
}

/** Beside the forecast of the past weeks; undefined where there is none yet. The window itself is no part of it. */
export async function loadLoad(
  sql: Sql,
  policy: Policy,
  contacts: number,
  now: number,
): Promise<Load | undefined> {
  const { timeZone } = policy.centre;
  const windowMs = policy.surge.windowMinutes * MINUTE_MS;
  const volume = await loadVolume(sql, policy.roster.required.weeks, timeZone, now - windowMs);
  if (volume.weeks === 0) return undefined;
  const expected = expectedIn(volume, now - windowMs, now, timeZone);
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const window = { from: today.toString(), to: today.toString() };
  const duties = await servingDuties(sql, window, policy);
  const onDuty = new Set(duties.filter(({ from, to }) => from <= now && now < to).map((d) => d.personId))
    .size;
  const required = peopleFor((contacts * HOUR_MS) / windowMs, volume.handleSeconds, policy.roster.required);
  return { contacts, expected, onDuty, needed: Math.max(1, required - onDuty) };
}

/** What the hours of the week lead one to expect between two instants (epoch ms); a part of an hour counts as its part. */
export function expectedIn({ perHour }: Volume, from: number, to: number, timeZone: string): number {
  let sum = 0;
  for (let at = from; at < to; ) {
    const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
    const end = Math.min(
      to,
      zoned.round({ smallestUnit: 'hour', roundingMode: 'floor' }).epochMilliseconds + HOUR_MS,
    );
    sum += ((perHour.get(`${zoned.dayOfWeek} ${zoned.hour}`) ?? 0) * (end - at)) / HOUR_MS;
    at = end;
  }
  return sum;
}
