import { Temporal } from 'temporal-polyfill';
import type { ClockWord } from './tokens.ts';
import type { DayPart, TimeSpan } from './types.ts';

const DAY_MINUTES = 24 * 60;

export interface Hours {
  readonly time: TimeSpan;
  /** The beginning lies on the day after the one named: 今晚十二点, 24点. */
  readonly startsNextDay: boolean;
  /** The other reading of 三点 where neither 上午 nor 下午 was said. */
  readonly other?: TimeSpan;
}

/**
 * Times of day from the words for them. An end without 上午 or 下午 is the first such hour after the
 * beginning: 下午两点到六点, 上午十点到两点, 晚上十点到两点 (next day).
 */
export function hoursOf(from: ClockWord, to: ClockWord | undefined, part: DayPart | undefined): Hours {
  const half = from.part ?? part;
  const start = minutesOf(from, half);
  const startsNextDay = start >= DAY_MINUTES;
  const time = span(start % DAY_MINUTES, to);
  // Before seven an hour without its half of the day is as likely an afternoon as a night.
  if (half || from.exact || from.hour > 6 || from.hour < 1) return { time, startsNextDay };
  return { time: span(minutesOf(from, 'afternoon'), to), other: time, startsNextDay };
}

function span(start: number, to: ClockWord | undefined): TimeSpan {
  const from = plain(start);
  if (!to) return { from, toNextDay: false };
  const said = minutesOf(to, to.part);
  const readings = to.part || to.exact ? [said] : [said, said + DAY_MINUTES / 2];
  const end = readings.find((minutes) => minutes > start) ?? said + DAY_MINUTES;
  return { from, to: plain(end), toNextDay: end >= DAY_MINUTES };
}

function minutesOf(clock: ClockWord, part: DayPart | undefined): number {
  const minutes = clock.hour * 60 + clock.minute;
  const second = part === 'afternoon' || (part === 'evening' && clock.hour >= 5);
  if (second && clock.hour < 12) return minutes + DAY_MINUTES / 2;
  const midnight = clock.hour === 12 && (part === 'beforeDawn' || part === 'evening');
  if (midnight) return part === 'evening' ? DAY_MINUTES + clock.minute : clock.minute;
  return minutes;
}

function plain(minutes: number): Temporal.PlainTime {
  return new Temporal.PlainTime(Math.floor(minutes / 60) % 24, minutes % 60);
}
