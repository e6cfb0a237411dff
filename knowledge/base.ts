import { setImmediate as giveWay } from 'node:timers/promises';
import type { Database } from '../prisma/client.ts';
import { readEntries, type StoredEntry } from './library.ts';
import { candidatesOf, type RemoteIndex } from './remote.ts';
import type { Cited, Knowledge, RemoteQuestion, Reply } from './reply.ts';
import { type Decision, RetrievalIndex } from './retrieval/index.ts';
import type { SourceEntry, TermSource } from './retrieval/qdrant/index.ts';
import { RetrieverError, type RetrieverFault } from './retrieval/retriever.ts';
import { render, type Variables } from './wording.ts';

export interface KnowledgeOptions {
  db: Pick<Database, 'sql'>;
  /** What fills the variables of approved wording, such as {hotline}. */
  variables: Variables;
  onError(error: unknown): void;
  /** An index outside could not answer; the embedded one did. */
  onFallback?(reason: RetrieverFault | 'unexpected'): void;
}

/** An entry found for a text; `score` orders the hits of one search. */
export type Found = { entry: Cited; score: number };

/** The centre's published knowledge in memory, answering from the embedded index. */
export class KnowledgeBase implements Knowledge {
  readonly #options: KnowledgeOptions;
  readonly #entries = new Map<string, StoredEntry>();
  readonly #index = new RetrievalIndex();
  #variables: Variables;
  #remote: RemoteIndex | undefined;

  constructor(options: KnowledgeOptions) {
    this.#options = options;
    this.#variables = options.variables;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** True when the classifier and the thresholds know all entries as they are. */
  get learned(): boolean {
    return !this.#index.stale;
  }

  /** What an index outside is filled from. */
  get source() {
    const read = async (ids?: string[]) => {
      const stored = await readEntries(this.#options.db, ids);
      const entries: SourceEntry[] = [];
      for (const [at, each] of stored.entries()) {
        if (at % 100 === 99) await giveWay();
        const { state, revision, validFrom, validTo } = each;
        // No region is kept of an entry yet: all are valid everywhere.
        if (state !== 'draft')
          entries.push({ entry: this.#indexed(each), state, revision, validFrom, validTo, regions: [] });
      }
      return entries;
    };
    const terms: TermSource = {
      termsOf: (id, language) => this.#index.termsOf(id, language),
      queryTerms: (text, language) => this.#index.queryTerms(text, language),
      saturation: (language) => this.#index.saturation(language),
    };
    return { terms, read };
  }

  /** From now on questions may be asked of this index, too. The embedded one stays: it decides, and answers when it fails. */
  attach(remote: RemoteIndex): void {
    this.#remote = remote;
  }

  get remote(): Knowledge['remote'] {
    const remote = this.#remote;
    if (!remote) return undefined;
    return { ask: (question, at, signal) => this.#askRemote(remote, question, { ...at, signal }) };
  }

  /** Loads everything and begins to learn it; `ready` resolves when that is done. */
  async load(): Promise<{ ready: Promise<void> }> {
    await this.open();
    return { ready: this.learn() };
  }

  /** Loads everything; the lexical part answers from now on. */
  async open(): Promise<void> {
    const entries = (await readEntries(this.#options.db)).filter((e) => e.state === 'published');
    for (const entry of entries) this.#entries.set(entry.id, entry);
    this.#index.add(entries.map((e) => this.#indexed(e)));
  }

  /** Lets the classifier and the thresholds learn what is loaded, giving way to other work between its steps. */
  learn(): Promise<void> {
    return this.#index.trainInBackground();
  }

  /** Takes up changed entries: the very next question gets the new wording; what is not published is gone. */
  async refresh(ids: string[]): Promise<void> {
    const entries = new Map((await readEntries(this.#options.db, ids)).map((e) => [e.id, e]));
    for (const id of ids) {
      const entry = entries.get(id);
      if (entry?.state === 'published') {
        this.#entries.set(id, entry);
        this.#index.upsert(this.#indexed(entry));
      } else {
        this.#entries.delete(id);
        this.#index.remove(id);
      }
    }
    void this.#index.trainInBackground().catch(this.#options.onError);
    this.#remote?.changed(ids);
  }

  /** The centre's wording variables have changed: every wording is filled in anew. */
  setVariables(variables: Variables): void {
    if (JSON.stringify(variables) === JSON.stringify(this.#variables)) return;
    this.#variables = variables;
    this.#index.add([...this.#entries.values()].map((e) => this.#indexed(e)));
    void this.#index.trainInBackground().catch(this.#options.onError);
    this.#remote?.allChanged();
  }

  ask(question: string, { today }: { today: string }): Reply {
    return this.#reply(this.#index.decide(question, { limit: 3, filter: this.#begun(today) }), today);
  }

  /** The entries that are valid today, best first: of the index outside if there is one and it answers. */
  async find(
    text: string,
    { today, limit = 5, signal }: { today: string; limit?: number; signal?: AbortSignal },
  ) {
    const given =
      this.#remote && (await this.#given(this.#remote, text, { today, ...(signal && { signal }) }));
    const valid = (id: string) => this.cite(id, { today }) !== undefined && (given?.filter(id) ?? true);
    return this.#index
      .search(text, { ...given, limit, filter: valid })
      .flatMap(({ entryId, score }): Found[] => {
        const entry = this.cite(entryId, { today });
        return entry ? [{ entry, score }] : [];
      });
  }

  async #askRemote(
    remote: RemoteIndex,
    { text }: RemoteQuestion,
    at: { today: string; signal: AbortSignal },
  ): Promise<Reply> {
    const given = await this.#given(remote, text, at);
    if (!given) return this.ask(text, at);
    return this.#reply(this.#index.decide(text, { limit: 3, ...given }), at.today);
  }

  /** What the index outside lets compete; undefined if it can't say. */
  async #given(remote: RemoteIndex, text: string, at: { today: string; signal?: AbortSignal }) {
    try {
      const candidates = await candidatesOf(remote, text, this.#index.languagesOf(text), at);
      const begun = this.#begun(at.today);
      if (candidates.size === 0) {
        // An emptied collection must not pass for a question that nothing answers.
        const known = this.#index.search(text, { limit: 1, filter: begun }).length > 0;
        if (known) this.#options.onFallback?.('empty');
        return undefined;
      }
      // It knows neither what has ended nor what changed just now; both compete by their words alone.
      const elsewhere = (id: string) => {
        const entry = this.#entries.get(id);
        return entry !== undefined && (ended(entry, at.today) || remote.isPending(id));
      };
      return { candidates, filter: (id: string) => begun(id) && (candidates.has(id) || elsewhere(id)) };
    } catch (error) {
      this.#options.onFallback?.(error instanceof RetrieverError ? error.code : 'unexpected');
      if (!(error instanceof RetrieverError)) this.#options.onError(error);
      return undefined;
    }
  }

  /** An entry that has not begun doesn't exist yet; one that has ended may be hit, to say that it has. */
  #begun(today: string): (id: string) => boolean {
    return (id) => (this.#entries.get(id)?.validFrom ?? '9') <= today;
  }

  #reply({ outcome, hits, score }: Decision, today: string): Reply {
    const found = hits.flatMap(({ entryId }) => this.#entries.get(entryId) ?? []);
    const first = found[0];
    if (!first || outcome === 'unknown') return { outcome: 'unknown', score, nearestId: first?.id ?? null };
    if (outcome === 'answer') return this.#answer(first, score, today);
    const current = found.filter((e) => !ended(e, today));
    if (current.length === 0) return this.#answer(first, score, today);
    if (current.length === 1 && current[0] === first) return this.#answer(first, score, today);
    return { outcome: 'choices', score, entries: current.map((e) => this.#cited(e)) };
  }

  cite(id: string, { today }: { today: string }): Cited | undefined {
    const entry = this.#entries.get(id);
    if (!entry || entry.validFrom > today || ended(entry, today)) return undefined;
    return this.#cited(entry);
  }

  #answer(entry: StoredEntry, score: number, today: string): Reply {
    const { id, language, validTo } = entry;
    if (!ended(entry, today)) return { outcome: 'answer', score, entry: this.#cited(entry) };
    return {
      outcome: 'expired',
      score,
      entry: { id, language, title: this.#filled(entry.title) },
      endedOn: validTo ?? today,
    };
  }

  #filled(text: string): string {
    return render(text, this.#variables);
  }

  #cited({ id, language, title, body, sms, action, validTo }: StoredEntry): Cited {
    const filled = (text: string) => this.#filled(text);
    return { id, language, title: filled(title), body: filled(body), short: filled(sms), action, validTo };
  }

  #indexed({ id, language, title, questions, body }: StoredEntry) {
    const filled = (text: string) => this.#filled(text);
    return { id, language, title: filled(title), questions: questions.map(filled), body: filled(body) };
  }
}

/** The last valid day is still valid. */
function ended(entry: StoredEntry, today: string): boolean {
  return entry.validTo !== null && entry.validTo < today;
}
