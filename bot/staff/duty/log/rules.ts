import { Temporal } from 'temporal-polyfill';
import type { DutyLogPolicy, LogSection } from '../../../policy/schema.ts';

export type LogSections = Partial<Record<LogSection, string>>;

/** Why a log can't be signed. `early`: its day has not begun. `empty`: sections that must be written are not. */
export type LogRefusal = 'signed' | 'early' | 'empty';

/** What keeps a log of `date` (ISO) from being signed at `today`; undefined: nothing. Pure. */
export function notSignable(
  log: { readonly state: 'open' | 'signed'; readonly date: string; readonly sections: LogSections },
  required: readonly LogSection[],
  today: string,
): { readonly why: LogRefusal; readonly missing: readonly LogSection[] } | undefined {
  const missing = required.filter((section) => !log.sections[section]?.trim());
  if (log.state === 'signed') return { why: 'signed', missing: [] };
  if (log.date > today) return { why: 'early', missing: [] };
  return missing.length > 0 ? { why: 'empty', missing } : undefined;
}

/** What is added to a section goes below what stands there. */
export function written(sections: LogSections, section: LogSection, text: string): LogSections {
  const old = sections[section];
  return { ...sections, [section]: old ? `${old}\n${text}` : text };
}

/** A day's beginning and end on the centre's clock, epoch ms. */
export function dayOf(date: string, timeZone: string): { readonly from: number; readonly to: number } {
  const day = Temporal.PlainDate.from(date);
  const at = (each: Temporal.PlainDate) => each.toZonedDateTime({ timeZone }).epochMilliseconds;
  return { from: at(day), to: at(day.add({ days: 1 })) };
}

/**
 * The business date of an instant: after midnight, before the policy's hour, it is still the day before, as whoever is on
 * the night shift has it.
 */
export function businessDate(now: number, timeZone: string, startsAt: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  const early = Temporal.PlainTime.compare(zoned.toPlainTime(), Temporal.PlainTime.from(startsAt)) < 0;
  return zoned
    .toPlainDate()
    .subtract({ days: early ? 1 : 0 })
    .toString();
}

/** What the clock has to do about the logs of which date, at `now`: each only from its time of day on. */
export function dueAt(
  { draftAt, remindAt, missingAt, weekly }: DutyLogPolicy,
  timeZone: string,
  now: number,
): { readonly draft?: string; readonly remind?: string; readonly missing?: string; readonly week?: string } {
  const zoned = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  const today = zoned.toPlainDate();
  const yesterday = today.subtract({ days: 1 }).toString();
  const past = (time: string) =>
    Temporal.PlainTime.compare(zoned.toPlainTime(), Temporal.PlainTime.from(time)) >= 0;
  const monday = today.subtract({ days: today.dayOfWeek - 1 + 7 }).toString();
  return {
    ...(past(draftAt) && { draft: today.toString() }),
    ...(past(remindAt) && { remind: yesterday }),
    ...(past(missingAt) && { missing: yesterday }),
    ...(today.dayOfWeek === weekly.day && past(weekly.at) && { week: monday }),
  };
}
