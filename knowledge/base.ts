import type { Database } from '../prisma/client.ts';
import type { CallOutcome, Model, ModelSettings } from './answer/model.ts';
import { openModel } from './answer/model.ts';
import { type Finding, ModelAnswers } from './answer/remote.ts';
import { type SuggestFor, type Suggestion, suggestQuestions } from './answer/suggest.ts';
import { readEntries, type StoredEntry } from './library.ts';
import type { Cited, Knowledge, Reply } from './reply.ts';
import { RetrievalIndex } from './retrieval/index.ts';
import { render, type Variables } from './wording.ts';

export interface KnowledgeOptions {
  db: Pick<Database, 'sql'>;
  /** What fills the variables of approved wording, such as {hotline}. */
  variables: Variables;
  onError(error: unknown): void;
  /** The language model that helps to answer, if there is one. */
  model?: ModelSettings & {
    budgetMs?: number;
    onCall?(outcome: CallOutcome): void;
    onVerdict?(verdict: string): void;
  };
}

/** The centre's published knowledge in memory, answering from the embedded index. */
export class KnowledgeBase implements Knowledge {
  readonly #options: KnowledgeOptions;
  readonly #entries = new Map<string, StoredEntry>();
  readonly #index = new RetrievalIndex();
  #variables: Variables;
  /** Undefined without a model. */
  readonly model: Model | undefined;
  readonly remote?: NonNullable<Knowledge['remote']>;

  constructor(options: KnowledgeOptions) {
    this.#options = options;
    this.#variables = options.variables;
    const { model } = options;
    if (!model) return;
    this.model = openModel(model, (outcome) => model.onCall?.(outcome));
    this.remote = new ModelAnswers({
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
    return !this.#index.stale;
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
  }

  /** The centre's wording variables have changed: every wording is filled in anew. */
  setVariables(variables: Variables): void {
    if (JSON.stringify(variables) === JSON.stringify(this.#variables)) return;
    this.#variables = variables;
    this.#index.add([...this.#entries.values()].map((e) => this.#indexed(e)));
    void this.#index.trainInBackground().catch(this.#options.onError);
  }

  ask(question: string, { today }: { today: string }): Reply {
    // An entry that has not begun doesn't exist yet; one that has ended may be hit, to say that it has.
    const begun = (id: string) => (this.#entries.get(id)?.validFrom ?? '9') <= today;
    const { outcome, hits, score } = this.#index.decide(question, { limit: 3, filter: begun });
    const found = hits.flatMap(({ entryId }) => this.#entries.get(entryId) ?? []);
    const first = found[0];
    if (!first || outcome === 'unknown') return { outcome: 'unknown', score, nearestId: first?.id ?? null };
    if (outcome === 'answer') return this.#answer(first, score, today);
    const current = found.filter((e) => !ended(e, today));
    if (current.length === 0) return this.#answer(first, score, today);
    if (current.length === 1 && current[0] === first) return this.#answer(first, score, today);
    return { outcome: 'choices', score, entries: current.map((e) => this.#cited(e)) };
  }

  /** What a question comes to, with the entries around it that are valid today. */
  async find(question: string, at: { today: string }): Promise<Finding> {
    const valid = (id: string) => this.cite(id, at) !== undefined;
    const hits = this.#index.search(question, { limit: 8, filter: valid });
    return {
      reply: this.ask(question, at),
      entries: hits.flatMap(({ entryId }) => this.cite(entryId, at) ?? []),
    };
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

  #indexed({ id, language, title, questions, body }: StoredEntry) {
    const filled = (text: string) => this.#filled(text);
    return { id, language, title: filled(title), questions: questions.map(filled), body: filled(body) };
  }
}

/** The last valid day is still valid. */
function ended(entry: StoredEntry, today: string): boolean {
  return entry.validTo !== null && entry.validTo < today;
}
