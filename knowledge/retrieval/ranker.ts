import type { Classifier } from './classifier.ts';
import { type Spread, spreadOf, Top, zScore } from './fusion.ts';
import type { LanguageIndex } from './language-index.ts';
import { CANDIDATES, type Reranker } from './reranker.ts';
import { SETTINGS } from './settings.ts';
import type { QueryBag } from './vocabulary.ts';

/** A trained classifier and the slot → class table that goes with it (-1: it does not know the slot). */
export type Trained = Votes &
  ({ classifier: Classifier; reranker?: undefined } | { classifier?: undefined; reranker: Reranker });
/** Logits of classes; of a reranker's ranking, of the candidates. */
export type Votes = { classOf: Int32Array; logits: Float32Array };

/** The scores of one query, valid until the next one. */
export type Scores = {
  query: QueryBag;
  lexical: Float32Array;
  trained: Trained | undefined;
  /** Slots outside of which nothing comes into the first places; absent: all compete. */
  contenders?: Int32Array | undefined;
};
export type Ranking = Pick<Scores, 'query' | 'lexical'> & { trained: Votes | undefined; top: Top };

const EVERYONE = new Uint8Array(1024).fill(1);

/** Brings what words and what was learned say of the entries together. */
export class Ranker {
  readonly #index: LanguageIndex;
  #known = new Uint8Array(0);
  #logits = new Float32Array(0);
  #candidates: Iterable<number> = [];
  #candidateOf = new Int32Array(0);

  constructor(index: LanguageIndex) {
    this.#index = index;
  }

  /**
   * Sum of z-scores. A slot that the classifier does not know is judged by its lexical score in its place,
   * so that a new entry competes at once.
   */
  fuse(scores: Scores, limit: number, allowed?: (slot: number) => boolean): Ranking {
    const { lexical, trained } = scores;
    const spread = spreadOf(lexical, this.#index.alive, this.#index.bm25.slots);
    const z = (slot: number) => zScore(lexical[slot] as number, spread);
    const { weight } = SETTINGS.classifier;
    if (trained?.reranker) {
      const best = this.#best(Math.max(limit, CANDIDATES), z, scores, allowed);
      return this.#rerank(best, scores, trained, limit);
    }
    if (!trained)
      return {
        ...scores,
        trained,
        top: this.#best(limit, (slot) => (1 + weight) * z(slot), scores, allowed),
      };
    const byClass = this.#spreadByClass(trained);
    const both = (slot: number) => {
      const known = trained.classOf[slot] ?? -1;
      const lexically = z(slot);
      return lexically + weight * (known >= 0 ? zScore(trained.logits[known] as number, byClass) : lexically);
    };
    return { ...scores, trained, top: this.#best(limit, both, scores, allowed) };
  }

  #best(
    limit: number,
    scoreOf: (slot: number) => number,
    { contenders }: Scores,
    allowed?: (slot: number) => boolean,
  ): Top {
    const top = new Top(Math.max(limit, 3));
    const offer = (slot: number) => {
      const score = scoreOf(slot);
      // Asked last: among many entries it costs more than the score.
      if (score <= top.least || this.#index.alive[slot] === 0 || (allowed && !allowed(slot))) return;
      top.offer(slot, score);
    };
    contenders?.forEach(offer);
    // A filter may have left out most of them.
    if (contenders && top.length === top.slots.length) return top;
    top.length = 0;
    for (let slot = 0; slot < this.#index.bm25.slots; slot++) offer(slot);
    return top;
  }

  /** Among the best by words, their words' z-score (of all entries) and the reranker's (of them) are added. */
  #rerank(best: Top, { query, lexical }: Scores, trained: Trained, limit: number): Ranking {
    const reranker = trained.reranker as Reranker;
    if (this.#candidateOf.length < this.#index.alive.length)
      this.#candidateOf = new Int32Array(this.#index.alive.length).fill(-1);
    for (const slot of this.#candidates) this.#candidateOf[slot] = -1;
    this.#candidates = best.slots.subarray(0, best.length);
    const logits = new Float32Array(best.length);
    let count = 0;
    reranker.load(query, this.#index.vocabulary.size);
    for (const slot of this.#candidates) {
      const known = trained.classOf[slot] ?? -1;
      if (known < 0) continue;
      logits[count] = reranker.logit(known);
      this.#candidateOf[slot] = count++;
    }
    reranker.unload();
    const votes = { classOf: this.#candidateOf, logits: logits.subarray(0, count) };
    const spread = spreadOf(votes.logits, EVERYONE, count);
    const top = new Top(Math.max(limit, 3));
    for (let i = 0; i < best.length; i++) {
      const slot = best.slots[i] as number;
      const [z, at] = [best.scores[i] as number, this.#candidateOf[slot] as number];
      top.offer(slot, z + SETTINGS.reranker.weight * (at < 0 ? z : zScore(logits[at] as number, spread)));
    }
    return { query, lexical, trained: votes, top };
  }

  #spreadByClass({ classOf, logits }: Trained): Spread {
    const slots = Math.min(this.#index.bm25.slots, classOf.length);
    if (this.#known.length < slots)
      [this.#known, this.#logits] = [new Uint8Array(slots * 2), new Float32Array(slots * 2)];
    for (let slot = 0; slot < slots; slot++) {
      const known = classOf[slot] as number;
      this.#known[slot] = this.#index.alive[slot] === 1 && known >= 0 ? 1 : 0;
      this.#logits[slot] = known >= 0 ? (logits[known] as number) : 0;
    }
    return spreadOf(this.#logits, this.#known, slots);
  }
}
