/** How long a delivery is tried, by class (DESIGN: reply 10 minutes, notice 24 hours). */
export const patienceMs = { reply: 10 * 60_000, notice: 24 * 3_600_000 } as const;

const firstMs = 500;
const longestMs = 60_000;

/**
 * Milliseconds until the next attempt: doubled each time from half a second to a minute, with "equal jitter"
 * (half fixed, half random), so that many lanes that failed together don't come back together.
 * @param attempt attempts made so far, from 1
 * @param random 0 ≤ random < 1
 */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** (attempt - 1));
  return full / 2 + (full / 2) * random;
}
