import { analyse, appendTerms, KIND, kindOf, newTerms, normalise, type Terms } from './analyse.ts';
import { BagStore } from './bags.ts';
import { Bm25, type Totals } from './bm25.ts';
import { DocumentMaker } from './documents.ts';
import type { Entry, TermVector } from './entry.ts';
import { askedDigestOf, digestOf, Held } from './held.ts';
import { withoutQuestionWords } from './question-words.ts';
import { Ranker, type Ranking, type Scores, type Trained } from './ranker.ts';
import { asItStands, type Rewrite } from './rewrite.ts';
import { SETTINGS } from './settings.ts';
import { Counter, Vocabulary } from './vocabulary.ts';

/** Kinds of terms of which a text that contains a word has all. */
const WRITTEN: number[] = [KIND.character, KIND.pair, KIND.word];

const SENTENCE_END = /[\n。；;！？!?]/;

/** What is kept of the entries, apart from what can be made of it again. */
export type Kept = { vocabulary: Vocabulary; bags: BagStore; held: Held[]; totals: Totals | undefined };

export type RankOptions = {
  allowed?: ((slot: number) => boolean) | undefined;
  /** Scores by entry id of another index, on the scale of BM25. */
  given?: ReadonlyMap<string, number> | undefined;
  trained?: Trained | undefined;
};

/** The entries of one language: lexical part and, once trained, the classifier. */
export class LanguageIndex {
  readonly vocabulary: Vocabulary;
  readonly bags: BagStore;
  readonly counter: Counter;
  readonly bm25: Bm25;
  /** By slot. */
  readonly held: (Held | undefined)[] = [];
  alive = new Uint8Array(64);
  trained: Trained | undefined;
  /** How a centre's own synonyms are read, in entries and in questions. */
  #rewrite: Rewrite;
  /** Stands for all living entries as they are indexed, in any order: the sum of their digests, kept up to date. */
  readonly fingerprint = new Int32Array(4);
  #slotOf = new Map<string, number>();
  #alone = 0;
  #terms = newTerms(1024);
  #lexical = new Float32Array(64);
  readonly #ranker = new Ranker(this);

  constructor(rewrite = asItStands, { vocabulary, bags }: Pick<Kept, 'vocabulary' | 'bags'> = newStores()) {
    this.#rewrite = rewrite;
    this.vocabulary = vocabulary;
    this.bags = bags;
    this.counter = new Counter(vocabulary);
    const maker = new DocumentMaker(SETTINGS.bm25.fields);
    this.bm25 = new Bm25(vocabulary, SETTINGS.bm25, (slot) => {
      const held = this.held[slot];
      return held && maker.make(held, bags, vocabulary.size);
    });
  }

  /** An index of what was kept, in steps: nothing is analysed again. */
  static *restore(kept: Kept, rewrite?: Rewrite): Generator<void, LanguageIndex> {
    const index = new LanguageIndex(rewrite, kept);
    for (const held of kept.held) if (index.#place(held) % 64 === 63) yield;
    index.#configure();
    if (kept.totals) index.bm25.restore(kept.held.length, kept.totals);
    else yield* index.bm25.adding(kept.held.length);
    return index;
  }

  get size(): number {
    return this.#slotOf.size;
  }

  /** What stands for a living entry as it is indexed. */
  digest(entryId: string): string | undefined {
    return this.held[this.#slotOf.get(entryId) ?? -1]?.digest;
  }

  entryIds(): IterableIterator<string> {
    return this.#slotOf.keys();
  }

  /** Whether any living entry contains the term. */
  knows(hash: number): boolean {
    const id = this.vocabulary.find(hash);
    return id >= 0 && this.bm25.entriesWith(id) > 0;
  }

  /** A handful at once; the next question finds them. */
  add(entries: Entry[]): void {
    for (const entry of entries) this.stage(entry);
    this.#configure();
    this.bm25.add(this.held.length);
  }

  /** Takes up an entry, which is found from the end of `settling` on; the one that it replaces is gone. */
  stage(entry: Entry): void {
    const old = this.#slotOf.get(entry.id);
    const slot = this.#place(this.#hold(entry));
    if (old !== undefined) this.#replace(old, slot);
  }

  *settling(): Generator<void> {
    this.#configure();
    yield* this.bm25.adding(this.held.length);
  }

  #place(held: Held): number {
    const slot = this.held.length;
    this.held.push(held);
    if (slot >= this.alive.length) this.#widen();
    this.alive[slot] = 1;
    this.#slotOf.set(held.entryId, slot);
    if (held.isBodyOnly) this.#alone++;
    this.#count(held, 1);
    return slot;
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
  #replace(old: number, slot: number): void {
    if (this.trained && this.held[old]?.asked === this.held[slot]?.asked) {
      const { classOf } = this.trained;
      const larger = new Int32Array(Math.max(classOf.length, slot + 1)).fill(-1);
      larger.set(classOf);
      larger[slot] = classOf[old] ?? -1;
      this.trained = { ...this.trained, classOf: larger };
    }
    this.#free(old);
  }

  #count({ digest }: Held, sign: 1 | -1): void {
    for (let i = 0; i < 4; i++)
      this.fingerprint[i] =
        (this.fingerprint[i] as number) + sign * Number.parseInt(digest.slice(8 * i, 8 * i + 8), 16);
  }

  #free(slot: number): void {
    if (this.held[slot]?.isBodyOnly) this.#alone--;
    this.#count(this.held[slot] as Held, -1);
    this.alive[slot] = 0;
    this.bm25.remove(slot);
    this.held[slot] = undefined;
  }

  #hold(entry: Entry): Held {
    const { title, questions, body } = entry;
    const first = this.bags.size;
    const keep = (texts: string[]) => {
      const before = this.bags.size;
      for (const text of texts) {
        const bag = this.counter.document(this.analyse(text));
        if (bag.length > 0) this.bags.add(bag);
      }
      return this.bags.size - before;
    };
    const sizes = { title: keep([title]), questions: keep(questions), body: keep(body.split(SENTENCE_END)) };
    const known = { entryId: entry.id, digest: digestOf(entry), asked: askedDigestOf(entry) };
    return new Held(this.bags, { ...known, sizes, first });
  }

  #widen(): void {
    const size = this.alive.length * 2;
    const alive = new Uint8Array(size);
    alive.set(this.alive);
    this.alive = alive;
    this.#lexical = new Float32Array(size);
  }

  /** What BM25 knows of an entry. */
  termsOf(entryId: string): TermVector | undefined {
    const document = this.bm25.document(this.#slotOf.get(entryId) ?? -1);
    if (!document) return undefined;
    const hashes = Array.from(document.ids, (id) => (this.vocabulary.hashes[id] as number) >>> 0);
    return { hashes, values: [...document.tf], length: document.length };
  }

  #asked(text: string): Terms {
    const passages = this.bm25.options === SETTINGS.passages;
    return this.analyse(text, passages ? withoutQuestionWords : undefined);
  }

  /** The terms of a raw text as they are looked for here; valid until the next call. */
  analyse(text: string, shorten = (whole: string) => whole): Terms {
    this.#terms.length = 0;
    appendTerms(this.#terms, shorten(this.#rewrite(normalise(text))));
    return this.#terms;
  }

  /**
   * Synonyms are read otherwise from now on. Gives the ids of the entries that have one of these words, and of a few
   * more: they are to be added again.
   */
  setRewrite(rewrite: Rewrite, words: readonly string[]): string[] {
    const wanted = new Uint8Array(this.vocabulary.size);
    for (const word of words)
      for (const id of [this.#rarestOf(analyse(word)), this.#rarestOf(this.analyse(word))])
        if (id >= 0) wanted[id] = 1;
    this.#rewrite = rewrite;
    if (!wanted.includes(1)) return [];
    return this.held.flatMap((held) => (held?.hasAny(wanted) ? held.entryId : []));
  }

  /** Id of the term of a word that the fewest entries have; -1 if one of its terms is unknown. */
  #rarestOf({ hashes, length }: Terms): number {
    const written = hashes.subarray(0, length).filter((hash) => WRITTEN.includes(kindOf(hash)));
    const ids = [...written].map((hash) => this.vocabulary.find(hash));
    if (ids.length === 0 || ids.includes(-1)) return -1;
    return ids.reduce((a, b) => (this.bm25.entriesWith(b) < this.bm25.entriesWith(a) ? b : a));
  }

  /** A question as BM25 weighs it before idf. */
  queryTerms(text: string): TermVector {
    const { hashes, length } = this.#asked(text);
    const distinct = [...new Set(hashes.subarray(0, length))];
    const values = distinct.map((hash) => this.bm25.options.kinds[kindOf(hash)] as number);
    return { hashes: distinct.map((hash) => hash >>> 0), values, length: values.reduce((a, b) => a + b, 0) };
  }

  /** Ranks the entries for a raw text; `allowed` may leave slots out, `given` replaces lexical scores. */
  rank(text: string, limit: number, { allowed, given, trained = this.trained }: RankOptions = {}): Ranking {
    const query = this.counter.query(this.#asked(text));
    this.bm25.lighten(query);
    const contenders = this.bm25.score(query, this.#lexical);
    for (const [entryId, score] of given ?? []) {
      const slot = this.#slotOf.get(entryId);
      if (slot !== undefined) this.#lexical[slot] = score;
    }
    trained?.classifier.logits(query, trained.logits);
    const scores = { query, lexical: this.#lexical, trained };
    return this.fuse(given || trained ? scores : { ...scores, contenders }, limit, allowed);
  }

  /** See Ranker. */
  fuse(scores: Scores, limit: number, allowed?: (slot: number) => boolean): Ranking {
    return this.#ranker.fuse(scores, limit, allowed);
  }
}

function newStores(): Pick<Kept, 'vocabulary' | 'bags'> {
  return { vocabulary: new Vocabulary(), bags: new BagStore() };
}
