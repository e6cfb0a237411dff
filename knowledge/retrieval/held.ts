import { createHash } from 'node:crypto';
import type { BagStore } from './bags.ts';
import type { Entry } from './entry.ts';
import type { Bag } from './vocabulary.ts';

/** How many texts an entry has in each field. */
export type FieldSizes = { title: number; questions: number; body: number };

/** 128 bits that stand for a value. */
export const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);

/** 128 bits that stand for an entry as it is indexed. */
export const digestOf = ({ id, language, title, questions, body }: Entry): string =>
  digest([id, language, title, questions, body]);
/** The same for what customers' questions are learned from. */
export const askedDigestOf = ({ title, questions }: Entry): string => digest([title, questions]);

/** What is kept of an entry: its texts as bags of terms, field by field. */
export class Held {
  readonly entryId: string;
  /** Of the whole entry, and of title and similar questions. */
  readonly digest: string;
  readonly asked: string;
  readonly sizes: FieldSizes;
  /** Number of its first bag: title, similar questions and sentences of the body follow each other. */
  readonly first: number;
  readonly #bags: BagStore;

  constructor(
    bags: BagStore,
    known: { entryId: string; digest: string; asked: string; sizes: FieldSizes; first: number },
  ) {
    this.#bags = bags;
    this.entryId = known.entryId;
    this.digest = known.digest;
    this.asked = known.asked;
    this.sizes = known.sizes;
    this.first = known.first;
  }

  get title(): Bag[] {
    return this.#some(0, this.sizes.title);
  }

  get questions(): Bag[] {
    return this.#some(this.sizes.title, this.sizes.questions);
  }

  question(at: number): Bag {
    return this.#bags.at(this.first + this.sizes.title + at);
  }

  get body(): Bag[] {
    return this.#some(this.sizes.title + this.sizes.questions, this.sizes.body);
  }

  /** A body that stands alone is all that speaks for its entry. */
  get isBodyOnly(): boolean {
    return this.sizes.title + this.sizes.questions === 0;
  }

  /** Whether any of its texts has a term that is marked, by term id. */
  hasAny(marked: Uint8Array): boolean {
    const { title, questions, body } = this.sizes;
    for (let bag = this.first; bag < this.first + title + questions + body; bag++) {
      const { ids, length } = this.#bags.read(bag);
      for (let i = 0; i < length; i++) if (marked[ids[i] as number] === 1) return true;
    }
    return false;
  }

  #some(from: number, count: number): Bag[] {
    return Array.from({ length: count }, (_, i) => this.#bags.at(this.first + from + i));
  }
}
