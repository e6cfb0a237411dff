import { Temporal } from 'temporal-polyfill';
import { HOLIDAYS_CN } from '../../policy/calendar.ts';
import type { DayAtom } from './compose.ts';
import { festivalDays, monthEdge } from './festivals.ts';
import type { DaySpec } from './tokens.ts';
import type { Ambiguity, DateContext, DateProblem, DateSpan } from './types.ts';

type PlainDate = Temporal.PlainDate;

/** One reading of a day. `base` is the "today" that it counts from, for the end of a range to share. */
export interface Candidate {
  readonly date: PlainDate;
  readonly to?: PlainDate;
  readonly base: PlainDate;
  readonly note?: DateSpan['note'];
}

export type Fault = Omit<DateProblem, 'text' | 'index'>;
export type Resolution =
  | {
      readonly ok: true;
      readonly candidates: readonly [Candidate, ...Candidate[]];
      readonly code: Ambiguity['code'];
    }
  | { readonly ok: false; readonly fault: Fault };

/** Days after which "the 1st of January" said in August can only mean the one to come. */
const LONG_PAST_DAYS = 120;

/** All readings of a day that stands first, the likeliest first. */
export function resolveFirst(atom: DayAtom, context: DateContext): Resolution {
  const { spec } = atom;
  const base = context.today;
  switch (spec.k) {
    case 'offset':
      return checked(atom, offsets(spec, context), 'businessDay');
    case 'weekday':
      return checked(atom, weekdays(spec, base), spec.next ? 'thisOrNext' : 'passed');
    case 'weekend': {
      const date = monday(base).add({ days: spec.week * 7 + 5 });
      return one({ date, to: date.add({ days: 1 }), base });
    }
    case 'date':
      return dates(atom, spec, base);
    case 'festival':
      return festival(atom, spec, base, context.holidays);
    case 'monthEdge':
      return edge(atom, spec, base);
  }
}

function festival(
  atom: DayAtom,
  spec: Extract<DaySpec, { k: 'festival' }>,
  base: PlainDate,
  holidays = HOLIDAYS_CN,
): Resolution {
  const [first, ...rest] = festivalDays(spec, base, holidays).map(([date, to]) => ({ date, to, base }));
  if (!first) return { ok: false, fault: { code: 'noHoliday' } };
  return checked(atom, [first, ...rest], 'festival');
}

function edge(atom: DayAtom, spec: Extract<DaySpec, { k: 'monthEdge' }>, base: PlainDate): Resolution {
  const date = monthEdge(spec, base);
  if (!date) return { ok: false, fault: { code: 'noSuchDate' } };
  const open = spec.month === undefined && spec.monthOffset === undefined;
  const moved = open && date.month !== base.month;
  return checked(atom, [{ date, base, ...(moved && { note: 'nextMonth' as const }) }], 'passed');
}

/** The reading of a day that follows `previous` in a range or a list: the first one not before it. */
export function resolveNext(atom: DayAtom, previous: Candidate): Resolution {
  const { spec } = atom;
  const { base } = previous;
  const start = previous.to ?? previous.date;
  if (spec.k === 'offset') return checked(atom, [counted(spec, base)], 'passed');
  if (spec.k === 'weekend' || spec.k === 'festival' || spec.k === 'monthEdge')
    return resolveFirst(atom, { today: base, now: noon(base) });
  if (spec.k === 'weekday') {
    const date =
      spec.week === undefined
        ? start.add({ days: (spec.day - start.dayOfWeek + 7) % 7 })
        : monday(base).add({ days: spec.week * 7 + spec.day - 1 });
    return one({ date, base });
  }
  if (spec.year !== undefined || spec.monthOffset !== undefined) return dates(atom, spec, base);
  const month = spec.month === undefined ? start : start.with({ month: within(spec.month), day: 1 });
  const sameTurn = exact(month.year, spec.month ?? month.month, spec.day);
  if (sameTurn.ok && Temporal.PlainDate.compare(sameTurn.date, start) < 0) {
    const later = month.with({ day: 1 }).add(spec.month === undefined ? { months: 1 } : { years: 1 });
    return day(atom, exact(later.year, later.month, spec.day), base);
  }
  return day(atom, sameTurn, base);
}

function offsets(spec: Extract<DaySpec, { k: 'offset' }>, context: DateContext): [Candidate, ...Candidate[]] {
  const [hour = 6, minute = 0] = (context.businessDayStartsAt ?? '06:00').split(':').map(Number);
  const today = counted(spec, context.today);
  const stillYesterday = context.now.hour * 60 + context.now.minute < hour * 60 + minute;
  if (!spec.asks || !stillYesterday) return [today];
  return [counted(spec, context.today.subtract({ days: 1 })), today];
}

function counted(spec: Extract<DaySpec, { k: 'offset' }>, base: PlainDate): Candidate {
  const date = base.add({ days: spec.days });
  return spec.span ? { date, to: date.add({ days: spec.span - 1 }), base } : { date, base };
}

function weekdays(spec: Extract<DaySpec, { k: 'weekday' }>, base: PlainDate): [Candidate, ...Candidate[]] {
  const inThisWeek = monday(base).add({ days: spec.day - 1 });
  const weekLater = { date: inThisWeek.add({ days: 7 }), base };
  if (spec.week !== undefined) return [{ date: inThisWeek.add({ days: spec.week * 7 }), base }];
  const ahead = Temporal.PlainDate.compare(inThisWeek, base);
  if (spec.next) return ahead > 0 ? [{ date: inThisWeek, base }, weekLater] : [weekLater];
  if (ahead >= 0) return [{ date: inThisWeek, base }];
  return spec.english ? [weekLater] : [weekLater, { date: inThisWeek, base }];
}

function dates(atom: DayAtom, spec: Extract<DaySpec, { k: 'date' }>, base: PlainDate): Resolution {
  if (spec.year !== undefined) {
    const year = Math.abs(spec.year) <= 1 ? base.year + spec.year : spec.year;
    return day(atom, exact(year, spec.month ?? base.month, spec.day), base);
  }
  if (spec.monthOffset !== undefined) {
    const month = base.with({ day: 1 }).add({ months: spec.monthOffset });
    return day(atom, exact(month.year, month.month, spec.day), base);
  }
  const found = exact(base.year, spec.month ?? base.month, spec.day);
  if (!found.ok && !(spec.month === undefined && spec.day < base.day))
    return { ok: false, fault: found.fault };
  if (found.ok && Temporal.PlainDate.compare(found.date, base) >= 0)
    return checked(atom, [{ date: found.date, base }], 'passed');
  return found.ok ? passed(atom, spec, found.date, base) : { ok: false, fault: found.fault };
}

/** The day lies behind: D号 means next month's, and says so; M月D日 is asked back unless long ago. */
function passed(
  atom: DayAtom,
  spec: Extract<DaySpec, { k: 'date' }>,
  date: PlainDate,
  base: PlainDate,
): Resolution {
  const behind: Candidate = { date, base };
  if (atom.weekday === date.dayOfWeek) return one(behind);
  const next = base.with({ day: 1 }).add({ months: 1 });
  const coming =
    spec.month === undefined
      ? exact(next.year, next.month, spec.day)
      : exact(base.year + 1, spec.month, spec.day);
  if (!coming.ok) return spec.month === undefined ? { ok: false, fault: coming.fault } : one(behind);
  const ahead: Candidate = {
    date: coming.date,
    base,
    note: spec.month === undefined ? 'nextMonth' : 'nextYear',
  };
  const asks = spec.month !== undefined && date.until(base).days <= LONG_PAST_DAYS;
  return checked(atom, asks ? [ahead, behind] : [ahead], 'passed');
}

/** Keeps the readings that fall on the weekday that was said; none left is a fault, never a guess. */
function checked(atom: DayAtom, all: [Candidate, ...Candidate[]], code: Ambiguity['code']): Resolution {
  const fits = all.filter((entry) => atom.weekday === undefined || entry.date.dayOfWeek === atom.weekday);
  const [first, ...rest] = fits;
  if (!first) return { ok: false, fault: { code: 'weekdayMismatch', date: all[0].date } };
  return { ok: true, candidates: [first, ...rest], code };
}

type Exact = { ok: true; date: PlainDate } | { ok: false; fault: Fault };

function exact(year: number, month: number, dayOfMonth: number): Exact {
  try {
    return {
      ok: true,
      date: Temporal.PlainDate.from({ year, month, day: dayOfMonth }, { overflow: 'reject' }),
    };
  } catch {
    const fault: Fault = { code: 'noSuchDate', year, month };
    if (month < 1 || month > 12 || year < 1 || year > 9999) return { ok: false, fault };
    return { ok: false, fault: { ...fault, lastDay: new Temporal.PlainYearMonth(year, month).daysInMonth } };
  }
}

function day(atom: DayAtom, found: Exact, base: PlainDate): Resolution {
  return found.ok ? checked(atom, [{ date: found.date, base }], 'passed') : { ok: false, fault: found.fault };
}

function one(candidate: Candidate): Resolution {
  return { ok: true, candidates: [candidate], code: 'passed' };
}

const monday = (date: PlainDate) => date.subtract({ days: date.dayOfWeek - 1 });
const within = (month: number) => Math.min(12, Math.max(1, month));
const noon = (date: PlainDate) => date.toZonedDateTime({ timeZone: 'UTC', plainTime: '12:00' });
