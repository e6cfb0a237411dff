import type { Bag } from './vocabulary.ts';

const MOST = 255;
const SEGMENT_BITS = 20;
const SEGMENT = 1 << SEGMENT_BITS;

/** What the constructor takes: bags one after the other, and where each of them begins. */
export type BagArrays = { bytes: Uint8Array; starts: Int32Array };

/**
 * Many bags, ten thousand entries are a quarter of a million of them, in two bytes a term: how many terms, then
 * for each, in the order of ids, its distance to the one before, doubled, in seven bits a byte; made odd where a count
 * above one follows. Counts above 255 are 255. What is added goes to segments of a megabyte, so that nothing large is
 * ever copied.
 */
export class BagStore {
  size = 0;
  readonly #first: Uint8Array;
  readonly #segments: Uint8Array[] = [];
  #end = 0;
  #starts: Int32Array;
  #sorted = new Float64Array(1 << 8);
  #ids = new Int32Array(1 << 8);
  #counts = new Uint8Array(1 << 8);

  constructor({ bytes, starts }: BagArrays = { bytes: new Uint8Array(0), starts: new Int32Array(0) }) {
    this.#first = bytes;
    this.#starts = starts;
    this.size = starts.length;
    this.#end = bytes.length;
  }

  /** Number of the bag from now on. */
  add(bag: Bag): number {
    const sorted = this.#inOrder(bag);
    this.#makeRoom(5 + bag.length * 6);
    if (this.size === this.#starts.length) {
      const starts = new Int32Array(Math.max(256, this.#starts.length * 2));
      starts.set(this.#starts);
      this.#starts = starts;
    }
    this.#starts[this.size] = this.#end;
    this.#write(bag.length);
    let before = 0;
    for (let i = 0; i < bag.length; i++) {
      const [id, count] = [Math.floor((sorted[i] as number) / 256), (sorted[i] as number) % 256];
      this.#write((id - before) * 2 + (count > 1 ? 1 : 0));
      if (count > 1) this.#put(count);
      before = id;
    }
    return this.size++;
  }

  /** A copy; another object each time, so that bags are told apart by their number. */
  at(index: number): Bag {
    const { ids, counts, length } = this.read(index);
    return { ids: ids.slice(0, length), counts: counts.slice(0, length), length, number: index };
  }

  /** The same without a copy: overwritten by the next call, its arrays longer than what is used of them. */
  read(index: number): { ids: Int32Array; counts: Uint8Array; length: number } {
    const start = this.#starts[index] as number;
    const isFirst = start < this.#first.length;
    const from = isFirst ? start : start - this.#first.length;
    const bytes = isFirst ? this.#first : (this.#segments[from >>> SEGMENT_BITS] as Uint8Array);
    let at = isFirst ? from : from & (SEGMENT - 1);
    let [length, shift, byte] = [0, 0, 128];
    for (; byte >= 128; shift += 7) {
      byte = bytes[at++] as number;
      length |= (byte & 127) << shift;
    }
    if (length > this.#ids.length)
      [this.#ids, this.#counts] = [new Int32Array(length * 2), new Uint8Array(length * 2)];
    const [ids, counts] = [this.#ids, this.#counts];
    for (let i = 0, id = 0; i < length; i++) {
      byte = bytes[at++] as number;
      let step = byte & 127;
      for (shift = 7; byte >= 128; shift += 7) {
        byte = bytes[at++] as number;
        step |= (byte & 127) << shift;
      }
      id += step >>> 1;
      ids[i] = id;
      counts[i] = (step & 1) === 0 ? 1 : (bytes[at++] as number);
    }
    return { ids, counts, length };
  }

  /** What the constructor takes, its bytes in pieces. */
  get arrays(): { bytes: Uint8Array[]; starts: Int32Array } {
    // Gaps at the ends of segments are written down with them, so that every bag begins where it did.
    return { bytes: [this.#first, ...this.#segments], starts: this.#starts.subarray(0, this.size) };
  }

  /** Ids and counts as single numbers, in order. */
  #inOrder(bag: Bag): Float64Array {
    if (bag.length > this.#sorted.length) this.#sorted = new Float64Array(bag.length * 2);
    const sorted = this.#sorted.subarray(0, bag.length);
    for (let i = 0; i < bag.length; i++)
      sorted[i] = (bag.ids[i] as number) * 256 + Math.min(MOST, bag.counts[i] as number);
    return sorted.sort();
  }

  /** A bag never lies in two segments. */
  #makeRoom(most: number): void {
    const used = this.#end - this.#first.length;
    const left = this.#segments.length * SEGMENT - used;
    if (left >= most) return;
    this.#end += left;
    this.#segments.push(new Uint8Array(SEGMENT));
  }

  #write(value: number): void {
    let rest = value;
    for (; rest >= 128; rest >>>= 7) this.#put((rest & 127) | 128);
    this.#put(rest);
  }

  #put(byte: number): void {
    const at = this.#end++ - this.#first.length;
    (this.#segments[at >>> SEGMENT_BITS] as Uint8Array)[at & (SEGMENT - 1)] = byte;
  }
}
