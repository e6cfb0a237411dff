import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import {
  type Ambiguity,
  type DateProblem,
  type DateReading,
  type DateSpan,
  dateContext,
  describeDate,
  describeSpan,
  readDates,
} from '../../dialog/dates/index.ts';
import type { Json, Option, Parsed } from '../../dialog/form/index.ts';
import { t } from '../../i18n/index.ts';
import { type LeaveContext, missedIn } from './judge.ts';
import { leaveSpanOf } from './missed.ts';
import type { LeaveSpan } from './types.ts';
import { readerOf, shiftText, whenText } from './words.ts';

const date = z.iso.date();
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const part = z.enum(['beforeDawn', 'morning', 'afternoon', 'evening']);
/** What an option's value is: as it comes back from a browser, anybody may have written it. */
const pressed = z.strictObject({
  from: date,
  to: date,
  part: part.optional(),
  endPart: part.optional(),
  shift: z.enum(['early', 'day', 'middle', 'late', 'night']).optional(),
  time: z.strictObject({ from: time, to: time.optional(), toNextDay: z.boolean() }).optional(),
});

/** The days in an answer, repeated with weekday and the shifts that they concern; or what to ask back. */
export function readSpan(text: string, context: LeaveContext, before?: LeaveSpan): Parsed<Json> {
  const { locale, policy, now } = context;
  if (text.startsWith('{')) return readPressed(text, context);
  const { timeZone, businessDayStartsAt } = policy.centre;
  const reading = readDates(text, dateContext(now, timeZone, businessDayStartsAt));
  const { spans, ambiguous, problem } = reading;
  if (problem) return { problem: problemText(problem, context) };
  if (ambiguous) return askBack(ambiguous, context);
  if (spans.length > 1)
    return { problem: t(locale, 'leave.one_at_a_time'), options: choices(spans, context) };
  const [span] = spans;
  const longer = span ? undefined : lengthened(reading, context);
  if (longer) return accepted(longer, context);
  if (!span) return readHours(reading, context, before);
  const read = leaveSpanOf(span);
  return half(read, reading, context) ?? accepted(read, context, span);
}

function readPressed(text: string, context: LeaveContext): Parsed<Json> {
  try {
    const span = pressed.parse(JSON.parse(text));
    if (span.from <= span.to) return accepted(span as LeaveSpan, context);
  } catch {
    // No option of ours: asked again below.
  }
  return { problem: t(context.locale, 'leave.span_unread') };
}

/** Hours without a date belong to the day that is known already. */
function readHours(reading: DateReading, context: LeaveContext, before?: LeaveSpan): Parsed<Json> {
  const { part, shift, time, duration } = reading;
  if (before && (part || shift || time)) {
    const day = { ...dates(before), text: '', index: 0 };
    return accepted(
      leaveSpanOf({ ...day, ...(part && { part }), ...(shift && { shift }), ...(time && { time }) }),
      context,
    );
  }
  return { problem: t(context.locale, duration ? 'leave.from_which_day' : 'leave.span_unread') };
}

/** 半天 without saying which: the halves of the day's shift are offered. */
function half(span: LeaveSpan, { duration }: DateReading, context: LeaveContext): Parsed<Json> | undefined {
  const { locale, policy, now } = context;
  const said = span.part || span.endPart || span.time || span.from !== span.to;
  const length = duration?.days === 0.5 ? 'half' : duration?.minutes ? 'hours' : undefined;
  if (said || !length) return undefined;
  const [missed, more] = missedIn(span, context);
  if (!missed || more) return undefined;
  if (length === 'hours') return { problem: t(locale, 'leave.which_hours') };
  const { shift } = missed;
  const middle = (shift.startsAt + shift.endsAt) / 2;
  const options = [
    { from: shift.startsAt, to: middle },
    { from: middle, to: shift.endsAt },
  ].map((hours) => ({
    title: shiftText(shift, readerOf(locale, policy, now), hours),
    value: JSON.stringify(hoursSpan(hours, policy.centre.timeZone)),
  }));
  return { problem: t(locale, 'leave.which_half'), options };
}

function hoursSpan({ from, to }: { from: number; to: number }, timeZone: string): LeaveSpan {
  const [start, end] = [from, to].map((at) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone),
  ) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime];
  const day = start.toPlainDate().toString();
  const clock = (at: Temporal.ZonedDateTime) => at.toPlainTime().toString({ smallestUnit: 'minute' });
  const toNextDay = end.toPlainDate().toString() !== day;
  return { from: day, to: day, time: { from: clock(start), to: clock(end), toNextDay } };
}

/** 续假两天: from the day after the leave that is extended. */
function lengthened({ duration }: DateReading, { extending }: LeaveContext): LeaveSpan | undefined {
  const days = duration?.days;
  if (!extending || !days || days % 1 !== 0) return undefined;
  const from = Temporal.PlainDate.from(extending.to).add({ days: 1 });
  return { from: from.toString(), to: from.add({ days: days - 1 }).toString() };
}

/** 续假到周五: an extension begins where the leave ends, whatever its last day. */
function joined(span: LeaveSpan, { extending }: LeaveContext): LeaveSpan {
  if (!extending || span.to <= extending.to) return span;
  return { ...span, from: Temporal.PlainDate.from(extending.to).add({ days: 1 }).toString() };
}

function accepted(given: LeaveSpan, context: LeaveContext, said?: DateSpan): Parsed<Json> {
  const { locale, policy, now } = context;
  const span = joined(given, context);
  const limit = limitOf(span, context);
  if (limit) return { problem: limit };
  const reader = readerOf(locale, policy, now);
  const missed = missedIn(span, context);
  const note =
    said?.note &&
    t(locale, `dates.note_${said.note}`, { date: describeDate(said.from, locale, reader.today) });
  const echo = [note, missed.length > 0 && whenText(span, missed, reader)].filter(Boolean).join('\n');
  return { value: span as unknown as Json, ...(echo && { echo }) };
}

/** Before anything walks through the days: a span of millennia would keep the process from all other turns. */
function limitOf({ from, to }: LeaveSpan, context: LeaveContext): string | undefined {
  const { locale, policy, now } = context;
  const { maxDays, maxDaysAhead } = policy.leave;
  const { today } = readerOf(locale, policy, now);
  const first = Temporal.PlainDate.from(from);
  if (first.until(to).days + 1 > maxDays) return t(locale, 'leave.too_long', { days: maxDays });
  if (today.until(first).days > maxDaysAhead) return t(locale, 'leave.too_far', { days: maxDaysAhead });
  return undefined;
}

function askBack(ambiguous: Ambiguity, context: LeaveContext): Parsed<Json> {
  const { locale, policy } = context;
  const { code, text } = ambiguous;
  const start = policy.centre.businessDayStartsAt;
  return {
    problem: t(locale, `dates.ask_${code}`, { text, start }),
    options: choices(ambiguous.choices, context),
  };
}

function choices(spans: readonly DateSpan[], { locale, policy, now }: LeaveContext): Option[] {
  const { today } = readerOf(locale, policy, now);
  return spans.map((span) => ({
    title: describeSpan(span, locale, today),
    value: JSON.stringify(leaveSpanOf(span)),
  }));
}

function problemText({ code, text, year, month, lastDay, date }: DateProblem, context: LeaveContext): string {
  const { locale } = context;
  if (code === 'noSuchDate' && year !== undefined && month !== undefined && lastDay !== undefined)
    return t(locale, 'dates.problem_lastDay', { text, year, month, lastDay });
  if (code === 'weekdayMismatch' && date)
    return t(locale, 'dates.problem_weekdayMismatch', { text, date: describeDate(date, locale) });
  return t(locale, `dates.problem_${code}`, { text, date: '' });
}

function dates({ from, to }: LeaveSpan) {
  return { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) };
}
