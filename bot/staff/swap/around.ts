import { firstFrom } from '../roster/roster.ts';
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
