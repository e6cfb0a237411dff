import { normalise } from './analyse.ts';
import { ContainerError, type Packable, pack, unpack } from './container.ts';
import type { Decision, Entry, Hit, Language, Saturation, SearchOptions, TermVector } from './entry.ts';
import { type Learned, thaw } from './frozen.ts';
import { digest, digestOf } from './held.ts';
import { LanguageRetrieval } from './language-retrieval.ts';
import { type Rewrite, rewriteOf } from './rewrite.ts';
import { atOnce, inSlices } from './slices.ts';
import type { Synonyms } from './synonyms.ts';
import { indexVersion } from './version.ts';

export { normalise } from './analyse.ts';
export { ContainerError } from './container.ts';
export type { Decision, Entry, Hit, Language, Saturation, SearchOptions, TermVector } from './entry.ts';
export { parseSynonyms, type Synonyms } from './synonyms.ts';
export { indexVersion } from './version.ts';

export type BuildOptions = {
  /** `now`: ready when buildIndex returns; `later`: lexical only until trainInBackground has run. Default now. */
  train?: 'now' | 'later';
  /** 同义词 the centre's own groups of words that mean the same */
  synonyms?: Synonyms;
};

const HAN = /\p{sc=Han}/u;

/** Chinese if a text has any Chinese character, else English. */
export const languageOf = (text: string): Language => (HAN.test(text) ? 'zh' : 'en');

const rewriteWith = (synonyms: Synonyms): Rewrite => rewriteOf(synonyms.map((group) => group.map(normalise)));
const wordsOf = (synonyms: Synonyms): string => (synonyms.length > 0 ? digest(synonyms) : '');

/**
 * The embedded index: entries of each language apart, no model weights, no database. All calls are
 * synchronous but `trainInBackground`; a change is visible to the very next search.
 */
export class RetrievalIndex {
  readonly #parts: Record<Language, LanguageRetrieval>;
  #synonyms: Synonyms = [];
  #lexicon = '';
  #training: Promise<void> | undefined;

  /** `synonyms`: a centre's own groups, beside those of service desks everywhere. */
  constructor({ synonyms = [], learned }: { synonyms?: Synonyms; learned?: Record<Language, Learned> } = {}) {
    [this.#synonyms, this.#lexicon] = [synonyms, wordsOf(synonyms)];
    const rewrite = rewriteWith(synonyms);
    const part = (language: Language) => new LanguageRetrieval(language, rewrite, learned?.[language]);
    this.#parts = { zh: part('zh'), en: part('en') };
  }

  /** Stands for all entries as they are indexed now: the same for the same knowledge, whatever its history. */
  get fingerprint(): string {
    return this.#parts.zh.fingerprint + this.#parts.en.fingerprint + this.lexicon();
  }

  /** Stands for the centre's own synonyms; empty if it has none. */
  lexicon(): string {
    return this.#lexicon;
  }

  /**
   * Other synonyms from now on. Questions are read with them at once; gives the ids of the entries that have a word
   * which is read otherwise than before: these are to be added again.
   */
  setSynonyms(synonyms: Synonyms): string[] {
    const [before, after] = [rewriteWith(this.#synonyms), rewriteWith(synonyms)];
    const all = new Set([...this.#synonyms, ...synonyms].flat().map(normalise));
    const words = [...all].filter((word) => before(word) !== after(word));
    [this.#synonyms, this.#lexicon] = [synonyms, wordsOf(synonyms)];
    return Object.values(this.#parts).flatMap((part) => part.setRewrite(after, words));
  }

  /** Whether an entry stands in the index word for word. */
  isAsIndexed(entry: Entry): boolean {
    return this.#parts[entry.language].digest(entry.id) === digestOf(entry);
  }

  entryIds(): string[] {
    return Object.values(this.#parts).flatMap((part) => [...part.entryIds()]);
  }

  /** Writes down the entries as analysed and all that was learned, compressed. */
  async freeze(): Promise<Uint8Array> {
    const [zh, en] = [this.#parts.zh.freeze(), this.#parts.en.freeze()];
    const named = (prefix: string, { arrays }: Packable) =>
      Object.entries(arrays).map(([name, array]) => [prefix + name, array] as const);
    const arrays = Object.fromEntries([...named('zh.', zh), ...named('en.', en)]);
    const synonyms = this.#synonyms;
    return pack({ meta: { version: indexVersion(), synonyms, zh: zh.meta, en: en.meta }, arrays });
  }

  /**
   * An index that was written down decides exactly as the one that wrote it. Gives way to other work between steps.
   * @throws ContainerError when it is damaged or of another version
   */
  static async thaw(bytes: Uint8Array): Promise<RetrievalIndex> {
    const { meta, arrays } = await unpack(bytes);
    const { version, synonyms, ...metas } = meta as { version: string; synonyms: Synonyms } & Record<
      Language,
      unknown
    >;
    if (version !== indexVersion()) throw new ContainerError('of another version');
    const part = (language: Language) => {
      const mine = Object.entries(arrays).filter(([name]) => name.startsWith(`${language}.`));
      const own = Object.fromEntries(mine.map(([name, array]) => [name.slice(3), array]));
      return inSlices(thaw({ meta: metas[language], arrays: own }, rewriteWith(synonyms)));
    };
    return new RetrievalIndex({ synonyms, learned: { zh: await part('zh'), en: await part('en') } });
  }

  /** Number of entries. */
  get size(): number {
    return this.#parts.zh.size + this.#parts.en.size;
  }

  /** True while changes wait for the classifier and the thresholds to learn them. */
  get stale(): boolean {
    return this.#parts.zh.stale || this.#parts.en.stale;
  }

  /** Adds entries; one with a known id replaces the old one, also across languages; of two in `entries` the later stays. */
  add(entries: readonly Entry[]): void {
    const last = new Map(entries.map((entry) => [entry.id, entry]));
    for (const language of ['zh', 'en'] as const) {
      const other = this.#parts[language === 'zh' ? 'en' : 'zh'];
      const mine = [...last.values()].filter((entry) => entry.language === language);
      for (const { id } of mine) other.remove(id);
      if (mine.length > 0) this.#parts[language].add(mine);
    }
  }

  /**
   * Takes up many entries without holding up other work; they are found when all of them are in. `undefined` among them
   * is a pause, for a giver that has work of its own.
   */
  async addAll(entries: Iterable<Entry | undefined>): Promise<void> {
    await inSlices(this.#adding(entries));
  }

  *#adding(entries: Iterable<Entry | undefined>): Generator<void> {
    for (const entry of entries) {
      if (entry) this.stage(entry);
      yield;
    }
    yield* this.settling();
  }

  /** One of many entries, which are found from the end of `settling` on. */
  stage(entry: Entry): void {
    this.#parts[entry.language === 'zh' ? 'en' : 'zh'].remove(entry.id);
    this.#parts[entry.language].stage(entry);
  }

  *settling(): Generator<void> {
    for (const part of Object.values(this.#parts)) yield* part.settling();
  }

  upsert(entry: Entry): void {
    this.add([entry]);
  }

  /** Withdraws an entry; false if there was none. */
  remove(entryId: string): boolean {
    return this.#parts.zh.remove(entryId) || this.#parts.en.remove(entryId);
  }

  /** The best entries for a text, best first. Scores order one search's hits and mean nothing beyond. */
  search(text: string, options: SearchOptions = {}): Hit[] {
    const [first, second] = this.#languages(text, options.language);
    const hits = this.#parts[first].search(text, options);
    return hits.length > 0 || !second ? hits : this.#parts[second].search(text, options);
  }

  /** Answer, choices or unknown, with thresholds chosen from the knowledge itself. Never throws. */
  decide(text: string, options: SearchOptions = {}): Decision {
    const [first, second] = this.#languages(text, options.language);
    const decision = this.#parts[first].decide(text, options);
    if (!second || decision.outcome === 'answer') return decision;
    const other = this.#parts[second].decide(text, options);
    return other.outcome !== 'unknown' && other.score > decision.score ? other : decision;
  }

  /** In which languages a text is asked, the likelier one first. */
  languagesOf(text: string, preferred?: Language): Language[] {
    return this.#languages(text, preferred).filter((language) => language !== undefined);
  }

  /** What another index needs to score as this one does: an entry's terms, a question's, how terms saturate. */
  termsOf(entryId: string, language: Language): TermVector | undefined {
    return this.#parts[language].termsOf(entryId);
  }

  queryTerms(text: string, language: Language): TermVector {
    return this.#parts[language].queryTerms(text);
  }

  saturation(language: Language): Saturation {
    return this.#parts[language].saturation;
  }

  /** Learns all changes, blocking: for tests and measurements. */
  train(): void {
    for (const part of Object.values(this.#parts)) if (part.stale) atOnce(part.training());
  }

  /**
   * Learns all changes in steps of a few milliseconds, giving way to other work between them. Calls while it
   * runs share the run, which goes round again if entries changed meanwhile.
   */
  trainInBackground(): Promise<void> {
    this.#training ??= this.#trainInSteps().finally(() => {
      this.#training = undefined;
    });
    return this.#training;
  }

  async #trainInSteps(): Promise<void> {
    while (this.stale) {
      for (const part of Object.values(this.#parts)) {
        if (part.stale) await inSlices(part.training());
      }
    }
  }

  /**
   * Latin letters alone may be either language ("PUK", "eSIM"): the conversation's is asked first, and the
   * other one if it knows every word; a sentence of another language would only match by chance.
   */
  #languages(text: string, preferred: Language = 'en'): [Language, Language?] {
    if (languageOf(text) === 'zh') return ['zh'];
    const other = preferred === 'zh' ? 'en' : 'zh';
    return this.#parts[other].knowsWordsOf(text) ? [preferred, other] : [preferred];
  }
}

/** An index of these entries. Wording variables must be rendered before. Ids are unique; of two, the later stays. */
export function buildIndex(entries: readonly Entry[], options: BuildOptions = {}): RetrievalIndex {
  const index = new RetrievalIndex(options);
  index.add(entries);
  if (options.train !== 'later') index.train();
  return index;
}
