import { Temporal } from 'temporal-polyfill';
import type { DateSpan, ShiftWord } from '../../dialog/dates/index.ts';
import type { LeavePolicy } from '../../policy/schema.ts';
import type { LeaveKind, LeaveSpan, MissedShift, ShiftFact } from './types.ts';

const NAMED: Readonly<Record<ShiftWord, RegExp>> = {
  early: /早|early|morning/i,
  day: /白|日|day/i,
  middle: /中|middle/i,
  late: /晚|late|evening/i,
  night: /夜|night/i,
};

/** A span as it was read, in the form that is stored. */
export function leaveSpanOf(span: DateSpan): LeaveSpan {
  const clock = (time: Temporal.PlainTime) => time.toString({ smallestUnit: 'minute' });
  const { part, endPart, shift, time } = span;
  return {
    from: span.from.toString(),
    to: span.to.toString(),
    ...(part && { part }),
    ...(endPart && { endPart }),
    ...(shift && { shift }),
    ...(time && {
      time: { from: clock(time.from), ...(time.to && { to: clock(time.to) }), toNextDay: time.toNextDay },
    }),
  };
}

/**
 * The shifts that a span takes, in order. Whole days go by business date; half days and hours go by
 * instants, so that 明天凌晨 finds the night shift that began on the business day before.
 */
export function missedShifts(
  span: LeaveSpan,
  shifts: readonly ShiftFact[],
  parts: LeavePolicy['parts'],
  timeZone: string,
): MissedShift[] {
  const { lower, upper } = span.shift ? {} : boundsOf(span, parts, timeZone);
  return ofShift(shifts, span)
    .filter((shift) => (lower === undefined ? shift.businessDate >= span.from : shift.endsAt > lower))
    .filter((shift) => (upper === undefined ? shift.businessDate <= span.to : shift.startsAt < upper))
    .map((shift) => ({
      shift,
      from: Math.max(shift.startsAt, lower ?? shift.startsAt),
      to: Math.min(shift.endsAt, upper ?? shift.endsAt),
    }))
    .sort((a, b) => a.shift.startsAt - b.shift.startsAt);
}

function ofShift(shifts: readonly ShiftFact[], { shift: word, from, to }: LeaveSpan): readonly ShiftFact[] {
  if (!word) return shifts;
  if (word === 'night') return shifts.filter((shift) => shift.night);
  const inSpan = (shift: ShiftFact) => shift.businessDate >= from && shift.businessDate <= to;
  const named = shifts.filter((shift) => inSpan(shift) && NAMED[word].test(shift.name));
  // Where there is no 晚班, 晚班 is what people call the night shift.
  return named.length === 0 && word === 'late' ? shifts.filter((shift) => shift.night) : named;
}

function boundsOf(
  span: LeaveSpan,
  parts: LeavePolicy['parts'],
  timeZone: string,
): { lower?: number; upper?: number } {
  const at = (date: string, time: string, nextDay: boolean) =>
    Temporal.PlainDate.from(date)
      .add({ days: nextDay ? 1 : 0 })
      .toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;
  const endOf = ([from, to]: readonly [string, string], date: string) => at(date, to, to <= from);
  const { time, part } = span;
  const lower = time
    ? at(span.from, time.from, false)
    : part
      ? at(span.from, parts[part][0], false)
      : undefined;
  const lastPart = span.endPart ?? (span.from === span.to ? part : undefined);
  const upper = time?.to
    ? at(span.to, time.to, time.toNextDay)
    : lastPart && !time
      ? endOf(parts[lastPart], span.to)
      : undefined;
  return { ...(lower !== undefined && { lower }), ...(upper !== undefined && { upper }) };
}

/** Dates of the span (ISO) of which the roster is not known. */
export function uncoveredDates(span: LeaveSpan, roster: { from: string; through: string }): string[] {
  const dates: string[] = [];
  let date = Temporal.PlainDate.from(span.from);
  for (; date.toString() <= span.to; date = date.add({ days: 1 })) {
    const day = date.toString();
    if (day < roster.from || day > roster.through) dates.push(day);
  }
  return dates;
}

/**
 * Length of a leave in days: calendar days for the kinds that count so, else for each business date the
 * share of its hours that is missed. Dates without a roster count whole.
 */
export function daysOf(
  leave: { readonly kind: LeaveKind; readonly span: LeaveSpan },
  missed: readonly MissedShift[],
  shifts: readonly ShiftFact[],
  uncovered: number,
  calendarDays: readonly LeaveKind[],
): number {
  const { span } = leave;
  const whole = !span.part && !span.endPart && !span.time && !span.shift;
  if (whole && calendarDays.includes(leave.kind)) {
    return Temporal.PlainDate.from(span.from).until(span.to).days + 1;
  }
  const dates = new Set(missed.map(({ shift }) => shift.businessDate));
  let days = uncovered;
  for (const date of dates) {
    const all = sum(
      shifts.filter((shift) => shift.businessDate === date).map((shift) => shift.endsAt - shift.startsAt),
    );
    const gone = sum(
      missed.filter(({ shift }) => shift.businessDate === date).map(({ from, to }) => to - from),
    );
    days += all === 0 ? 0 : gone / all;
  }
  return Math.round(days * 1e6) / 1e6;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
