/** Mean and spread of scores; a flat list has spread 1, so that its z-scores are all 0. */
export type Spread = { mean: number; deviation: number };

/** Mean and standard deviation of the scores of living slots. */
export function spreadOf(scores: Float32Array, alive: Uint8Array, slots: number): Spread {
  let [count, sum, squares] = [0, 0, 0];
  for (let slot = 0; slot < slots; slot++) {
    if (alive[slot] === 0) continue;
    const score = scores[slot] as number;
    count++;
    sum += score;
    squares += score * score;
  }
  const mean = count > 0 ? sum / count : 0;
  const variance = count > 0 ? squares / count - mean * mean : 0;
  return { mean, deviation: variance > 1e-12 ? Math.sqrt(variance) : 1 };
}

export const zScore = (score: number, spread: Spread): number => (score - spread.mean) / spread.deviation;

/** The best few of many, kept sorted while they are offered; ties go to the lower slot. */
export class Top {
  readonly slots: Int32Array;
  readonly scores: Float64Array;
  length = 0;

  constructor(capacity: number) {
    this.slots = new Int32Array(capacity);
    this.scores = new Float64Array(capacity);
  }

  /** Only what is above is kept. */
  get least(): number {
    const capacity = this.slots.length;
    return this.length < capacity ? Number.NEGATIVE_INFINITY : (this.scores[capacity - 1] as number);
  }

  offer(slot: number, score: number): void {
    if (score <= this.least) return;
    const capacity = this.slots.length;
    let at = this.length < capacity ? this.length++ : capacity - 1;
    while (at > 0 && (this.scores[at - 1] as number) < score) {
      this.slots[at] = this.slots[at - 1] as number;
      this.scores[at] = this.scores[at - 1] as number;
      at--;
    }
    this.slots[at] = slot;
    this.scores[at] = score;
  }
}
