import type { Document } from './documents.ts';

export type Bm25Options = {
  k1: number;
  b: number;
  /** Weight of a term in title, similar questions and body. */
  fields: readonly [title: number, questions: number, body: number];
  /** Weight by kind of term, in the order of analyse.ts KIND. */
  kinds: readonly number[];
};

/** What a document's term is worth before its weight: tf / (tf + norm). */
export type Impact = (tf: number, length: number) => number;

export function normOf({ k1, b }: Bm25Options, length: number, mean: number): number {
  return k1 * (1 - b + (b * length) / mean);
}

/** A posting is one number: the slot above, the impact in 4,095 steps below. Half the memory, and half the misses. */
const IMPACT_BITS = 12;
const STEPS = (1 << IMPACT_BITS) - 1;
/** More entries than this, and slots no longer fit. */
export const MOST_SLOTS = 1 << (32 - IMPACT_BITS);

/** Immutable postings by term id (compressed rows), built once from many documents. */
export class BasePostings {
  static readonly EMPTY = new BasePostings(new Int32Array(1), new Uint32Array(0));
  readonly #start: Int32Array;
  readonly #postings: Uint32Array;

  private constructor(start: Int32Array, postings: Uint32Array) {
    this.#start = start;
    this.#postings = postings;
  }

  /** All of it; `of` takes it back. */
  get arrays(): { start: Int32Array; postings: Uint32Array } {
    return { start: this.#start, postings: this.#postings };
  }

  static of({ start, postings }: BasePostings['arrays']): BasePostings {
    return new BasePostings(start, postings);
  }

  /**
   * Goes over the documents of slots 0…slots-1 (undefined: none), in steps of `step` documents, so that it can give
   * way. `df`: in how many of them each term is.
   */
  static *build(
    documentOf: (slot: number) => Document | undefined,
    slots: number,
    df: Int32Array,
    impact: Impact,
    step = 16,
  ): Generator<void, BasePostings> {
    const terms = df.length;
    const start = new Int32Array(terms + 1);
    for (let i = 0; i < terms; i++) start[i + 1] = (start[i] as number) + (df[i] as number);
    const next = start.slice(0, terms);
    const postings = new Uint32Array(start[terms] as number);
    for (let slot = 0; slot < slots; slot++) {
      if (slot % step === step - 1) yield;
      const document = documentOf(slot);
      if (!document) continue;
      const { ids, tf, length } = document;
      for (let i = 0; i < ids.length; i++) {
        const id = ids[i] as number;
        const at = next[id] as number;
        next[id] = at + 1;
        postings[at] = (slot << IMPACT_BITS) | Math.round(STEPS * impact(tf[i] as number, length));
      }
    }
    return new BasePostings(start, postings);
  }

  /** Adds `gain` × impact to the score of each slot that has the term. */
  score(id: number, gain: number, out: Float32Array): void {
    if (id + 1 >= this.#start.length) return;
    const postings = this.#postings;
    const step = gain / STEPS;
    const end = this.#start[id + 1] as number;
    for (let at = this.#start[id] as number; at < end; at++) {
      const posting = postings[at] as number;
      const slot = posting >>> IMPACT_BITS;
      out[slot] = (out[slot] as number) + step * (posting & STEPS);
    }
  }

  /** As `score` for these slots only, which are in order. */
  scoreSome(id: number, gain: number, slots: Int32Array, out: Float32Array): void {
    if (id + 1 >= this.#start.length) return;
    const postings = this.#postings;
    const step = gain / STEPS;
    const end = this.#start[id + 1] as number;
    let from = this.#start[id] as number;
    for (const slot of slots) {
      from = this.#find(slot, from, end);
      if (from === end) return;
      const posting = postings[from] as number;
      if (posting >>> IMPACT_BITS === slot) out[slot] = (out[slot] as number) + step * (posting & STEPS);
    }
  }

  /** Place of the first posting at or after `slot`, looked for from `from` in growing leaps, then by halves. */
  #find(slot: number, from: number, end: number): number {
    const postings = this.#postings;
    // No posting of a slot before is as large, and none at or after it is smaller.
    const least = (slot << IMPACT_BITS) >>> 0;
    let [low, leap] = [from, 1];
    while (low + leap < end && (postings[low + leap] as number) < least) {
      low += leap;
      leap *= 2;
    }
    let high = Math.min(end, low + leap);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((postings[middle] as number) < least) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Postings of what changed since: a handful of documents, each added in microseconds. */
export class RecentPostings {
  readonly #lists = new Map<number, { slots: number[]; impacts: number[] }>();
  count = 0;

  add(slot: number, { ids, tf, length }: Document, impact: Impact): void {
    this.count++;
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i] as number;
      let list = this.#lists.get(id);
      if (!list) {
        list = { slots: [], impacts: [] };
        this.#lists.set(id, list);
      }
      list.slots.push(slot);
      list.impacts.push(Math.round(STEPS * impact(tf[i] as number, length)) / STEPS);
    }
  }

  score(id: number, gain: number, out: Float32Array): void {
    const list = this.count > 0 ? this.#lists.get(id) : undefined;
    if (!list) return;
    for (let i = 0; i < list.slots.length; i++) {
      const slot = list.slots[i] as number;
      out[slot] = (out[slot] as number) + gain * (list.impacts[i] as number);
    }
  }
}
