/**
 * One library on one set, in a process of its own: `measure.ts LIBRARY SET`, figures as a line of JSON. Started by
 * retrieval.ts.
 */
import type { Question } from '../../../knowledge/eval/files.ts';
import { percentile } from '../../../knowledge/eval/metrics.ts';
import { CONTENDERS, type Library } from './contenders.ts';
import { type Quality, qualityOf } from './quality.ts';
import { collection } from './sets.ts';

export interface Figures extends Quality {
  buildMs: number;
  /** What the whole measurement computed, reading and building included. */
  cpuMs: number;
  /** Of the fastest of three times that each question is asked. */
  p50Ms: number;
  p99Ms: number;
  /** The whole process, and what it was with the texts before anything was built. */
  rssMb: number;
  rssBeforeMb: number;
  questions: number;
  /** Of each question in the order in which all libraries are asked: the rank of a right entry, 0 if none was found. */
  ranks: number[];
}

const DEPTH = 10;
const TIMES = 3;
const WARM_UP = 100;
/** At most so many questions, the same for all libraries. */
const MOST = 2_500;
/** Questions are taken in leaps of this prime, so that those which are left out when patience ends are of every kind. */
const LEAP = 7919;
/** A library that computes for longer than this is asked fewer questions, but not fewer than this many. */
const PATIENCE_MS = 90_000;
const FEWEST = 100;
/** What takes longer than this is timed once. */
const SLOW_MS = 20;

const megabytes = () => {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().rss / 1024 / 1024);
};
/** Milliseconds. */
const computed = () => process.cpuUsage().user / 1000;
const round = (value: number, digits: number) => Number(value.toFixed(digits));

function ask({ find, answer }: Library, queries: Question[]) {
  const timed = (text: string) => (answer ? answer(text) : find(text, DEPTH));
  const warm = computed() + PATIENCE_MS / 4;
  for (const { text } of queries.slice(0, WARM_UP)) if (computed() < warm) timed(text);
  const until = computed() + PATIENCE_MS;
  const asked: { ms: number; rank: number }[] = [];
  for (const { text, gold } of queries) {
    if (computed() > until && asked.length >= FEWEST) break;
    let ms = Number.POSITIVE_INFINITY;
    let found: string[] | undefined;
    for (let time = 0; time < TIMES && (time === 0 || ms < SLOW_MS); time++) {
      const start = performance.now();
      found = timed(text) ?? undefined;
      ms = Math.min(ms, performance.now() - start);
    }
    const rank = (found ?? find(text, DEPTH)).findIndex((id) => gold.includes(id)) + 1;
    asked.push({ ms, rank });
  }
  return asked;
}

async function main([library = '', name = '']: string[]): Promise<Figures> {
  const contender = CONTENDERS[library];
  if (!contender) throw new Error(`no library "${library}"`);
  const { entries, queries } = collection(name, process.env.EVAL_DIR);
  const rssBeforeMb = megabytes();
  const start = performance.now();
  const built = await contender(entries, entries[0]?.language ?? 'en');
  const buildMs = performance.now() - start;
  const answerable = queries.filter(({ gold }) => gold.length > 0);
  const mixed = answerable.map((_, i) => answerable[(i * LEAP) % answerable.length] as Question);
  const asked = ask(built, mixed.slice(0, MOST));
  const times = asked.map(({ ms }) => ms);
  const ranks = asked.map(({ rank }) => rank);
  return {
    ...qualityOf(ranks),
    ...{ buildMs: round(buildMs, 0), cpuMs: round(computed(), 0) },
    p50Ms: round(percentile(times, 0.5), 3),
    p99Ms: round(percentile(times, 0.99), 3),
    ...{ rssMb: megabytes(), rssBeforeMb, questions: asked.length, ranks },
  };
}

process.stdout.write(`${JSON.stringify(await main(process.argv.slice(2)))}\n`);
