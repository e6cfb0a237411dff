import type { Override, PlannedShift } from './types.ts';

export const HOUR = 3_600_000;
/** An instant by day and hour: day 0 begins at 0. */
export const at = (day: number, hour: number) => (day * 24 + hour) * HOUR;

/** An eight-hour shift of this person: `shift('林', 0, 8)` is the early one of day 0. */
export function shift(
  personId: string,
  day: number,
  hour: number,
  more: Partial<PlannedShift> = {},
): PlannedShift {
  const startsAt = at(day, hour);
  return {
    ...{ id: `${personId}/${day}/${hour}`, personId, teamId: 'A', businessDate: `2026-06-${10 + day}` },
    ...{ startsAt, endsAt: startsAt + 8 * HOUR, name: hour === 0 ? '夜班' : '早班', night: hour === 0 },
    ...more,
  };
}

let made = 0;
/** The whole shift, unless `more` says less. */
export function override(
  of: PlannedShift,
  off: string,
  on: string | null,
  more: Partial<Override> = {},
): Override {
  made += 1;
  const { id: shiftId, startsAt: from, endsAt: to } = of;
  const cause = on === null ? 'leave' : 'swap';
  return { id: `o${made}`, shiftId, off, on, from, to, cause, causeId: `c${made}`, ...more };
}
