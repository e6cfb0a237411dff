import { Temporal } from 'temporal-polyfill';
import type { DeskPolicy } from './desk-schema.ts';

/** True while people serve 人工服务时间. Hours whose end lies before their beginning run past midnight. */
export function isOpen(hours: DeskPolicy['hours'], now: number, timeZone: string): boolean {
  if (hours === 'always') return true;
  const zoned = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  const time = zoned.toPlainTime().toString({ smallestUnit: 'minute' });
  const today = zoned.dayOfWeek;
  const yesterday = today === 1 ? 7 : today - 1;
  return hours.some(({ days, from, to }) => {
    if (from < to) return days.includes(today) && time >= from && time < to;
    return (days.includes(today) && time >= from) || (days.includes(yesterday) && time < to);
  });
}

/** The calendar day (YYYY-MM-DD) in a zone. Reckoned once a day: it is asked for in every turn. */
export function calendarDays(): (now: number, timeZone: string) => string {
  let [zone, day, from, to] = ['', '', 0, 0];
  return (now, timeZone) => {
    if (now < from || now >= to || zone !== timeZone) {
      const start = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).startOfDay();
      [zone, day] = [timeZone, start.toPlainDate().toString()];
      [from, to] = [start.epochMilliseconds, start.add({ days: 1 }).epochMilliseconds];
    }
    return day;
  };
}
