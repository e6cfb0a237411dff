import { kindOf } from './analyse.ts';
import { contenders, narrowed } from './contenders.ts';
import type { Document } from './documents.ts';
import { lighten } from './lighten.ts';
import { BasePostings, type Bm25Options, MOST_SLOTS, normOf, RecentPostings } from './postings.ts';
import { atOnce } from './slices.ts';
import type { Bag, QueryBag, Vocabulary } from './vocabulary.ts';

/**
 * Terms of a question that are looked at, and postings that are gone through for all entries, some 1 ns each; what is
 * left is looked up for the contenders only.
 */
const LIMITS = { terms: 256, postings: 350_000 };

/** The postings of all documents, and how long they are together. */
export type Totals = { start: Int32Array; postings: Uint32Array; totalLength: number };

/** Up to this many documents a rebuild of the postings takes a few milliseconds, and may happen within an update. */
const FEW = 300;

/**
 * BM25 (Robertson & Zaragoza 2009) over one document per entry. Changes are visible at once: a removed slot is masked,
 * a new document goes to the recent postings; `rebuild` merges them. The mean length that norms are measured against is
 * the one of the last rebuild, so that an update costs what its own entry costs.
 */
export class Bm25 {
  #base = BasePostings.EMPTY;
  #recent = new RecentPostings();
  #rebuiltAt = 0;
  #alive = new Uint8Array(64);
  #df = new Int32Array(0);
  #slots = 0;
  /** So many of them have postings. */
  #posted = 0;
  #count = 0;
  #totalLength = 0;
  #meanLength = 1;

  readonly vocabulary: Vocabulary;
  options: Bm25Options;
  #next: Bm25Options;
  /** The document of a slot, made anew at each call; undefined if it was removed. */
  readonly document: (slot: number) => Document | undefined;

  readonly #limits: typeof LIMITS;

  constructor(
    vocabulary: Vocabulary,
    options: Bm25Options,
    document: Bm25['document'],
    limits: typeof LIMITS = LIMITS,
  ) {
    this.vocabulary = vocabulary;
    this.options = options;
    this.#next = options;
    this.document = document;
    this.#limits = limits;
  }

  /** Weighs differently from the next rebuild on; at once where there are few or no documents. */
  configure(options: Bm25Options): void {
    this.#next = options;
    if (this.#slots === 0) this.options = options;
    else if (options !== this.options && this.#count <= FEW) atOnce(this.rebuild());
  }

  /** Slots ever used; scores have this length. */
  get slots(): number {
    return this.#slots;
  }

  /** By which lengths are judged: as it was at the last rebuild. */
  get averageLength(): number {
    return this.#meanLength;
  }

  get count(): number {
    return this.#count;
  }

  /** Takes up documents whose slots follow those known, at once: for a handful of them. */
  add(slots: number): void {
    const from = this.#slots;
    atOnce(this.#admit(slots));
    const isMuch = slots - from + this.#recent.count > 16 + this.#rebuiltAt / 4;
    if (isMuch && (this.#count <= FEW || this.#base === BasePostings.EMPTY)) atOnce(this.rebuild());
    else this.#addAllRecent();
  }

  /** The same for many, in steps; they are found when all of them have been taken up. */
  *adding(slots: number): Generator<void> {
    const from = this.#slots;
    yield* this.#admit(slots);
    if (this.#slots - from > 16 + this.#rebuiltAt / 4) yield* this.rebuild();
    else this.#addAllRecent();
  }

  #addAllRecent(): void {
    if (this.#rebuiltAt === 0) this.#meanLength = this.#totalLength / (this.#count || 1) || 1;
    for (; this.#posted < this.#slots; this.#posted++) this.#addRecent(this.#posted);
  }

  /** True while nothing has been removed or added since the last rebuild: the state that `restore` takes back. */
  get isSettled(): boolean {
    return this.#count === this.#slots && this.#rebuiltAt === this.#slots;
  }

  get totals(): Totals {
    const { start, postings } = this.#base.arrays;
    return { start, postings, totalLength: this.#totalLength };
  }

  /** As it was when settled. Once, before anything else. */
  restore(slots: number, { start, postings, totalLength }: Totals): void {
    this.#widen(slots);
    for (let id = 0; id + 1 < start.length; id++)
      this.#df[id] = (start[id + 1] as number) - (start[id] as number);
    this.#alive.fill(1, 0, slots);
    [this.#slots, this.#count, this.#rebuiltAt, this.#posted] = [slots, slots, slots, slots];
    this.#totalLength = totalLength;
    this.#meanLength = totalLength / (slots || 1) || 1;
    this.#base = BasePostings.of({ start, postings });
  }

  /** Other documents may be added between two steps: each is counted once. */
  *#admit(slots: number): Generator<void> {
    this.#widen(slots);
    while (this.#slots < slots) {
      const slot = this.#slots++;
      const document = this.document(slot);
      if (!document) continue;
      this.#alive[slot] = 1;
      this.#tally(document, 1);
      if (slot % 16 === 15) yield;
    }
  }

  #addRecent(slot: number): void {
    const document = this.#alive[slot] === 1 ? this.document(slot) : undefined;
    if (document) this.#recent.add(slot, document, this.#impact);
  }

  /** `document(slot)` must still give what is removed. */
  remove(slot: number): void {
    if (this.#alive[slot] !== 1) return;
    this.#tally(this.document(slot) as Document, -1);
    this.#alive[slot] = 0;
  }

  /** Merges what is recent into the base, in steps; documents that come meanwhile stay recent. */
  *rebuild(): Generator<void> {
    const slots = this.#slots;
    const options = this.#next;
    const alive = this.#alive.slice(0, slots);
    const df = this.#df.slice(0, this.vocabulary.size);
    const mean = this.#totalLength / (this.#count || 1) || 1;
    const impact = (tf: number, length: number) => tf / (tf + normOf(options, length, mean));
    // A document removed while this runs is still made, from bags that are never taken away.
    const document = (slot: number) => (alive[slot] === 1 ? this.document(slot) : undefined);
    this.#base = yield* BasePostings.build(document, slots, df, impact);
    [this.options, this.#meanLength] = [options, mean];
    [this.#rebuiltAt, this.#posted] = [slots, slots];
    this.#recent = new RecentPostings();
    this.#addAllRecent();
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

  /** Leaves out of a long question what weighs least, so that its answer takes no longer than others'. */
  lighten(query: QueryBag): void {
    lighten(query, this.#limits.terms, (i) => this.#weightOf(query, i));
  }

  /**
   * Writes each slot's score into `out` (removed slots: 0). In a large knowledge the terms that most entries share are
   * added for the contenders only, which are returned (valid until the next call); other slots then lack these terms.
   * After Turtle & Flood 1995 (MaxScore) and, once there are too many contenders, Moffat & Zobel 1996 ("continue").
   */
  score(query: QueryBag, out: Float32Array): Int32Array | undefined {
    out.fill(0, 0, this.#slots);
    const order = this.#cheapestFirst(query);
    let [scored, left, ceiling, open] = [0, this.#limits.postings, 0, 0];
    for (let at = 0; at < query.length; at++) {
      const i = order[at] as number;
      const id = query.ids[i] as number;
      const gain = this.#gain(query, i);
      ceiling += gain;
      left -= this.#df[id] as number;
      if (left >= 0) {
        scored = at + 1;
        this.#base.score(id, gain, out);
      } else open += gain;
      this.#recent.score(id, gain, out);
    }
    this.#mask(out);
    if (scored === query.length) return undefined;
    let found = contenders(out, this.#slots, ceiling, open);
    for (let at = scored; at < query.length; at++) {
      const i = order[at] as number;
      const gain = this.#gain(query, i);
      this.#base.scoreSome(query.ids[i] as number, gain, found, out);
      open -= gain;
      if (at % 4 === 3) found = narrowed(found, out, ceiling, open);
    }
    this.#mask(out);
    return found;
  }

  #mask(out: Float32Array): void {
    if (this.#count === this.#slots) return;
    for (let slot = 0; slot < this.#slots; slot++) if (this.#alive[slot] === 0) out[slot] = 0;
  }

  /** Which terms to add first: as they come if all of them can be, else the rarest. */
  #cheapestFirst(query: QueryBag): Int32Array {
    const order = new Int32Array(query.length);
    let work = 0;
    for (let i = 0; i < query.length; i++) {
      order[i] = i;
      work += this.#df[query.ids[i] as number] as number;
    }
    const df = (i: number) => this.#df[query.ids[i] as number] as number;
    return work <= this.#limits.postings ? order : order.sort((a, b) => df(a) - df(b));
  }

  #weightOf(query: QueryBag, i: number): number {
    const id = query.ids[i] as number;
    return this.weight(this.vocabulary.hashes[id] as number, id);
  }

  #gain(query: QueryBag, i: number): number {
    return this.#weightOf(query, i) * (this.options.k1 + 1);
  }

  /** What `slot` would score had its entry been written without `held` (leave one similar question out). */
  scoreWithout(query: QueryBag, slot: number, tfOf: Float32Array, held: Bag, weight: number): number {
    const document = this.#alive[slot] === 1 ? this.document(slot) : undefined;
    if (!document) return 0;
    let heldLength = 0;
    for (let i = 0; i < held.length; i++) heldLength += weight * (held.counts[i] as number);
    const norm = normOf(this.options, document.length - heldLength, this.#meanLength);
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

  readonly #impact = (tf: number, length: number) =>
    tf / (tf + normOf(this.options, length, this.#meanLength));

  #tally(document: Document, sign: 1 | -1): void {
    const df = this.#df;
    for (const id of document.ids) df[id] = (df[id] as number) + sign;
    this.#count += sign;
    this.#totalLength += sign * document.length;
  }

  #widen(slots: number): void {
    if (slots > MOST_SLOTS) throw new RangeError(`more than ${MOST_SLOTS} entries`);
    if (slots > this.#alive.length) {
      const alive = new Uint8Array(slots * 2);
      alive.set(this.#alive);
      this.#alive = alive;
    }
    if (this.#df.length >= this.vocabulary.size) return;
    const df = new Int32Array(this.vocabulary.hashes.length);
    df.set(this.#df);
    this.#df = df;
  }
}
