import { kindOf } from './analyse.ts';
import { softmax } from './classifier.ts';
import type { LanguageIndex, Ranking } from './language-index.ts';
import type { Sign } from './logistic.ts';
import type { Bag, QueryBag } from './vocabulary.ts';

/** Kinds of term that seldom match by chance: pairs and words, not single characters and n-grams. */
const SPECIFIC = Uint8Array.of(0, 1, 1, 0, 0);

/**
 * What tells a right first hit from a wrong one, and in which direction; docs/RETRIEVAL.md shows what each is worth.
 * coverage: the hit's BM25 over the most the question could get; best: its sum of z-scores; margin: its
 * distance to the second; probability: the classifier's, as a logarithm; similarity: cosine with the hit's
 * nearest similar question; unknown: share of the question's weight in terms that no entry has;
 * phrases: share of its pairs and words that the hit has.
 */
export const SIGNALS = [
  'coverage',
  'best',
  'margin',
  'probability',
  'similarity',
  'unknown',
  'phrases',
] as const;
export const SIGNS: readonly Sign[] = [1, 1, 1, 1, 1, -1, 1];

/** Cosine of two bags, each kind of term weighted as in BM25. */
function cosine(weights: Float32Array, length: number, bag: Bag, weightOf: (id: number) => number): number {
  let [dot, squares] = [0, 0];
  for (let i = 0; i < bag.length; i++) {
    const id = bag.ids[i] as number;
    const weight = weightOf(id);
    squares += weight * weight;
    dot += weight * (weights[id] as number);
  }
  return squares > 0 && length > 0 ? dot / Math.sqrt(squares * length) : 0;
}

/** Reads the signals off a ranking; keeps its scratch arrays between queries. */
export class SignalReader {
  #weights = new Float32Array(0);
  #shares = new Float32Array(64);
  readonly index: LanguageIndex;

  constructor(index: LanguageIndex) {
    this.index = index;
  }

  /** `without`: a bag of the first hit's own that must not be compared with (leave one out). */
  read(ranking: Ranking, without?: Bag): number[] {
    const { top, query, lexical } = ranking;
    const first = top.slots[0] as number;
    const best = top.scores[0] as number;
    const ceiling = this.index.bm25.ceiling(query) || 1;
    return [
      (lexical[first] as number) / ceiling,
      best,
      best - (top.length > 1 ? (top.scores[1] as number) : 0),
      this.#probability(ranking, first),
      this.#similarity(query, first, without),
      this.#unknownShare(query, ceiling),
      this.#phrases(query, first, without),
    ];
  }

  #probability({ trained }: Ranking, slot: number): number {
    const known = trained?.classOf[slot] ?? -1;
    if (!trained || known < 0) return 0;
    const { logits } = trained;
    if (this.#shares.length !== logits.length) this.#shares = new Float32Array(logits.length);
    this.#shares.set(logits);
    softmax(this.#shares, logits.length);
    return Math.log((this.#shares[known] as number) + 1e-6);
  }

  #similarity(query: QueryBag, slot: number, without: Bag | undefined): number {
    const { vocabulary, bm25 } = this.index;
    const held = this.index.held[slot];
    if (!held) return 0;
    if (this.#weights.length < vocabulary.size) this.#weights = new Float32Array(vocabulary.hashes.length);
    const weightOf = (id: number) => bm25.weight(vocabulary.hashes[id] as number, id);
    let squares = 0;
    for (let i = 0; i < query.length; i++) {
      const id = query.ids[i] as number;
      const weight = weightOf(id);
      this.#weights[id] = weight;
      squares += weight * weight;
    }
    for (let i = 0; i < query.unknownLength; i++) squares += bm25.weight(query.unknown[i] as number, -1) ** 2;
    let nearest = 0;
    for (const bag of held.title) nearest = Math.max(nearest, cosine(this.#weights, squares, bag, weightOf));
    for (const bag of held.questions) {
      if (bag !== without) nearest = Math.max(nearest, cosine(this.#weights, squares, bag, weightOf));
    }
    for (let i = 0; i < query.length; i++) this.#weights[query.ids[i] as number] = 0;
    return nearest;
  }

  /** Share of the question's pairs and words, by weight, that the entry contains anywhere. */
  #phrases(query: QueryBag, slot: number, without: Bag | undefined): number {
    const { vocabulary, bm25 } = this.index;
    const [weights, document] = [this.#weights, bm25.document(slot)];
    let total = 0;
    for (let i = 0; i < query.unknownLength; i++) {
      const hash = query.unknown[i] as number;
      if (SPECIFIC[kindOf(hash)] === 1) total += bm25.weight(hash, -1);
    }
    for (let i = 0; i < query.length; i++) {
      const id = query.ids[i] as number;
      const hash = vocabulary.hashes[id] as number;
      if (SPECIFIC[kindOf(hash)] === 0) continue;
      weights[id] = bm25.weight(hash, id);
      total += weights[id] as number;
    }
    let found = 0;
    document?.ids.forEach((id, i) => {
      const own = without ? (without.counts[without.ids.indexOf(id)] ?? 0) : 0;
      if ((document.tf[i] as number) - own * bm25.options.fields[1] > 1e-6) found += weights[id] as number;
    });
    for (let i = 0; i < query.length; i++) weights[query.ids[i] as number] = 0;
    return total > 0 ? found / total : 0;
  }

  /** Terms that only withdrawn entries had are unknown again. */
  #unknownShare(query: QueryBag, ceiling: number): number {
    const { bm25 } = this.index;
    let sum = 0;
    for (let i = 0; i < query.unknownLength; i++) sum += bm25.weight(query.unknown[i] as number, -1);
    for (let i = 0; i < query.length; i++) {
      const id = query.ids[i] as number;
      if (bm25.entriesWith(id) === 0) sum += bm25.weight(this.index.vocabulary.hashes[id] as number, id);
    }
    return (sum * (bm25.options.k1 + 1)) / ceiling;
  }
}
