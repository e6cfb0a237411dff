import type { Temporal } from 'temporal-polyfill';
import type { HolidayTable } from '../../policy/calendar.ts';

/** Half days and the like: 凌晨, 上午, 下午, 晚上. What they mean in hours is policy (`leave.parts`). */
export type DayPart = 'beforeDawn' | 'morning' | 'afternoon' | 'evening';

/** Named shift 班次: 早班, 白班, 中班, 晚班, 夜班. */
export type ShiftWord = 'early' | 'day' | 'middle' | 'late' | 'night';

/** Times of day on the centre's clock; without `to` only a beginning was said. */
export interface TimeSpan {
  readonly from: Temporal.PlainTime;
  readonly to?: Temporal.PlainTime;
  /** `to` lies on the day after: 晚上十点到两点. */
  readonly toNextDay: boolean;
}

/** How long, without saying when: 两天 → days 2, 半天 → days 0.5, 一个半小时 → minutes 90. */
export interface Duration {
  readonly days?: number;
  readonly minutes?: number;
}

/** A run of days, both included, with what was said about the hours. */
export interface DateSpan {
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
  /** Of the first day. */
  readonly part?: DayPart;
  /** Of the last day of several. */
  readonly endPart?: DayPart;
  readonly shift?: ShiftWord;
  readonly time?: TimeSpan;
  /** A choice of reading that the person must be shown: the day had passed, so the next one is meant. */
  readonly note?: 'nextMonth' | 'nextYear';
  /** The words it was read from, and where they begin in the text (UTF-16 units). */
  readonly text: string;
  readonly index: number;
}

/**
 * The words allow more than one reading; each choice is a complete span.
 * `passed`: 周三 said on a Thursday. `businessDay`: 今天 said between midnight and the start of the business
 * day. `thisOrNext`: English "next Friday" said on a Wednesday. `amPm`: 三点 without 上午 or 下午. `festival`:
 * 国庆前三天, which are those before or its first ones.
 */
export interface Ambiguity {
  readonly code: 'passed' | 'businessDay' | 'thisOrNext' | 'amPm' | 'festival';
  readonly choices: readonly DateSpan[];
  readonly text: string;
  readonly index: number;
}

/**
 * The words name no day. `noSuchDate`: 6月31日 (`lastDay` is the month's last).
 * `weekdayMismatch`: 6月12日周四 when it is a Friday. `reversed`: the end lies before the beginning. `noHoliday`: the
 * holiday table has no such holiday yet, or not so many days of it.
 */
export interface DateProblem {
  readonly code: 'noSuchDate' | 'weekdayMismatch' | 'reversed' | 'noHoliday';
  readonly text: string;
  readonly index: number;
  readonly year?: number;
  readonly month?: number;
  readonly lastDay?: number;
  /** For a mismatch: the day as the calendar has it. */
  readonly date?: Temporal.PlainDate;
}

export interface DateReading {
  /** Unambiguous spans in the order of the text. */
  readonly spans: readonly DateSpan[];
  /** The first thing to ask back. Its span is not in `spans`. */
  readonly ambiguous?: Ambiguity;
  readonly problem?: DateProblem;
  /** Said without a date: a form may apply it to the date that it knows. */
  readonly part?: DayPart;
  readonly shift?: ShiftWord;
  readonly time?: TimeSpan;
  readonly duration?: Duration;
  /** Every stretch of the text that was understood, so that the rest can be read for other things. */
  readonly read: readonly { readonly index: number; readonly length: number }[];
}

export interface DateContext {
  /** The calendar date on the centre's clock. */
  readonly today: Temporal.PlainDate;
  /** Now on the centre's clock; before `businessDayStartsAt` relative days are asked back. */
  readonly now: Temporal.ZonedDateTime;
  /** `HH:MM`, default 06:00. */
  readonly businessDayStartsAt?: string;
  /** Which days 国庆 are; mainland China's as announced, by default. */
  readonly holidays?: HolidayTable;
}
