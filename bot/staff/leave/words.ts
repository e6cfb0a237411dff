import { Temporal } from 'temporal-polyfill';
import { describeDate, describeSpan, describeTime } from '../../dialog/dates/index.ts';
import { t } from '../../i18n/index.ts';
import type { Policy } from '../../policy/schema.ts';
import { postName, type Reader } from './explain.ts';
import type { LadderStep } from './ladder.ts';
import type { LeaveRecord } from './record.ts';
import type { LeaveSpan, MissedShift, ShiftFact } from './types.ts';

/** Whoever reads a text about leave at `now` (epoch ms). */
export function readerOf(locale: Reader['locale'], policy: Policy, now: number): Reader {
  const { timeZone } = policy.centre;
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  return { locale, timeZone, today };
}

/** 「6月12日（周五）早班 08:00–16:00」. */
export function shiftText(
  shift: ShiftFact,
  reader: Reader,
  { from, to }: { from: number; to: number } = { from: shift.startsAt, to: shift.endsAt },
): string {
  const date = Temporal.PlainDate.from(shift.businessDate);
  const gap = reader.locale === 'en' ? ' ' : '';
  const hours = `${clock(from, date, reader)}–${clock(to, date, reader)}`;
  return `${describeDate(date, reader.locale, reader.today)}${gap}${shift.name} ${hours}`;
}

/** A time of a shift; the end of its business date is 24:00, the day after is said. */
function clock(instant: number, date: Temporal.PlainDate, { locale, timeZone }: Reader): string {
  const at = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
  if (at.toPlainDate().equals(date)) return time;
  return time === '00:00' ? '24:00' : t(locale, 'dates.next_day') + time;
}

/** A stored span in words. */
export function spanText({ from, to, ...rest }: LeaveSpan, reader: Reader): string {
  const { time, ...parts } = rest;
  const plain = (text: string) => Temporal.PlainTime.from(text);
  const hours = time && {
    from: plain(time.from),
    ...(time.to && { to: plain(time.to) }),
    toNextDay: time.toNextDay,
  };
  const dates = { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to), text: '', index: 0 };
  return describeSpan({ ...dates, ...parts, ...(hours && { time: hours }) }, reader.locale, reader.today);
}

/** More shifts than this are counted, not listed. */
const MOST_LISTED = 7;

/** The dates of a leave with the shifts that they concern; dates without a roster stand alone. */
export function whenText(span: LeaveSpan, missed: readonly MissedShift[], reader: Reader): string {
  const { locale } = reader;
  if (missed.length === 0) return spanText(span, reader);
  const listed = missed
    .slice(0, MOST_LISTED)
    .map(({ shift, from, to }) => shiftText(shift, reader, { from, to }));
  const text = listed.join(t(locale, 'leave.list_separator'));
  if (missed.length <= MOST_LISTED) return text;
  return t(locale, 'leave.and_more', { text, count: missed.length });
}

/** 「1 天」, 「0.5 天」. */
export function daysText(days: number, { locale }: Reader): string {
  return t(locale, 'leave.days', { days: Math.round(days * 100) / 100 });
}

/** 「客服部主任 宋明哲」. */
export function approverText({ role, approverName, deputy }: LadderStep, { locale }: Reader): string {
  const name = { post: postName(role, locale), name: approverName };
  return t(locale, deputy ? 'leave.approver_deputy' : 'leave.approver', name);
}

/** The ladder in one line: 「客服部主任 宋明哲 → 客服中心主任 顾文澜」. */
export function ladderText(steps: readonly LadderStep[], reader: Reader): string {
  return steps.map((step) => approverText(step, reader)).join(' → ');
}

/** A request in one line, for whoever knows whose it is: 「事假 6月12日（周五）早班 08:00–16:00（1 天）」. */
export function leaveText({ kind, span, checks, days }: LeaveRecord, reader: Reader): string {
  const { locale } = reader;
  return t(locale, 'leave.line', {
    kind: t(locale, `leave.kind_${kind}`),
    when: whenText(span, checks.missed, reader),
    days: daysText(days, reader),
  });
}

/** How a request stands: with whom it waits, or who decided, when and why. */
export function standingText(record: LeaveRecord, reader: Reader): string {
  const { locale } = reader;
  const step = record.state === 'pending' && record.ladder.steps[record.level];
  if (step) return t(locale, 'leave.standing_pending', { approver: approverText(step, reader) });
  const last = record.decisions.at(-1);
  if (!last || record.state === 'withdrawn')
    return t(locale, 'leave.standing_withdrawn', {
      at: timeText(record.decidedAt ?? record.createdAt, reader),
    });
  const name = last.approverName ?? record.ladder.steps[last.level]?.approverName ?? '';
  const decided = { name, at: timeText(last.at, reader) };
  if (last.decision === 'approve') return t(locale, 'leave.standing_approved', decided);
  return last.note
    ? t(locale, 'leave.standing_refused_because', { ...decided, note: last.note })
    : t(locale, 'leave.standing_refused', decided);
}

export function timeText(instant: number, { locale, timeZone, today }: Reader): string {
  return describeTime(instant, timeZone, locale, today);
}

/** ISO dates in words. */
export function datesText(dates: readonly string[], reader: Reader): string {
  const said = dates.map((date) => describeDate(Temporal.PlainDate.from(date), reader.locale, reader.today));
  return said.join(t(reader.locale, 'leave.list_separator'));
}
