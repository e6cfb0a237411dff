import type { Language } from '../entry.ts';
import {
  type Candidate,
  type Embedder,
  type RetrieveOptions,
  type Retriever,
  RetrieverError,
} from '../retriever.ts';
import { isOf, LanguageCollection } from './collection.ts';
import type { Repaired } from './filler.ts';
import type { SourceEntry, TermSource } from './points.ts';
import { search } from './search.ts';
import { Wire, type WireOptions } from './wire.ts';

export type { Repaired } from './filler.ts';
export type { SourceEntry, TermSource } from './points.ts';

export interface QdrantOptions extends WireOptions {
  /** Beginning of the names of our aliases and collections. */
  name: string;
  terms: TermSource;
  /** All entries that aren't drafts, of both languages, or those of some ids. */
  read(ids?: string[]): Promise<SourceEntry[]>;
  embedder?: Embedder | undefined;
  /** The embedding endpoint failed, so that a question was asked by its terms alone. */
  onPartial?(error: unknown): void;
  /** There is something for `work` to do. */
  onDue?(): void;
}

const LANGUAGES: Language[] = ['zh', 'en'];
const FAILURES = 3;
const REST_MS = 5_000;
/** Faults of the server, after which it is spared for a while; the others are ours to mend. */
const SERVERS = ['timeout', 'unreachable', 'failing', 'nonsense'];

/** The published knowledge in Qdrant, one collection a language. Asked by `retrieve`, kept by `work`. */
export class QdrantIndex implements Retriever {
  readonly #options: QdrantOptions;
  readonly #wire: Wire;
  readonly #collections: Record<Language, LanguageCollection>;
  /** Ids on their way, each with the number of its last change. */
  readonly #pending = new Map<string, number>();
  #changes = 1;
  /** The number of the last change of everything that is still to be done; 0: none. */
  #due = 1;
  #stopping = false;
  #failures = 0;
  #resting: NodeJS.Timeout | undefined;

  private constructor(options: QdrantOptions, wire: Wire) {
    this.#options = options;
    this.#wire = wire;
    const { name, terms, embedder } = options;
    const collection = (language: Language) =>
      new LanguageCollection({
        ...{ wire, language, terms, embedder, alias: `${name}-${language}` },
        stopping: () => this.#stopping,
        read: async (ids) => (await options.read(ids)).filter(({ entry }) => entry.language === language),
      });
    this.#collections = { zh: collection('zh'), en: collection('en') };
  }

  /** Speaks to nobody yet: a server that is down keeps nothing from starting. */
  static async open(options: QdrantOptions): Promise<QdrantIndex> {
    return new QdrantIndex(options, await Wire.open(options));
  }

  async retrieve(text: string, options: RetrieveOptions): Promise<Candidate[]> {
    if (this.#resting) throw new RetrieverError('resting', 'Qdrant is spared after several failures');
    const { terms, embedder, onPartial = () => {} } = this.#options;
    const collection = this.#collections[options.language];
    const { alias, version } = collection;
    const where = { alias, version, weights: collection.weights() };
    try {
      const found = await search({ wire: this.#wire, terms, embedder, onPartial }, where, text, options);
      this.#failures = 0;
      return found;
    } catch (error) {
      if (error instanceof RetrieverError && error.code === 'displaced') collection.displace();
      if (error instanceof RetrieverError && SERVERS.includes(error.code)) this.#failed();
      throw error;
    }
  }

  /** These entries were published or withdrawn; the next `work` takes them up. */
  changed(ids: Iterable<string>): void {
    for (const id of ids) this.#pending.set(id, ++this.#changes);
    this.#options.onDue?.();
  }

  /** Everything may have changed, as when a wording variable did. */
  allChanged(): void {
    this.#due = ++this.#changes;
    this.#options.onDue?.();
  }

  /** Whether a change of this entry is still on its way. */
  isPending(entryId: string): boolean {
    return this.#pending.has(entryId);
  }

  /**
   * Takes up what has changed; `reconcile`: compares everything with the database and repairs what differs. What
   * could not be done stays due.
   * @throws RetrieverError
   */
  async work({ reconcile = false } = {}): Promise<Repaired> {
    if (reconcile) this.#due = ++this.#changes;
    const [pending, due] = [[...this.#pending], this.#due];
    const ids = pending.map(([id]) => id);
    const sum = { missing: 0, stale: 0, surplus: 0, waiting: 0 };
    if (due === 0 && ids.length === 0) return sum;
    for (const language of LANGUAGES) {
      const collection = this.#collections[language];
      const repaired = await (due > 0 ? collection.reconcile() : collection.sync(ids));
      for (const key of ['missing', 'stale', 'surplus', 'waiting'] as const) sum[key] += repaired[key];
    }
    // What changed again meanwhile, or isn't known here yet, stays for the next time.
    if (this.#due === due) this.#due = 0;
    if (sum.waiting > 0) return sum;
    for (const [id, change] of pending) if (this.#pending.get(id) === change) this.#pending.delete(id);
    return sum;
  }

  /** Lets `work` end early; what is left is found again after the next start. */
  stop(): void {
    this.#stopping = true;
  }

  /** Removes our aliases and collections: for measurements and tests. */
  async destroy(): Promise<void> {
    const aliases = LANGUAGES.map((language) => this.#collections[language].alias);
    const own = (await this.#wire.collections()).filter((name) => aliases.some((alias) => isOf(alias, name)));
    for (const name of own) await this.#wire.drop(name);
  }

  #failed(): void {
    if (++this.#failures < FAILURES) return;
    this.#failures = 0;
    this.#resting = setTimeout(() => {
      this.#resting = undefined;
    }, REST_MS);
    this.#resting.unref();
  }
}
