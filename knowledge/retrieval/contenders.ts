/** So many places are looked after, and so many slots may compete for them. */
const [PLACES, MOST] = [64, 1024];
const BUCKETS = 4096;
const counts = new Int32Array(BUCKETS + 1);
const found = new Int32Array(MOST);

/**
 * The slots, in order, that may yet come into the first places when up to `open` is added to each score, none of which
 * is above `most`. If these are too many, the highest. Scores are counted in buckets instead of being sorted. The
 * returned array is overwritten by the next call.
 */
export function contenders(scores: Float32Array, slots: number, most: number, open: number): Int32Array {
  const scale = BUCKETS / (most || 1);
  counts.fill(0);
  for (let slot = 0; slot < slots; slot++) {
    const bucket = ((scores[slot] as number) * scale) | 0;
    counts[bucket] = (counts[bucket] as number) + 1;
  }
  const from = Math.max(inReach(open * scale), lowestHolding(MOST)) / scale;
  let length = 0;
  for (let slot = 0; slot < slots && length < MOST; slot++)
    if ((scores[slot] as number) >= from) found[length++] = slot;
  return found.subarray(0, length);
}

/** Those of the contenders that still may, when only up to `open` is left to be added. */
export function narrowed(some: Int32Array, scores: Float32Array, most: number, open: number): Int32Array {
  const scale = BUCKETS / (most || 1);
  counts.fill(0);
  for (const slot of some) {
    const bucket = ((scores[slot] as number) * scale) | 0;
    counts[bucket] = (counts[bucket] as number) + 1;
  }
  const from = inReach(open * scale) / scale;
  let length = 0;
  for (const slot of some) if ((scores[slot] as number) >= from) some[length++] = slot;
  return some.subarray(0, length);
}

/** The bucket from which the last place can be reached. */
const inReach = (open: number) => Math.floor(lowestHolding(PLACES) - 1 - open);

/** The bucket down to which at most `most` scores lie. */
function lowestHolding(most: number): number {
  let [bucket, sum] = [BUCKETS + 1, 0];
  while (bucket > 0 && sum + (counts[bucket - 1] as number) <= most) sum += counts[--bucket] as number;
  return bucket;
}
