import type { Duty } from '../roster/types.ts';

/**
 * The duties right before and after a stretch, and any in the same time, without those of shift `given`.
 * @param duties of one person in order of `from`, nobody twice at once; found by a binary search
 */
export function around(duties: readonly Duty[], stretch: Duty, given?: string): Duty[] {
  const counts = (duty: Duty | undefined): duty is Duty =>
    duty !== undefined && duty.shiftId !== given && duty.shiftId !== stretch.shiftId;
  let [before, after] = [firstFrom(duties, stretch.from) - 1, firstFrom(duties, stretch.from)];
  while (before >= 0 && !counts(duties[before])) before--;
  while (after < duties.length && !counts(duties[after])) after++;
  return [duties[before], duties[after]].filter(counts);
}

/** Index of the first duty that begins at or after `instant` (epoch ms). */
export function firstFrom(duties: readonly Duty[], instant: number): number {
  let [low, high] = [0, duties.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((duties[middle]?.from ?? Infinity) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
