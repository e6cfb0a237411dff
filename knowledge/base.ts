import { setImmediate as giveWay } from 'node:timers/promises';
import type { Database } from '../prisma/client.ts';
import { askInContext } from './answer/follow-up.ts';
import type { CallOutcome, Model, ModelSettings } from './answer/model.ts';
import { openModel } from './answer/open-model.ts';
import { type Finding, ModelAnswers } from './answer/remote.ts';
import { type SuggestFor, type Suggestion, suggestQuestions } from './answer/suggest.ts';
import { Indexed } from './indexed.ts';
import type { Learner } from './learning/learner.ts';
import { hasMoreThan, readEntries, type StoredEntry } from './library.ts';
import { type Given, Outside, type OutsideParts, type RemoteIndex } from './outside.ts';
import type { At, Cited, Knowledge, Reply } from './reply.ts';
import type { Decision, Entry, RetrievalIndex, Synonyms } from './retrieval/index.ts';
import type { SourceEntry, TermSource } from './retrieval/qdrant/index.ts';
import { readSynonyms } from './synonyms.ts';
import { render, type Variables } from './wording.ts';

export interface KnowledgeOptions {
  db: Pick<Database, 'sql'>;
  /** What fills the variables of approved wording, such as {hotline}. */
  variables: Variables;
  /** Learns in a thread, once for all processes, and stores what was learned; absent: on the event loop. */
  learner?: Learner;
  /** So few entries are analysed sooner than what was learned of them is read: that is left to `learn`. */
  fewEntries?: number;
  onError(error: unknown, what?: string): void;
  /** The language model that helps to answer, if there is one. */
  model?: ModelSettings & {
    budgetMs?: number;
    onCall?(outcome: CallOutcome): void;
    onVerdict?(verdict: string): void;
  };
}

/** An entry found for a text; `score` orders the hits of one search. */
export type Found = { entry: Cited; score: number };
export type FindOptions = At & { limit?: number; signal?: AbortSignal };

/** So many entries around a question are shown to a language model. */
const AROUND = 8;

/** The centre's published knowledge in memory, answering from the embedded index. */
export class KnowledgeBase implements Knowledge {
  readonly #options: KnowledgeOptions;
  readonly #entries = new Map<string, StoredEntry>();
  readonly #index: Indexed;
  #variables: Variables;
  #synonyms: Synonyms = [];
  /** The last of the readings of synonyms, which follow one another: a late answer must not undo a newer one. */
  #reading: Promise<void> = Promise.resolve();
  #outside: Outside | undefined;
  /** Undefined without a model. */
  readonly model: Model | undefined;
  readonly #answers: ModelAnswers | undefined;

  constructor(options: KnowledgeOptions) {
    this.#options = options;
    this.#variables = options.variables;
    this.#index = new Indexed({
      ids: () => this.#entries.keys(),
      entry: (id) => {
        const entry = this.#entries.get(id);
        return entry && this.#indexed(entry);
      },
      synonyms: () => this.#synonyms,
      learner: options.learner,
      onError: options.onError,
    });
    const { model } = options;
    if (!model) return;
    this.model = openModel(model, (outcome) => model.onCall?.(outcome));
    this.#answers = new ModelAnswers({
      ...{ model: this.model, ask: this.ask.bind(this), find: this.find.bind(this) },
      ...(model.budgetMs && { budgetMs: model.budgetMs }),
      onVerdict: (verdict) => model.onVerdict?.(verdict),
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
      // One that still has the terms of other synonyms waits, like one that is not taken up yet.
      termsOf: (id, language) =>
        this.#index.isCurrent(id) ? this.#retrieval.termsOf(id, language) : undefined,
      queryTerms: (text, language) => this.#retrieval.queryTerms(text, language),
      saturation: (language) => this.#retrieval.saturation(language),
      lexicon: () => this.#retrieval.lexicon(),
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
    if (this.#answers) return this.#answers;
    if (!this.#outside) return undefined;
    return {
      ask: async (question, at, signal) => {
        const { asked } = askInContext(question, (text) => this.ask(text, at));
        const { reply } = await this.find(asked ?? question.text, at, signal);
        return asked === undefined ? reply : { ...reply, asked };
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
    const { db, fewEntries = 0 } = this.#options;
    const stored = (await hasMoreThan(db, fewEntries)) ? this.#index.stored() : undefined;
    const [read, synonyms, index] = await Promise.all([readEntries(db), readSynonyms(db), stored]);
    const entries = read.filter((e) => e.state === 'published');
    this.#synonyms = synonyms;
    for (const entry of entries) this.#entries.set(entry.id, entry);
    await this.#index.open(index);
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

  /** Takes up the synonyms that editors keep: the very next question is read with them. */
  refreshSynonyms(): Promise<void> {
    this.#reading = this.#reading
      .catch(() => {})
      .then(async () => {
        this.#synonyms = await readSynonyms(this.#options.db);
        await this.#index.refreshSynonyms();
        this.#outside?.remote.allChanged();
      });
    return this.#reading;
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

  ask(question: string, { today, language }: At): Reply {
    const options = { limit: 3, language, filter: this.#begun(today) };
    return this.#reply(this.#retrieval.decide(question, options), today);
  }

  /** The entries that are valid today, best first: of the index outside if there is one and it answers. */
  async search(text: string, { limit = 5, signal, ...at }: FindOptions): Promise<Found[]> {
    return this.#found(text, await this.#outside?.given(text, at, signal), { ...at, limit });
  }

  /** What a question comes to, with the entries around it that are valid today. */
  async find(question: string, at: At, signal?: AbortSignal): Promise<Finding> {
    const { today, language } = at;
    const given = await this.#outside?.given(question, at, signal);
    const found = this.#found(question, given, { ...at, limit: AROUND });
    const reply = given
      ? this.#reply(this.#retrieval.decide(question, { limit: 3, language, ...given }), today)
      : this.ask(question, at);
    return { reply, entries: found.map(({ entry }) => entry) };
  }

  #found(text: string, given: Given | undefined, at: At & { limit: number }): Found[] {
    const { today, language, limit } = at;
    const valid = (id: string) => this.cite(id, { today }) !== undefined && (given?.filter(id) ?? true);
    const hits = this.#retrieval.search(text, { ...given, language, limit, filter: valid });
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

  /**
   * Similar questions for an editor to choose from; undefined without a model.
   * @throws ModelError
   */
  async suggest(
    entry: SuggestFor,
    at: { today: string },
    signal: AbortSignal,
  ): Promise<Suggestion[] | undefined> {
    if (!this.model) return undefined;
    const filled = { ...entry, title: this.#filled(entry.title), body: this.#filled(entry.body) };
    return suggestQuestions(this.model, filled, (question) => this.ask(question, at), signal);
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
