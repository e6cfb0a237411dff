import { Temporal } from 'temporal-polyfill';
import type { Sql } from '../../../prisma/client.ts';
import type { Policy } from '../../policy/schema.ts';
import { type DateWindow, datesOf, startOf } from './dates.ts';
import { requiredPeople } from './erlang.ts';
import { loadRoster } from './store.ts';
import type { Duty } from './types.ts';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** Contacts of past weeks: on average in an hour of the week, by weekday (1 is Monday) and hour. */
export interface Volume {
  readonly perHour: ReadonlyMap<string, number>;
  /** Average handling time, seconds; undefined where nothing was handled. */
  readonly handleSeconds: number | undefined;
  /** Over how many weeks; 0 where there is no history yet. */
  readonly weeks: number;
}

/** One hour of one day: how many people it needs, how many it has. */
export interface HourStaffing {
  readonly date: string;
  readonly hour: number;
  readonly contacts: number;
  readonly required: number;
  /** A person who is on for half of the hour counts half. */
  readonly rostered: number;
}

/**
 * The volume of the weeks before `now` (epoch ms): contacts that waited for a person, by when they began to. What the
 * bot ends alone needs nobody. Handling time runs from the take to the end.
 */
export async function loadVolume(sql: Sql, weeks: number, timeZone: string, now: number): Promise<Volume> {
  const since = now - weeks * WEEK_MS;
  type Row = {
    weekday: number;
    hour: number;
    contacts: number;
    seconds: number | null;
    handled: number;
    first: Date;
  };
  const { rows } = await sql.query<Row>({
    text: `SELECT extract(isodow FROM queued_at AT TIME ZONE $3)::int AS weekday,
        extract(hour FROM queued_at AT TIME ZONE $3)::int AS hour, count(*)::int AS contacts, min(queued_at) AS first,
        sum(extract(epoch FROM closed_at - taken_at))::float8 AS seconds,
        count(closed_at - taken_at)::int AS handled
      FROM episode WHERE queued_at >= $1 AND queued_at < $2 GROUP BY 1, 2`,
    values: [new Date(since), new Date(now), timeZone],
  });
  if (rows.length === 0) return { perHour: new Map(), handleSeconds: undefined, weeks: 0 };
  // A young centre's few weeks are not thinned by those in which it didn't exist.
  const first = Math.min(...rows.map((row) => row.first.getTime()));
  const known = Math.min(weeks, Math.max(1, Math.ceil((now - first) / WEEK_MS)));
  const handled = rows.reduce((sum, row) => sum + row.handled, 0);
  const seconds = rows.reduce((sum, row) => sum + (row.seconds ?? 0), 0);
  return {
    perHour: new Map(rows.map(({ weekday, hour, contacts }) => [`${weekday} ${hour}`, contacts / known])),
    handleSeconds: handled > 0 && seconds > 0 ? seconds / handled : undefined,
    weeks: known,
  };
}

/** How many people an hour's contacts need: Erlang C, with shrinkage added; `handleSeconds` measured, or the policy's. */
export function peopleFor(
  contacts: number,
  handleSeconds: number | undefined,
  { shrinkage, atOnce, ...goal }: Policy['roster']['required'],
): number {
  // Whoever serves several at once is, for the queue, as quick as several.
  const seconds = (handleSeconds ?? goal.handleSeconds) / atOnce;
  const atWork = requiredPeople({ ...goal, contacts, handleSeconds: seconds });
  return Math.max(0, Math.ceil(atWork / (1 - shrinkage) - 1e-9));
}

/** Required (Erlang C, with shrinkage added) and rostered people of each hour, of duties that serve customers. */
export function staffingOf(
  window: DateWindow,
  { perHour, handleSeconds }: Volume,
  duties: readonly Duty[],
  { centre, roster }: Policy,
): HourStaffing[] {
  return datesOf(window).flatMap((date) => {
    const midnight = startOf(date, centre.timeZone);
    const weekday = Temporal.PlainDate.from(date).dayOfWeek;
    const ofDay = duties.filter(({ from, to }) => from < midnight + 24 * HOUR_MS && to > midnight);
    return Array.from({ length: 24 }, (_, hour): HourStaffing => {
      const contacts = perHour.get(`${weekday} ${hour}`) ?? 0;
      const [from, to] = [midnight + hour * HOUR_MS, midnight + (hour + 1) * HOUR_MS];
      const time = ofDay.reduce(
        (sum, duty) => sum + Math.max(0, Math.min(duty.to, to) - Math.max(duty.from, from)),
        0,
      );
      const required = peopleFor(contacts, handleSeconds, roster.required);
      return { date, hour, contacts, required, rostered: Math.round((time / HOUR_MS) * 10) / 10 };
    });
  });
}

/** The duties of people whose job 工种 takes contacts from a queue. */
export async function servingDuties(sql: Sql, window: DateWindow, { centre, desk }: Policy): Promise<Duty[]> {
  const from = startOf(window.from, centre.timeZone);
  const to = startOf(window.to, centre.timeZone) + 24 * HOUR_MS;
  const { duties } = await loadRoster(sql, { from, to });
  const { rows } = await sql.query<{ id: string }>({
    text: 'SELECT id FROM person WHERE job_type = ANY($1)',
    values: [[...new Set(desk.queues.flatMap(({ jobTypes }) => jobTypes))]],
  });
  const serving = new Set(rows.map(({ id }) => id));
  return duties.filter(({ personId }) => serving.has(personId));
}
