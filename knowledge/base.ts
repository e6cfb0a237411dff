import { setImmediate as giveWay } from 'node:timers/promises';
import type { Database } from '../prisma/client.ts';
import { Indexed } from './indexed.ts';
import type { Learner } from './learning/learner.ts';
import { readEntries, type StoredEntry } from './library.ts';
import { Outside, type OutsideParts, type RemoteIndex } from './outside.ts';
import type { Cited, Knowledge, Reply } from './reply.ts';
import type { Decision, Entry, RetrievalIndex } from './retrieval/index.ts';
import type { SourceEntry, TermSource } from './retrieval/qdrant/index.ts';
import { render, type Variables } from './wording.ts';

export interface KnowledgeOptions {
  db: Pick<Database, 'sql'>;
  /** What fills the variables of approved wording, such as {hotline}. */
  variables: Variables;
  /** Learns in a thread, once for all processes, and stores what was learned; absent: on the event loop. */
  learner?: Learner;
  onError(error: unknown, what?: string): void;
}

/** An entry found for a text; `score` orders the hits of one search. */
export type Found = { entry: Cited; score: number };
export type FindOptions = { today: string; limit?: number; signal?: AbortSignal };

/** The centre's published knowledge in memory, answering from the embedded index. */
export class KnowledgeBase implements Knowledge {
  readonly #options: KnowledgeOptions;
  readonly #entries = new Map<string, StoredEntry>();
  readonly #index: Indexed;
  #variables: Variables;
  #outside: Outside | undefined;

  constructor(options: KnowledgeOptions) {
    this.#options = options;
    this.#variables = options.variables;
    this.#index = new Indexed({
      ids: () => this.#entries.keys(),
      entry: (id) => {
        const entry = this.#entries.get(id);
        return entry && this.#indexed(entry);
      },
      learner: options.learner,
      onError: options.onError,
    });
  }

  get size(): number {
    return this.#entries.size;
  }

  /** True when the classifier and the thresholds know all entries as they are. */
  get learned(): boolean {
    return this.#index.learned;
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
      termsOf: (id, language) => this.#retrieval.termsOf(id, language),
      queryTerms: (text, language) => this.#retrieval.queryTerms(text, language),
      saturation: (language) => this.#retrieval.saturation(language),
    };
    return { terms, read };
  }

  /** From now on questions may be asked of this index, too. The embedded one decides, and answers when it fails. */
  attach(remote: RemoteIndex, onFallback: OutsideParts['onFallback']): void {
    this.#outside = new Outside({
      ...{ remote, onFallback, onError: this.#options.onError },
      index: () => this.#retrieval,
      validity: (id) => this.#entries.get(id),
    });
  }

  get remote(): Knowledge['remote'] {
    const outside = this.#outside;
    if (!outside) return undefined;
    return {
      ask: async ({ text }, { today }, signal) => {
        const given = await outside.given(text, { today, signal });
        if (!given) return this.ask(text, { today });
        return this.#reply(this.#retrieval.decide(text, { limit: 3, ...given }), today);
      },
    };
  }

  get #retrieval(): RetrievalIndex {
    return this.#index.current;
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
    await this.#index.open();
  }

  /** Lets the classifier and the thresholds learn what is loaded, giving way to other work between its steps. */
  learn(): Promise<void> {
    return this.#index.learn();
  }

  /** Takes up changed entries: the very next question gets the new wording; what is not published is gone. */
  async refresh(ids: string[]): Promise<void> {
    const entries = new Map((await readEntries(this.#options.db, ids)).map((e) => [e.id, e]));
    for (const id of ids) {
      const entry = entries.get(id);
      if (entry?.state === 'published') this.#entries.set(id, entry);
      else this.#entries.delete(id);
    }
    await this.#index.refresh(ids);
    this.#outside?.remote.changed(ids);
  }

  /** The centre's wording variables have changed: every wording is filled in anew. */
  setVariables(variables: Variables): void {
    if (JSON.stringify(variables) === JSON.stringify(this.#variables)) return;
    this.#variables = variables;
    this.#index
      .refresh([...this.#entries.keys()])
      .then(() => this.#outside?.remote.allChanged())
      .catch(this.#options.onError);
  }

  ask(question: string, { today }: { today: string }): Reply {
    return this.#reply(this.#retrieval.decide(question, { limit: 3, filter: this.#begun(today) }), today);
  }

  /** The entries that are valid today, best first: of the index outside if there is one and it answers. */
  async search(text: string, { today, limit = 5, signal }: FindOptions): Promise<Found[]> {
    const given = await this.#outside?.given(text, { today, ...(signal && { signal }) });
    const valid = (id: string) => this.cite(id, { today }) !== undefined && (given?.filter(id) ?? true);
    const hits = this.#retrieval.search(text, { ...given, limit, filter: valid });
    return hits.flatMap(({ entryId, score }) => {
      const entry = this.cite(entryId, { today });
      return entry ? [{ entry, score }] : [];
    });
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

  #indexed({ id, language, title, questions, body }: StoredEntry): Entry {
    const filled = (text: string) => this.#filled(text);
    return { id, language, title: filled(title), questions: questions.map(filled), body: filled(body) };
  }
}

/** The last valid day is still valid. */
function ended(entry: StoredEntry, today: string): boolean {
  return entry.validTo !== null && entry.validTo < today;
}
