import { readFileSync } from 'node:fs';
import { defaultPolicy } from '../../bot/policy/default.ts';
import { openModel } from '../../knowledge/answer/open-model.ts';
import { ModelAnswers } from '../../knowledge/answer/remote.ts';
import type { Cited, Reply } from '../../knowledge/index.ts';
import { buildIndex, type Entry, type RetrievalIndex } from '../../knowledge/retrieval/index.ts';
import { render } from '../../knowledge/wording.ts';
import { seedEntries } from '../../prisma/seed/entries.ts';

/** The demo centre's entries with their variables filled in, found and cited without a database. */
export interface World {
  today: string;
  entries: ReadonlyMap<string, Cited & { validFrom: string }>;
  cite(id: string): Cited | undefined;
  ask(question: string): Reply;
  /** The entries that a model is shown for a question. */
  found(question: string): Cited[];
  /** What a model at this address makes of a question. */
  answers(
    url: string,
    options?: { budgetMs?: number; onCall?(outcome: string): void; onVerdict?(fault: string): void },
  ): ModelAnswers;
}

export function openWorld(today: string): World {
  const { wording } = defaultPolicy().policy;
  const filled = (text: string) => render(text, wording);
  const stored = seedEntries().map((e) => ({
    ...e,
    language: e.language as Entry['language'],
    title: filled(e.title),
    questions: e.questions.map(filled),
    body: filled(e.body),
    short: filled(e.sms),
  }));
  const entries = new Map(stored.map((entry) => [entry.id, entry]));
  const index = buildIndex(stored, { train: 'now' });
  const cite = (id: string) => {
    const entry = entries.get(id);
    return entry && entry.validFrom <= today && (entry.validTo ?? '9') >= today ? entry : undefined;
  };
  const ask = (question: string) => askOf(index, question, cite);
  const found = (question: string) =>
    index
      .search(question, { limit: 8, filter: (id) => cite(id) !== undefined })
      .flatMap(({ entryId }) => cite(entryId) ?? []);
  return {
    ...{ today, entries, cite, ask, found },
    answers(url, { budgetMs, onCall, onVerdict } = {}) {
      return new ModelAnswers({
        model: openModel({ url, name: 'scripted' }, (outcome) => onCall?.(outcome)),
        ...{ ask, ...(budgetMs !== undefined && { budgetMs }), ...(onVerdict && { onVerdict }) },
        find: async (question) => ({ reply: ask(question), entries: found(question) }),
      });
    },
  };
}

function askOf(index: RetrievalIndex, question: string, cite: (id: string) => Cited | undefined): Reply {
  const { outcome, hits, score } = index.decide(question, {
    limit: 3,
    filter: (id) => cite(id) !== undefined,
  });
  const found = hits.flatMap(({ entryId }) => cite(entryId) ?? []);
  const [first] = found;
  if (!first || outcome === 'unknown') return { outcome: 'unknown', score, nearestId: first?.id ?? null };
  return outcome === 'answer'
    ? { outcome, score, entry: first }
    : { outcome: 'choices', score, entries: found };
}

export interface Question {
  text: string;
  gold: string[];
}

/** The answerable questions of the set that was written for this project. */
export const questions = (): Question[] =>
  jsonl<Question>('test/payloads/telecom_zh/queries.jsonl').filter(({ gold }) => gold.length > 0);

/** Sentences that say truly, in other words, what an entry says: as a good model writes them. */
export const paraphrases = (): { entryId: string; text: string }[] =>
  jsonl('test/payloads/answers/paraphrases.jsonl');

const jsonl = <T>(path: string): T[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
