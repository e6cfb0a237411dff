import type { QueryBag } from './vocabulary.ts';

/** Keeps the `most` terms that weigh most, in their order, and as large a share of the unknown ones. */
export function lighten(query: QueryBag, most: number, weightOf: (i: number) => number): void {
  query.unknownLength = Math.ceil(query.unknownLength * Math.min(1, most / query.length));
  query.unknownLength = Math.min(query.unknownLength, most);
  if (query.length <= most) return;
  const weightAt = Float32Array.from({ length: query.length }, (_, i) => weightOf(i));
  const least = weightAt.slice().sort()[query.length - most] as number;
  let kept = 0;
  for (let i = 0; i < query.length && kept < most; i++) {
    if ((weightAt[i] as number) < least) continue;
    query.ids[kept] = query.ids[i] as number;
    query.counts[kept++] = query.counts[i] as number;
  }
  query.length = kept;
}
