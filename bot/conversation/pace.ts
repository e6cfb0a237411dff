import type { Pace } from '../../channels/channel.ts';

/** A pace as the generic cell rate algorithm wants it, in milliseconds: what one send uses, how far ahead a burst may run. */
export function cells({ perSecond, burst }: Pace): { everyMs: number; aheadMs: number } {
  const everyMs = 1000 / perSecond;
  return { everyMs, aheadMs: everyMs * (Math.max(1, burst) - 1) };
}

/**
 * Takes one send from a pace that only we use.
 * @param usedUntil how far ahead it has been used, epoch ms
 * @returns how far it is used now, or when to ask again
 */
export function step(
  pace: Pace | undefined,
  usedUntil: number | undefined,
  now: number,
): { usedUntil: number | undefined } | { again: number } {
  if (!pace) return { usedUntil };
  const { everyMs, aheadMs } = cells(pace);
  const used = Math.max(usedUntil ?? now, now);
  if (used - aheadMs > now) return { again: used - aheadMs };
  return { usedUntil: used + everyMs };
}
