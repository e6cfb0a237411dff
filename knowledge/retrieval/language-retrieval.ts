import { KIND, kindOf } from './analyse.ts';
import { type Calibration, calibrate, confidence, LEXICAL_ONLY } from './calibrate.ts';
import type { Packable } from './container.ts';
import { ELSEWHERE } from './elsewhere.ts';
import type { Decision, Entry, Hit, Language, Saturation, SearchOptions, TermVector } from './entry.ts';
import { freeze, type Learned } from './frozen.ts';
import { observe } from './held-out.ts';
import { LanguageIndex } from './language-index.ts';
import type { Ranking } from './ranker.ts';
import type { Rewrite } from './rewrite.ts';
import { SETTINGS } from './settings.ts';
import { SignalReader } from './signals.ts';
import { lessonsOf, teacherOf } from './training.ts';

const CHOICES = 3;

/** Held-out questions below which nothing can be calibrated on them. */
const ENOUGH = 60;

/** One Chinese word (two characters) or one Latin word, and nothing else. */
function isBareWord(text: string): boolean {
  const letters = text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}\s]/gu, '')
    .trim();
  return /^(\p{sc=Han}{1,2}|[^\s\p{sc=Han}]+)$/u.test(letters);
}

/** Search, decision and training for the entries of one language. */
export class LanguageRetrieval {
  readonly #index: LanguageIndex;
  readonly #reader: SignalReader;
  #calibration: Calibration = LEXICAL_ONLY;
  #revision = 0;
  readonly #language: Language;
  #learned = 0;

  constructor(language: Language, rewrite: Rewrite, learned?: Learned) {
    this.#language = language;
    this.#index = learned?.index ?? new LanguageIndex(rewrite);
    this.#reader = new SignalReader(this.#index);
    if (learned?.calibration) this.#calibration = learned.calibration;
  }

  /** All of it as plain data; `thaw` in frozen.ts takes it back. */
  freeze(): Packable {
    const calibration = this.#calibration === LEXICAL_ONLY ? undefined : this.#calibration;
    return freeze({ index: this.#index, calibration });
  }

  /** Stands for all entries as they are indexed, whatever their history. */
  get fingerprint(): string {
    return Buffer.from(this.#index.fingerprint.slice().buffer).toString('hex');
  }

  /** What stands for an entry as it is indexed; undefined if it is not. */
  digest(entryId: string): string | undefined {
    return this.#index.digest(entryId);
  }

  entryIds(): IterableIterator<string> {
    return this.#index.entryIds();
  }

  get size(): number {
    return this.#index.size;
  }

  get stale(): boolean {
    return this.#learned !== this.#revision;
  }

  /** As of LanguageIndex. */
  setRewrite(rewrite: Rewrite, words: readonly string[]): string[] {
    return this.#index.setRewrite(rewrite, words);
  }

  add(entries: Entry[]): void {
    this.#index.add(entries);
    this.#revision++;
  }

  /** See LanguageIndex. */
  stage(entry: Entry): void {
    this.#index.stage(entry);
    this.#revision++;
  }

  settling(): Generator<void> {
    return this.#index.settling();
  }

  remove(entryId: string): boolean {
    const removed = this.#index.remove(entryId);
    if (removed) this.#revision++;
    return removed;
  }

  /** Whether the entries contain every word of a text (in scripts that separate words), and it has one. */
  knowsWordsOf(text: string): boolean {
    const { hashes, length } = this.#index.analyse(text);
    const words = hashes.subarray(0, length).filter((hash) => kindOf(hash) === KIND.word);
    return words.length > 0 && words.every((hash) => this.#index.knows(hash));
  }

  termsOf(entryId: string): TermVector | undefined {
    return this.#index.termsOf(entryId);
  }

  queryTerms(text: string): TermVector {
    return this.#index.queryTerms(text);
  }

  get saturation(): Saturation {
    const { options, averageLength } = this.#index.bm25;
    return { k1: options.k1, b: options.b, averageLength };
  }

  search(text: string, options: SearchOptions): Hit[] {
    const { limit = 5 } = options;
    return this.#hits(this.#rank(text, limit, options), limit);
  }

  decide(text: string, options: SearchOptions): Decision {
    const ranking = this.#rank(text, CHOICES, options);
    const hits = this.#hits(ranking, CHOICES);
    if (hits.length === 0) return { outcome: 'unknown', hits, score: 0 };
    const { answerFrom, choicesFrom } = SETTINGS.calibration;
    const signals = this.#reader.read(ranking);
    const { found, first } = confidence(this.#calibration, signals);
    const score = found;
    const certain = isBareWord(text) ? this.#bareWordFrom() : answerFrom;
    if (first >= certain) return { outcome: 'answer', hits: hits.slice(0, 1), score };
    return { outcome: hits.length > 1 && found >= choicesFrom ? 'choices' : 'unknown', hits, score };
  }

  /** Coverage alone, which decides before the first training, says nothing about a single word. */
  #bareWordFrom(): number {
    if (this.#calibration === LEXICAL_ONLY) return Number.POSITIVE_INFINITY;
    return SETTINGS.calibration.bareWordFrom;
  }

  /** Learns what the entries are now, in steps; swaps everything in at the end. */
  *training(): Generator<void, void> {
    const revision = this.#revision;
    yield* this.#index.bm25.rebuild();
    const lessons = yield* lessonsOf(this.#index);
    const learn = yield* teacherOf(this.#index, lessons);
    const trained = learn && (yield* learn());
    const seen = yield* observe(this.#index, lessons, learn, ELSEWHERE[this.#language]);
    const asked = seen.filter((one) => one.asked === 'known').length;
    this.#calibration = asked >= ENOUGH ? yield* calibrate(seen) : LEXICAL_ONLY;
    this.#index.trained = trained;
    this.#learned = revision;
  }

  #rank(text: string, limit: number, { filter, candidates }: SearchOptions): Ranking {
    const allowed = filter && ((slot: number) => filter(this.#index.held[slot]?.entryId ?? ''));
    return this.#index.rank(text, limit, { allowed, given: candidates });
  }

  /** A hit must share at least one term with its entry: without one, its place is chance. */
  #hits({ top, lexical }: Ranking, limit: number): Hit[] {
    const hits: Hit[] = [];
    for (let i = 0; i < Math.min(limit, top.length); i++) {
      const slot = top.slots[i] as number;
      const held = this.#index.held[slot];
      if (held && (lexical[slot] as number) > 0)
        hits.push({ entryId: held.entryId, score: top.scores[i] as number });
    }
    return hits;
  }
}
