import { useClock } from '../api/clock.ts';

const format = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });

/** YYYY-MM-DD in the centre's time zone. */
export function useToday(): string {
  return useClock((now) => format.format(now));
}
