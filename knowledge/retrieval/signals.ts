import { kindOf } from './analyse.ts';
import type { LanguageIndex } from './language-index.ts';
import type { Sign } from './logistic.ts';
import type { Ranking } from './ranker.ts';
import type { Bag, QueryBag } from './vocabulary.ts';

/** Kinds of term that seldom match by chance: pairs and words, not single characters and n-grams. */
const SPECIFIC = Uint8Array.of(0, 1, 1, 0, 0, 0, 0, 0);

/**
 * What tells a right first hit from a wrong one, and in which direction; docs/RETRIEVAL.md shows what each is worth.
 * coverage: the hit's BM25 over the most the question could get; best: its sum of z-scores; margin: its
 * distance to the second; probability: the classifier's, as a logarithm; evidence: of all entries together, before
 * they share it out; similarity: cosine with the hit's nearest similar question; unknown: share of the question's
 * weight in terms that no entry has; length: of the question, which says nothing but what the others may be.
 */
export const SIGNALS = [
  'coverage',
  'best',
  'margin',
  'probability',
  'evidence',
  'similarity',
  'unknown',
  'length',
] as const;
export const SIGNS: readonly Sign[] = [1, 1, 1, 1, 1, 1, -1, 0];

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
      ...this.#byClassifier(ranking, first),
      this.#similarity(query, first, without),
      this.#unknownShare(query, ceiling),
      this.#length(query),
    ];
  }

  /** Logarithms of the hit's probability and of the evidence for all entries together. */
  #byClassifier({ trained }: Ranking, slot: number): [probability: number, evidence: number] {
    if (!trained) return [0, 0];
    const known = trained.classOf[slot] ?? -1;
    const { logits } = trained;
    let [highest, sum] = [Number.NEGATIVE_INFINITY, 0];
    for (let i = 0; i < logits.length; i++) highest = Math.max(highest, logits[i] as number);
    for (let i = 0; i < logits.length; i++) sum += Math.exp((logits[i] as number) - highest);
    const evidence = highest + Math.log(sum);
    return [known < 0 ? 0 : Math.log(Math.exp((logits[known] as number) - evidence) + 1e-6), evidence];
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
      if (bag.number !== without?.number)
        nearest = Math.max(nearest, cosine(this.#weights, squares, bag, weightOf));
    }
    for (let i = 0; i < query.length; i++) this.#weights[query.ids[i] as number] = 0;
    return nearest;
  }

  /** Logarithm of how many pairs and words the question has: a long one covers less of itself. */
  #length(query: QueryBag): number {
    const { hashes } = this.index.vocabulary;
    let count = 0;
    for (let i = 0; i < query.length; i++)
      count += SPECIFIC[kindOf(hashes[query.ids[i] as number] as number)] as number;
    for (let i = 0; i < query.unknownLength; i++)
      count += SPECIFIC[kindOf(query.unknown[i] as number)] as number;
    return Math.log(1 + count);
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
