import type { Artifact } from './learning/artifacts.ts';
import type { Learner } from './learning/learner.ts';
import { ContainerError, type Entry, RetrievalIndex, type Synonyms } from './retrieval/index.ts';
import { atOnce, inSlices } from './retrieval/slices.ts';

/** So many entries are brought up to date with the swap itself. */
const AT_ONCE = 4;

export interface IndexedOptions {
  /** An entry as it is to be indexed now; undefined if it is not published (any more). */
  entry(id: string): Entry | undefined;
  ids(): Iterable<string>;
  /** 同义词 The centre's own, as they are now. */
  synonyms(): Synonyms;
  /** Absent: everything is learned in this process, in steps on the event loop, and nothing is stored. */
  learner?: Learner | undefined;
  onError(error: unknown, what: string): void;
}

/** What was learned, by the fingerprint of the entries that it was learned from. */
export type Stored = { index: RetrievalIndex; hash: string };

/** The index of what is published, kept up to date, and what was learned swapped in when it is there. */
export class Indexed {
  readonly #options: IndexedOptions;
  #index = new RetrievalIndex();
  /** Fingerprint of what the index has learned. */
  #learned: string | undefined;
  /** What changed since the content that is being learned. */
  #touched = new Set<string>();
  #learning: Promise<void> | undefined;
  /** Entries still indexed with other synonyms. */
  readonly #behind = new Set<string>();

  constructor(options: IndexedOptions) {
    this.#options = options;
  }

  get current(): RetrievalIndex {
    return this.#index;
  }

  get learned(): boolean {
    return this.#options.learner ? this.#learned === this.#index.fingerprint : !this.#index.stale;
  }

  /** Whether an entry is indexed with the synonyms that questions are read with. */
  isCurrent(id: string): boolean {
    return !this.#behind.has(id);
  }

  /** The newest stored index, which needs no entries yet. */
  async stored(): Promise<Stored | undefined> {
    const artifact = await this.#options.learner?.latest();
    const index = artifact && (await this.#thawed(artifact));
    return index && { index, hash: artifact.hash };
  }

  /** Brings a stored index up to date, or analyses everything. Once, before anything is asked. */
  async open(stored: Stored | undefined): Promise<void> {
    const { ids, synonyms } = this.#options;
    if (!stored) {
      this.#index = new RetrievalIndex({ synonyms: synonyms() });
      return this.#index.addAll(this.#entries());
    }
    const { index, hash } = stored;
    const behind = new Set(index.setSynonyms(synonyms()));
    await index.addAll(this.#changedSince(index, behind));
    const gone = new Set(index.entryIds());
    for (const id of ids()) gone.delete(id);
    await inSlices(this.#bringing(index, gone));
    this.#index = index;
    this.#learned = hash;
  }

  /** Fingerprinting an entry takes some 20 µs: `undefined` lets others run in between. */
  *#changedSince(index: RetrievalIndex, behind: Set<string>): Generator<Entry | undefined> {
    for (const entry of this.#entries())
      yield !behind.has(entry.id) && index.isAsIndexed(entry) ? undefined : entry;
  }

  /** Takes up changes: the very next question finds them. */
  async refresh(ids: Iterable<string>): Promise<void> {
    await inSlices(this.#refreshing(ids));
    this.#learnBeside();
  }

  *#refreshing(ids: Iterable<string>): Generator<void> {
    for (const id of ids) {
      this.#touched.add(id);
      // Another index may have been swapped in since the last step.
      this.#bring(this.#index, id);
      yield;
    }
  }

  *#bringing(index: RetrievalIndex, ids: Iterable<string>): Generator<void> {
    for (const id of ids) {
      this.#bring(index, id);
      yield;
    }
  }

  /**
   * Takes up the synonyms as they are now. The next question is read with them; entries that have one of the words
   * follow in slices, the first of them before this gives way to others.
   */
  async refreshSynonyms(): Promise<void> {
    for (const id of this.#index.setSynonyms(this.#options.synonyms())) this.#behind.add(id);
    await inSlices(this.#catchingUp());
    this.#learnBeside();
  }

  *#catchingUp(): Generator<void> {
    for (const id of this.#behind) {
      const entry = this.#options.entry(id);
      if (entry) this.#index.upsert(entry);
      this.#behind.delete(id);
      yield;
    }
  }

  #learnBeside(): void {
    void this.learn().catch((error) => this.#options.onError(error, 'The knowledge could not be learned'));
  }

  #bring(index: RetrievalIndex, id: string): void {
    const entry = this.#options.entry(id);
    if (!entry) index.remove(id);
    else if (!index.isAsIndexed(entry)) index.upsert(entry);
  }

  /** Resolves when all that is published has been learned. Calls while it runs share the run. */
  learn(): Promise<void> {
    this.#learning ??= this.#learn().finally(() => {
      this.#learning = undefined;
    });
    return this.#learning;
  }

  async #learn(): Promise<void> {
    const { learner, onError } = this.#options;
    if (!learner) return this.#index.trainInBackground();
    let unreadable = false;
    while (!learner.stopped && !this.learned) {
      const hash = this.#index.fingerprint;
      this.#touched.clear();
      try {
        const content = { entries: this.#entries(), synonyms: this.#options.synonyms() };
        const found = await learner.obtain(hash, content);
        if (found === 'elsewhere') await learner.otherwise();
        if (typeof found === 'string') continue;
        if (await this.#swap(hash, found)) continue;
        if (unreadable) throw new Error('what was learned again can not be read either');
        unreadable = true;
      } catch (error) {
        if (learner.stopped) return;
        onError(error, 'What is to be learned is learned on the event loop');
        await this.#index.trainInBackground();
        this.#learned = this.#index.fingerprint;
      }
    }
  }

  /** One by one, so that nobody waits until all have been filled in. */
  *#entries(): Generator<Entry> {
    const { entry, ids } = this.#options;
    for (const id of ids()) {
      const now = entry(id);
      if (now) yield now;
    }
  }

  /** The learned index in the place of the present one, with what changed since; false if it can't be read. */
  async #swap(hash: string, bytes: Uint8Array): Promise<boolean> {
    const index = await this.#thawed({ hash, bytes });
    if (!index) return false;
    // Other synonyms since: what was learned is of no use, and the next round learns with them.
    const isOutdated = () => index.lexicon() !== this.#index.lexicon();
    while (this.#touched.size > AT_ONCE && !isOutdated()) {
      const ids = [...this.#touched];
      this.#touched.clear();
      await inSlices(this.#bringing(index, ids));
    }
    if (isOutdated()) return true;
    // Without a pause between the last change and the swap: a change in between would be lost.
    atOnce(this.#bringing(index, this.#touched));
    this.#index = index;
    this.#behind.clear();
    this.#learned = hash;
    return true;
  }

  /** A stored index that can't be read is as if there were none. */
  async #thawed({ hash, bytes }: Artifact): Promise<RetrievalIndex | undefined> {
    const { learner, onError } = this.#options;
    try {
      const index = await RetrievalIndex.thaw(bytes);
      if (index.fingerprint !== hash) throw new ContainerError('what is in it is not what it says');
      return index;
    } catch (error) {
      onError(error, 'The stored index could not be read and is made anew');
      await learner?.discard(hash);
      return undefined;
    }
  }
}
