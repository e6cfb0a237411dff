import { performance } from 'node:perf_hooks';
import { buildIndex, type Entry, type RetrievalIndex, type Synonyms } from '../retrieval/index.ts';
import type { Question } from './files.ts';
import { type Asked, measure, percentile, type Report } from './metrics.ts';

export type Evaluation = Report & { buildMs: number; p50Ms: number; p99Ms: number; rssMb: number };

const WARM_UP = 200;
const DEPTH = 10;

/** Asks one question as a customer's message does, and beside the clock looks deeper for the ranks. */
export function ask(index: RetrievalIndex, question: Question): Asked {
  const start = performance.now();
  const decision = index.decide(question.text);
  const ms = performance.now() - start;
  return { question, decision, ms, hits: index.search(question.text, { limit: DEPTH }) };
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Builds the index (training included), asks everything, measures. The labels are read after the last answer. */
export function evaluate(entries: Entry[], questions: Question[], synonyms?: Synonyms): Evaluation {
  const start = performance.now();
  const index = buildIndex(entries, synonyms ? { synonyms } : {});
  const buildMs = performance.now() - start;
  for (const question of questions.slice(0, WARM_UP)) ask(index, question);
  const asked = questions.map((question) => ask(index, question));
  const times = asked.map(({ ms }) => ms);
  return {
    ...measure(asked),
    buildMs: round(buildMs, 0),
    p50Ms: round(percentile(times, 0.5), 3),
    p99Ms: round(percentile(times, 0.99), 3),
    rssMb: round(process.memoryUsage().rss / 1024 / 1024, 0),
  };
}
