import { analyse, COMMON_LEXICON, type Lexicon, newTerms } from './analyse.ts';
import { Bm25, documentOf } from './bm25.ts';
import type { Classifier } from './classifier.ts';
import type { Entry } from './entry.ts';
import { type Spread, spreadOf, Top, zScore } from './fusion.ts';
import { SETTINGS } from './settings.ts';
import { type Bag, Counter, type QueryBag, Vocabulary } from './vocabulary.ts';

const SENTENCE_END = /[\n。；;！？!?]/;

/** What is kept of an entry: its texts as bags of terms, field by field. */
export type Held = {
  entryId: string;
  title: Bag[];
  questions: Bag[];
  body: Bag[];
  asked: string;
  alone: boolean;
};

/** A trained classifier and the slot → class table that goes with it (-1: it does not know the slot). */
export type Trained = { classifier: Classifier; classOf: Int32Array; logits: Float32Array };

/** The scores of one query, valid until the next one. */
export type Scores = { query: QueryBag; lexical: Float32Array; trained: Trained | undefined };
export type Ranking = Scores & { top: Top };

/** The entries of one language: lexical part and, once trained, the classifier. */
export class LanguageIndex {
  readonly vocabulary = new Vocabulary();
  readonly counter = new Counter(this.vocabulary);
  readonly bm25 = new Bm25(this.vocabulary, SETTINGS.bm25);
  readonly held: (Held | undefined)[] = [];
  alive = new Uint8Array(64);
  trained: Trained | undefined;
  readonly #lexicon: Lexicon;
  #slotOf = new Map<string, number>();
  #alone = 0;
  #terms = newTerms(1024);
  #lexical = new Float32Array(64);
  #known = new Uint8Array(64);
  #fused = new Float32Array(64);

  constructor(lexicon: Lexicon = COMMON_LEXICON) {
    this.#lexicon = lexicon;
  }

  get size(): number {
    return this.#slotOf.size;
  }

  /** Whether any living entry contains the term. */
  knows(hash: number): boolean {
    const id = this.vocabulary.find(hash);
    return id >= 0 && this.bm25.entriesWith(id) > 0;
  }

  add(entries: Entry[]): void {
    const documents = entries.map((entry) => {
      const old = this.#slotOf.get(entry.id);
      const held = this.#hold(entry);
      const slot = this.held.length;
      this.held.push(held);
      if (held.alone) this.#alone++;
      if (slot >= this.alive.length) this.#widen();
      this.alive[slot] = 1;
      if (old !== undefined) this.#replace(old, slot, held);
      this.#slotOf.set(entry.id, slot);
      // A body that stands alone is all that speaks for its entry: it weighs as much as questions do.
      const fields = held.alone ? [[], held.body, []] : [held.title, held.questions, held.body];
      return documentOf(slot, fields, SETTINGS.bm25);
    });
    this.#configure();
    this.bm25.add(documents);
  }

  /** Long passages and questions that people asked want different weights; the majority decides. */
  #configure(): void {
    this.bm25.configure(2 * this.#alone > this.size ? SETTINGS.passages : SETTINGS.bm25);
  }

  remove(entryId: string): boolean {
    const slot = this.#slotOf.get(entryId);
    if (slot === undefined) return false;
    this.#slotOf.delete(entryId);
    this.#free(slot);
    this.#configure();
    return true;
  }

  /** A new wording under the same title and questions keeps what the classifier knows of the entry. */
  #replace(old: number, slot: number, held: Held): void {
    const before = this.held[old];
    if (this.trained && before?.asked === held.asked) {
      const { classOf } = this.trained;
      const larger = new Int32Array(Math.max(classOf.length, slot + 1)).fill(-1);
      larger.set(classOf);
      larger[slot] = classOf[old] ?? -1;
      this.trained = { ...this.trained, classOf: larger };
    }
    this.#free(old);
  }

  #free(slot: number): void {
    if (this.held[slot]?.alone) this.#alone--;
    this.held[slot] = undefined;
    this.alive[slot] = 0;
    this.bm25.remove(slot);
  }

  #hold({ id, title, questions, body }: Entry): Held {
    const bags = (texts: string[]) =>
      texts
        .map((text) => this.counter.document(analyse(text, this.#terms, this.#lexicon)))
        .filter((bag) => bag.length > 0);
    const held = { title: bags([title]), questions: bags(questions), body: bags(body.split(SENTENCE_END)) };
    const alone = held.title.length + held.questions.length === 0;
    return { ...held, entryId: id, asked: JSON.stringify([title, questions]), alone };
  }

  #widen(): void {
    const size = this.alive.length * 2;
    const alive = new Uint8Array(size);
    alive.set(this.alive);
    this.alive = alive;
    [this.#lexical, this.#fused, this.#known] = [
      new Float32Array(size),
      new Float32Array(size),
      new Uint8Array(size),
    ];
  }

  /** Ranks the entries for a raw text; `allowed` may leave slots out. */
  rank(text: string, limit: number, allowed?: (slot: number) => boolean, trained = this.trained): Ranking {
    const query = this.counter.query(analyse(text, this.#terms, this.#lexicon));
    this.bm25.score(query, this.#lexical);
    trained?.classifier.logits(query, trained.logits);
    return this.fuse({ query, lexical: this.#lexical, trained }, limit, allowed);
  }

  /**
   * Sum of z-scores. A slot that the classifier does not know is judged by its lexical score in its place,
   * so that a new entry competes at once.
   */
  fuse({ query, lexical, trained }: Scores, limit: number, allowed?: (slot: number) => boolean): Ranking {
    const top = new Top(Math.max(limit, 3));
    const slots = this.bm25.slots;
    const spread = spreadOf(lexical, this.alive, slots);
    const byClass = trained && this.#spreadByClass(trained);
    for (let slot = 0; slot < slots; slot++) {
      if (this.alive[slot] === 0 || (allowed && !allowed(slot))) continue;
      const z = zScore(lexical[slot] as number, spread);
      const known = trained?.classOf[slot] ?? -1;
      const second = known >= 0 && byClass ? zScore(trained?.logits[known] as number, byClass) : z;
      top.offer(slot, z + SETTINGS.classifier.weight * second);
    }
    return { top, query, lexical, trained };
  }

  #spreadByClass({ classOf, logits }: Trained): Spread {
    const slots = Math.min(this.bm25.slots, classOf.length);
    for (let slot = 0; slot < slots; slot++) {
      const known = classOf[slot] as number;
      this.#known[slot] = this.alive[slot] === 1 && known >= 0 ? 1 : 0;
      this.#fused[slot] = known >= 0 ? (logits[known] as number) : 0;
    }
    return spreadOf(this.#fused, this.#known, slots);
  }
}
