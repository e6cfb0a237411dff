import { Temporal } from 'temporal-polyfill';
import type { Sql } from '../../../prisma/client.ts';
import { type Locale, t } from '../../i18n/index.ts';
import { peopleById } from '../../people/directory.ts';
import type { Policy } from '../../policy/schema.ts';
import { startOf } from './dates.ts';
import { type HourStaffing, loadVolume, servingDuties, staffingOf } from './headcount.ts';
import { dateText } from './words.ts';

const HOUR_MS = 3_600_000;

/** A stretch of time, epoch ms. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Of the hours that a stretch touches the one with the fewest people beside what it needs; the first of several. */
export function tightest(
  hours: readonly HourStaffing[],
  { from, to }: Stretch,
  timeZone: string,
): HourStaffing | undefined {
  const touched = hours.filter(({ date, hour }) => {
    const start = startOf(date, timeZone) + hour * HOUR_MS;
    return start < to && from < start + HOUR_MS;
  });
  const spare = ({ rostered, required }: HourStaffing) => rostered - required;
  return touched.reduce<HourStaffing | undefined>(
    (least, each) => (least === undefined || spare(each) < spare(least) ? each : least),
    undefined,
  );
}

/** That hour in words: how many it needs by the forecast, how many would be there. */
export function needText(
  { date, hour, required, rostered: left }: HourStaffing,
  reader: { readonly locale: Locale; readonly today: Temporal.PlainDate },
): string {
  const when = { date: dateText(date, reader), from: `${hour}:00`, to: `${hour + 1}:00` };
  const gap = Math.round((required - left) * 10) / 10;
  return gap > 0
    ? t(reader.locale, 'roster.need_short', { ...when, required, left, gap })
    : t(reader.locale, 'roster.need_met', { ...when, required, left });
}

/**
 * The tightest hour of each stretch without one colleague, by the forecast of past weeks: what whoever grants a leave
 * should know. Nothing where there is no history yet, or the colleague takes no contacts.
 */
export async function needWithout(
  sql: Sql,
  personId: string,
  stretches: readonly Stretch[],
  policy: Policy,
  now: number,
): Promise<HourStaffing[]> {
  const [first] = stretches;
  const person = first && (await peopleById(sql, [personId]))[0];
  const serves = policy.desk.queues.some(({ jobTypes }) => jobTypes.includes(person?.jobType ?? ''));
  if (!first || !serves) return [];
  const { timeZone } = policy.centre;
  const volume = await loadVolume(sql, policy.roster.required.weeks, timeZone, now);
  if (volume.weeks === 0) return [];
  const dateOf = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();
  const window = { from: dateOf(first.from), to: dateOf(Math.max(...stretches.map(({ to }) => to - 1))) };
  const others = (await servingDuties(sql, window, policy)).filter((duty) => duty.personId !== personId);
  const hours = staffingOf(window, volume, others, policy);
  return stretches.flatMap((stretch) => tightest(hours, stretch, timeZone) ?? []);
}
