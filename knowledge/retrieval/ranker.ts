import type { Classifier } from './classifier.ts';
import { type Spread, spreadOf, Top, zScore } from './fusion.ts';
import { SETTINGS } from './settings.ts';
import type { QueryBag } from './vocabulary.ts';

/** A trained classifier and the slot → class table that goes with it (-1: it does not know the slot). */
export type Trained = { classifier: Classifier; classOf: Int32Array; logits: Float32Array };

/** The scores of one query, valid until the next one. */
export type Scores = {
  query: QueryBag;
  lexical: Float32Array;
  trained: Trained | undefined;
  /** Slots outside of which nothing comes into the first places; absent: all compete. */
  contenders?: Int32Array | undefined;
};
export type Ranking = Scores & { top: Top };

/** Which slots there are, and which of them are in use (1). */
export interface Slots {
  readonly alive: Uint8Array;
  readonly bm25: { readonly slots: number };
}

/** Brings what words and what was learned say of the entries together. */
export class Ranker {
  readonly #index: Slots;
  #known = new Uint8Array(0);
  #logits = new Float32Array(0);

  constructor(index: Slots) {
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
    if (!trained)
      return { ...scores, top: this.#best(limit, (slot) => (1 + weight) * z(slot), scores, allowed) };
    const byClass = this.#spreadByClass(trained);
    const both = (slot: number) => {
      const known = trained.classOf[slot] ?? -1;
      const lexically = z(slot);
      return lexically + weight * (known >= 0 ? zScore(trained.logits[known] as number, byClass) : lexically);
    };
    return { ...scores, top: this.#best(limit, both, scores, allowed) };
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
