/** Percentages. */
export interface Quality {
  r1: number;
  r5: number;
  mrr10: number;
}

/** @param ranks as in {@link Figures} */
export function qualityOf(ranks: readonly number[]): Quality {
  const share = (value: number) => Number(((100 * value) / ranks.length).toFixed(1));
  const within = (most: number) => share(ranks.filter((rank) => rank > 0 && rank <= most).length);
  const reciprocal = ranks.reduce((sum, rank) => sum + (rank && 1 / rank), 0);
  return { r1: within(1), r5: within(5), mrr10: share(reciprocal) };
}
