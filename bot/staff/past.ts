import { type DateSpan, dateContext, readDates } from '../dialog/dates/index.ts';

/** The days that a sentence about what is on record names: it has happened, so of two readings the earlier one is meant. */
export function pastSpan(text: string, now: number, timeZone: string): DateSpan | undefined {
  const { spans, ambiguous } = readDates(text, dateContext(now, timeZone));
  if (spans.length > 0) return spans[0];
  return [...(ambiguous?.choices ?? [])].sort((a, b) => (a.from.toString() < b.from.toString() ? -1 : 1))[0];
}
