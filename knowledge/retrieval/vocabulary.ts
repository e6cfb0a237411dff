import type { Terms } from './analyse.ts';

/** Term hash → small id, in first-seen order. Open addressing on typed arrays: no strings, no boxed numbers. */
export class Vocabulary {
  size = 0;
  hashes = new Int32Array(1 << 12);
  #slots = new Int32Array(1 << 13);

  /** A vocabulary with these terms, in their order, and room for more; in steps. */
  static *of(hashes: Int32Array): Generator<void, Vocabulary> {
    const made = new Vocabulary();
    let capacity = made.hashes.length;
    while (capacity < hashes.length) capacity *= 2;
    made.hashes = new Int32Array(capacity);
    made.hashes.set(hashes);
    made.#slots = new Int32Array(capacity * 2);
    for (let id = 0; id < hashes.length; id++) {
      made.#place(id);
      if (id % 4_096 === 0) yield;
    }
    made.size = hashes.length;
    return made;
  }

  /** Id of a hash, or -1. */
  find(hash: number): number {
    const mask = this.#slots.length - 1;
    for (let at = (hash >>> 3) & mask; ; at = (at + 1) & mask) {
      const id = (this.#slots[at] as number) - 1;
      if (id < 0 || this.hashes[id] === hash) return id;
    }
  }

  /** Id of a hash, given one if it has none. */
  intern(hash: number): number {
    const known = this.find(hash);
    if (known >= 0) return known;
    if (this.size === this.hashes.length) this.#grow();
    const id = this.size++;
    this.hashes[id] = hash;
    this.#place(id);
    return id;
  }

  #place(id: number): void {
    const mask = this.#slots.length - 1;
    let at = ((this.hashes[id] as number) >>> 3) & mask;
    while (this.#slots[at] !== 0) at = (at + 1) & mask;
    this.#slots[at] = id + 1;
  }

  #grow(): void {
    const larger = new Int32Array(this.hashes.length * 2);
    larger.set(this.hashes);
    this.hashes = larger;
    this.#slots = new Int32Array(larger.length * 2);
    for (let id = 0; id < this.size; id++) this.#place(id);
  }
}

/** A text as distinct term ids with their counts; `number` in its BagStore, if it is kept in one. `unknown` holds the hashes that the vocabulary lacks. */
export type Bag = { ids: Int32Array; counts: Float32Array | Uint8Array; length: number; number?: number };
export type QueryBag = Bag & { unknown: Int32Array; unknownLength: number };

/** Counts terms into bags; keeps its scratch arrays, so that one query after another allocates nothing. */
export class Counter {
  #position = new Int32Array(1 << 12);
  #stamp = new Int32Array(1 << 12);
  #now = 0;
  #bag: QueryBag & { counts: Float32Array } = {
    ids: new Int32Array(256),
    counts: new Float32Array(256),
    length: 0,
    unknown: new Int32Array(256),
    unknownLength: 0,
  };

  readonly vocabulary: Vocabulary;

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** The returned bag is overwritten by the next call. */
  query(terms: Terms): QueryBag {
    const bag = this.#reset(terms.length);
    for (let i = 0; i < terms.length; i++) {
      const hash = terms.hashes[i] as number;
      const id = this.vocabulary.find(hash);
      if (id >= 0) this.#count(bag, id);
      else bag.unknown[bag.unknownLength++] = hash;
    }
    return bag;
  }

  /** A bag of its own, its terms added to the vocabulary. */
  document(terms: Terms): Bag {
    const bag = this.#reset(terms.length);
    for (let i = 0; i < terms.length; i++) {
      const id = this.vocabulary.intern(terms.hashes[i] as number);
      if (id >= this.#position.length) this.#widen();
      this.#count(bag, id);
    }
    return { ids: bag.ids.slice(0, bag.length), counts: bag.counts.slice(0, bag.length), length: bag.length };
  }

  #count(bag: QueryBag, id: number): void {
    if (this.#stamp[id] === this.#now) {
      const at = this.#position[id] as number;
      bag.counts[at] = (bag.counts[at] as number) + 1;
      return;
    }
    this.#stamp[id] = this.#now;
    this.#position[id] = bag.length;
    bag.ids[bag.length] = id;
    bag.counts[bag.length++] = 1;
  }

  #widen(): void {
    const size = this.vocabulary.hashes.length;
    const [position, stamp] = [new Int32Array(size), new Int32Array(size)];
    position.set(this.#position);
    stamp.set(this.#stamp);
    this.#position = position;
    this.#stamp = stamp;
  }

  #reset(capacity: number): QueryBag {
    if (this.#position.length < this.vocabulary.size) this.#widen();
    if (this.#bag.ids.length < capacity) {
      const size = capacity * 2;
      this.#bag = {
        ids: new Int32Array(size),
        counts: new Float32Array(size),
        unknown: new Int32Array(size),
        length: 0,
        unknownLength: 0,
      };
    }
    this.#now++;
    this.#bag.length = 0;
    this.#bag.unknownLength = 0;
    return this.#bag;
  }
}
