import type { Bag, QueryBag } from './vocabulary.ts';

/** So many of the best by words are looked at. */
export const CANDIDATES = 50;

/** Weights of class c: `weights[i]` of term `ids[i]`, from start[c] to start[c + 1]. */
export type RerankerParts = { start: Int32Array; ids: Int32Array; weights: Float32Array };

/** Weight of a term in a text, before the text is brought to unit length. */
export type TermWeight = (id: number) => number;

/**
 * Softmax regression for knowledge too large for weights of every term in every entry: an entry has weights of the
 * terms of its own title and similar questions only. What a foreign term says against it, BM25 says already.
 */
export class Reranker {
  readonly parts: RerankerParts;
  readonly #weightOf: TermWeight;
  readonly #scale: number;
  #values = new Float32Array(0);
  #loaded: QueryBag | Bag | undefined;

  /** `weightOf` and `scale` as for Classifier. */
  constructor(parts: RerankerParts, weightOf: TermWeight, scale: number) {
    this.parts = parts;
    this.#weightOf = weightOf;
    this.#scale = scale;
  }

  /** The text that is judged or learned from now on; `terms` is the size of the vocabulary. */
  load(bag: Bag | QueryBag, terms: number): void {
    if (this.#values.length < terms) this.#values = new Float32Array(terms * 2);
    let squares = 0;
    for (let i = 0; i < bag.length; i++) {
      const id = bag.ids[i] as number;
      const value = this.#weightOf(id);
      this.#values[id] = value;
      squares += value * value;
    }
    const norm = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let i = 0; i < bag.length; i++) {
      const id = bag.ids[i] as number;
      this.#values[id] = (this.#values[id] as number) * norm;
    }
    this.#loaded = bag;
  }

  /** Before the next `load`. */
  unload(): void {
    const bag = this.#loaded;
    for (let i = 0; bag && i < bag.length; i++) this.#values[bag.ids[i] as number] = 0;
  }

  /** What speaks for a class in the loaded text. */
  logit(label: number): number {
    const { start, ids, weights } = this.parts;
    const values = this.#values;
    let sum = 0;
    for (let i = start[label] as number, end = start[label + 1] as number; i < end; i++)
      sum += (weights[i] as number) * (values[ids[i] as number] as number);
    return sum * this.#scale;
  }

  /** A step of gradient descent for the loaded text. */
  learn(label: number, gradient: number): void {
    const { start, ids, weights } = this.parts;
    const values = this.#values;
    for (let i = start[label] as number, end = start[label + 1] as number; i < end; i++)
      weights[i] = (weights[i] as number) - gradient * (values[ids[i] as number] as number);
  }
}
