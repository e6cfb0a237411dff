import { kindOf } from './analyse.ts';
import type { Bag, QueryBag, Vocabulary } from './vocabulary.ts';

export type Bm25Options = {
  k1: number;
  b: number;
  /** Weight of a term in title, similar questions and body: BM25F (Robertson & Zaragoza 2009, §3.6). */
  fields: readonly [title: number, questions: number, body: number];
  /** Weight by kind of term, in the order of analyse.ts KIND. */
  kinds: readonly number[];
};

/** One entry as BM25 sees it: weighted term frequencies over its three fields, sorted as they came. */
export type Document = { slot: number; ids: Int32Array; tf: Float32Array; length: number };

/** Immutable postings of some documents, by term id (compressed rows). */
type Segment = { start: Int32Array; slots: Int32Array; tf: Float32Array; documents: Document[] };

const EMPTY: Segment = {
  start: new Int32Array(1),
  slots: new Int32Array(0),
  tf: new Float32Array(0),
  documents: [],
};

function buildSegment(documents: Document[], terms: number): Segment {
  const start = new Int32Array(terms + 1);
  for (const { ids } of documents) for (const id of ids) start[id + 1] = (start[id + 1] as number) + 1;
  for (let i = 0; i < terms; i++) start[i + 1] = (start[i + 1] as number) + (start[i] as number);
  const next = start.slice(0, terms);
  const total = start[terms] as number;
  const [slots, tf] = [new Int32Array(total), new Float32Array(total)];
  for (const document of documents) {
    for (let i = 0; i < document.ids.length; i++) {
      const id = document.ids[i] as number;
      const at = next[id] as number;
      next[id] = at + 1;
      slots[at] = document.slot;
      tf[at] = document.tf[i] as number;
    }
  }
  return { start, slots, tf, documents };
}

/** Adds the fields of one entry up to a document. */
export function documentOf(slot: number, fields: Bag[][], options: Bm25Options): Document {
  const sums = new Map<number, number>();
  let length = 0;
  fields.forEach((bags, field) => {
    const weight = options.fields[field] as number;
    for (const bag of bags) {
      for (let i = 0; i < bag.length; i++) {
        const [id, add] = [bag.ids[i] as number, weight * (bag.counts[i] as number)];
        sums.set(id, (sums.get(id) ?? 0) + add);
        length += add;
      }
    }
  });
  return { slot, ids: Int32Array.from(sums.keys()), tf: Float32Array.from(sums.values()), length };
}

/**
 * BM25 (Robertson & Zaragoza 2009) over one document per entry. Changes are visible at once: a removed slot
 * is masked, a new document goes to a small second segment that is merged when it has grown.
 */
export class Bm25 {
  #segments: [Segment, Segment] = [EMPTY, EMPTY];
  #live: (Document | undefined)[] = [];
  #df = new Int32Array(0);
  #norm = new Float32Array(0);
  #count = 0;
  #totalLength = 0;

  readonly vocabulary: Vocabulary;
  options: Bm25Options;

  constructor(vocabulary: Vocabulary, options: Bm25Options) {
    this.vocabulary = vocabulary;
    this.options = options;
  }

  /** Weighs differently from now on; fields already added up stay as they were. */
  configure(options: Bm25Options): void {
    if (options === this.options) return;
    this.options = options;
    this.#renorm();
  }

  /** Slots ever used; scores have this length. */
  get slots(): number {
    return this.#live.length;
  }

  get count(): number {
    return this.#count;
  }

  document(slot: number): Document | undefined {
    return this.#live[slot];
  }

  add(documents: Document[]): void {
    this.#widen();
    for (const document of documents) {
      this.#live[document.slot] = document;
      this.#tally(document, 1);
    }
    this.#index(documents);
    this.#renorm();
  }

  remove(slot: number): void {
    const document = this.#live[slot];
    if (!document) return;
    this.#live[slot] = undefined;
    this.#tally(document, -1);
    this.#renorm();
  }

  /** How many entries contain a term. */
  entriesWith(id: number): number {
    return this.#df[id] as number;
  }

  /** Weight of a term in a query: idf × weight of its kind. Unknown terms weigh as if seen in no entry. */
  weight(hash: number, id: number): number {
    const df = id < 0 ? 0 : (this.#df[id] as number);
    return Math.log(1 + (this.#count - df + 0.5) / (df + 0.5)) * (this.options.kinds[kindOf(hash)] as number);
  }

  /** The most that a document could score: what coverage is measured against. */
  ceiling(query: QueryBag): number {
    let sum = 0;
    for (let i = 0; i < query.length; i++) {
      const id = query.ids[i] as number;
      sum += this.weight(this.vocabulary.hashes[id] as number, id);
    }
    for (let i = 0; i < query.unknownLength; i++) sum += this.weight(query.unknown[i] as number, -1);
    return sum * (this.options.k1 + 1);
  }

  /** Writes each slot's score into `out` (removed slots: 0). */
  score(query: QueryBag, out: Float32Array): void {
    out.fill(0);
    for (let i = 0; i < query.length; i++) {
      const id = query.ids[i] as number;
      const gain = this.weight(this.vocabulary.hashes[id] as number, id) * (this.options.k1 + 1);
      for (const segment of this.#segments) this.#scoreTerm(segment, id, gain, out);
    }
    for (let slot = 0; slot < this.slots; slot++) if (!this.#live[slot]) out[slot] = 0;
  }

  #scoreTerm(segment: Segment, id: number, gain: number, out: Float32Array): void {
    if (id + 1 >= segment.start.length) return;
    const end = segment.start[id + 1] as number;
    const { slots, tf } = segment;
    const norm = this.#norm;
    for (let at = segment.start[id] as number; at < end; at++) {
      const slot = slots[at] as number;
      const f = tf[at] as number;
      out[slot] = (out[slot] as number) + (gain * f) / (f + (norm[slot] as number));
    }
  }

  /** What `slot` would score had its entry been written without `held` (leave one similar question out). */
  scoreWithout(query: QueryBag, slot: number, tfOf: Float32Array, held: Bag, weight: number): number {
    const document = this.#live[slot];
    if (!document) return 0;
    let heldLength = 0;
    for (let i = 0; i < held.length; i++) heldLength += weight * (held.counts[i] as number);
    const norm = this.#normOf(document.length - heldLength);
    let sum = 0;
    for (let i = 0; i < query.length; i++) {
      const id = query.ids[i] as number;
      const f = tfOf[id] as number;
      if (f > 1e-6)
        sum +=
          (this.weight(this.vocabulary.hashes[id] as number, id) * (this.options.k1 + 1) * f) / (f + norm);
    }
    return sum;
  }

  #normOf(length: number): number {
    const { k1, b } = this.options;
    return k1 * (1 - b + (b * length * this.#count) / (this.#totalLength || 1));
  }

  #tally(document: Document, sign: 1 | -1): void {
    for (const id of document.ids) this.#df[id] = (this.#df[id] as number) + sign;
    this.#count += sign;
    this.#totalLength += sign * document.length;
  }

  #widen(): void {
    if (this.#df.length >= this.vocabulary.size) return;
    const larger = new Int32Array(this.vocabulary.hashes.length);
    larger.set(this.#df);
    this.#df = larger;
  }

  #index(documents: Document[]): void {
    const [base, recent] = this.#segments;
    const young = [...recent.documents, ...documents];
    const terms = this.vocabulary.size;
    if (young.length < 64 + base.documents.length / 16) {
      this.#segments = [base, buildSegment(young, terms)];
      return;
    }
    const all = this.#live.filter((document) => document !== undefined);
    this.#segments = [buildSegment(all, terms), EMPTY];
  }

  #renorm(): void {
    if (this.#norm.length < this.slots) this.#norm = new Float32Array(Math.max(64, this.slots * 2));
    for (let slot = 0; slot < this.slots; slot++) {
      const document = this.#live[slot];
      if (document) this.#norm[slot] = this.#normOf(document.length);
    }
  }
}
