import type { Bag } from './vocabulary.ts';

const MOST = 255;

/**
 * Many bags in three growing arrays: ten thousand entries are a quarter of a million texts, and an object with two
 * arrays each would cost more than their terms. Counts above 255 are 255.
 */
export class BagStore {
  size = 0;
  #ids: Int32Array;
  #counts: Uint8Array;
  #starts: Int32Array;

  constructor(arrays?: { ids: Int32Array; counts: Uint8Array; starts: Int32Array }) {
    this.#ids = arrays?.ids ?? new Int32Array(1 << 10);
    this.#counts = arrays?.counts ?? new Uint8Array(1 << 10);
    this.#starts = arrays?.starts ?? new Int32Array(1 << 8);
    if (arrays) this.size = arrays.starts.length - 1;
  }

  /** Number of the bag from now on. */
  add(bag: Bag): number {
    const start = this.#starts[this.size] as number;
    const end = start + bag.length;
    if (end > this.#ids.length) this.#grow(end);
    if (this.size + 1 >= this.#starts.length) {
      const starts = new Int32Array(this.#starts.length * 2);
      starts.set(this.#starts);
      this.#starts = starts;
    }
    for (let i = 0; i < bag.length; i++) {
      this.#ids[start + i] = bag.ids[i] as number;
      this.#counts[start + i] = Math.min(MOST, bag.counts[i] as number);
    }
    this.#starts[this.size + 1] = end;
    return this.size++;
  }

  /** A view, not a copy; another object each time, so that bags are told apart by their number. */
  at(index: number): Bag {
    const [from, to] = [this.#starts[index] as number, this.#starts[index + 1] as number];
    const [ids, counts] = [this.#ids.subarray(from, to), this.#counts.subarray(from, to)];
    return { ids, counts, length: to - from, number: index };
  }

  /** The arrays themselves, longer than what is used of them: for loops that run over every term of an entry. */
  get raw(): { ids: Int32Array; counts: Uint8Array; starts: Int32Array } {
    return { ids: this.#ids, counts: this.#counts, starts: this.#starts };
  }

  /** What the constructor takes. */
  get arrays(): { ids: Int32Array; counts: Uint8Array; starts: Int32Array } {
    const used = this.#starts[this.size] as number;
    return {
      ids: this.#ids.subarray(0, used),
      counts: this.#counts.subarray(0, used),
      starts: this.#starts.subarray(0, this.size + 1),
    };
  }

  #grow(needed: number): void {
    const size = Math.max(needed, Math.ceil(this.#ids.length * 1.5));
    const [ids, counts] = [new Int32Array(size), new Uint8Array(size)];
    ids.set(this.#ids);
    counts.set(this.#counts);
    this.#ids = ids;
    this.#counts = counts;
  }
}
