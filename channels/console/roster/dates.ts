import type { Locale } from '../i18n/index.tsx';
import { centreWall } from '../ui/words.ts';

/** ISO dates, both included. */
export interface DateWindow {
  readonly from: string;
  readonly to: string;
}
export type Unit = 'week' | 'month';

const DAY_MS = 86_400_000;
// Dates without a time are reckoned with in UTC: there no clock change makes a day longer.
const timeZone = 'UTC';
const isoOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const monthOf = (date: string, months: number, day: number) =>
  isoOf(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1 + months, day));

export const plusDays = (date: string, days: number): string => isoOf(Date.parse(date) + days * DAY_MS);

/** 0 is Monday. */
export const weekdayIndex = (date: string): number => (new Date(Date.parse(date)).getUTCDay() + 6) % 7;

/** The week, from Monday, or the month in which a date lies. */
export function windowOf(unit: Unit, date: string): DateWindow {
  if (unit === 'month') return { from: monthOf(date, 0, 1), to: monthOf(date, 1, 0) };
  const from = plusDays(date, -weekdayIndex(date));
  return { from, to: plusDays(from, 6) };
}

/** A date in the week or month before (-1) or after (1). */
export const beside = (unit: Unit, date: string, steps: -1 | 1): string =>
  unit === 'week' ? plusDays(date, 7 * steps) : monthOf(date, steps, 1);

/** 「2026年6月8日至14日」, 「2026年6月」. */
export function windowWords(unit: Unit, { from, to }: DateWindow, locale: Locale): string {
  const month = { timeZone, year: 'numeric', month: 'long' } as const;
  if (unit === 'month') return new Intl.DateTimeFormat(locale, month).format(Date.parse(from));
  const day = new Intl.DateTimeFormat(locale, { ...month, day: 'numeric' });
  if (locale === 'en') return day.formatRange(Date.parse(from), Date.parse(to));
  // For Chinese the browsers' ranges are figures with strokes; what both dates share is said once.
  const [first, last] = [day.format(Date.parse(from)), day.format(Date.parse(to))];
  const shared = [/^.+月/, /^.+年/].find((part) => part.exec(first)?.[0] === part.exec(last)?.[0]);
  return `${first}至${shared ? last.replace(shared, '') : last}`;
}

export const weekdayWords = (date: string, locale: Locale, weekday: 'short' | 'narrow' = 'short'): string =>
  new Intl.DateTimeFormat(locale, { timeZone, weekday }).format(Date.parse(date));

/** 「6/12」. */
export const shortDate = (date: string): string => `${Number(date.slice(5, 7))}/${Number(date.slice(8))}`;

/** 「6月12日 周五」. */
export function dayWords(date: string, locale: Locale): string {
  const day = new Intl.DateTimeFormat(locale, { timeZone, month: 'long', day: 'numeric' });
  return `${day.format(Date.parse(date))} ${weekdayWords(date, locale)}`;
}

/** A moment (epoch milliseconds) as an end: what ends at midnight ends on its own day. */
export const endWords = (at: number): string => centreWall(at).slice(11).replace('00:00', '24:00');

/** 「16:00–24:00」 of epoch milliseconds. */
export const hoursWords = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  `${centreWall(from).slice(11)}–${endWords(to)}`;
