/**
 * One process of a centre with a large knowledge: `process.ts learn|start|load DATABASE-URL QUESTIONS-FILE`, figures as a
 * line of JSON. Bundled as the server is, and started, by knowledge.ts. `start` loads as `load` does, without looking for long turns, which takes time itself.
 */
import { KnowledgeBase } from '../../../knowledge/base.ts';
import { readQuestions } from '../../../knowledge/eval/files.ts';
import { percentile } from '../../../knowledge/eval/metrics.ts';
import { openLearner } from '../../../knowledge/learning/open.ts';
import { type Database, openDatabase } from '../../../prisma/client.ts';
import { type Block, computed, longestBlock } from './blocks.ts';

export interface Figures {
  /** How long each phase took, what this thread computed, and the longest turn of the event loop in it. */
  phases: Record<string, { ms: number; computedMs?: number } & Partial<Block>>;
  /** The whole process: before it knew anything, at the end, and the most in between. */
  rssMb: { before: number; after: number; most: number };
  /** Of questions; `cpu` is what the thread computed, which other programs don't lengthen as they do the clock. */
  ask: { p50Ms: number; p99Ms: number; cpuP50Ms: number; cpuP99Ms: number };
  errors: string[];
}

const AT = { today: '2026-06-10' };
const WARM_UP = 200;
const CHANGES = 20;

const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
const resident = () => {
  globalThis.gc?.();
  return megabytes(process.memoryUsage().rss);
};

class Run {
  readonly phases: Figures['phases'] = {};
  readonly db: Database;
  readonly knowledge: KnowledgeBase;

  constructor(db: Database, knowledge: KnowledgeBase) {
    this.db = db;
    this.knowledge = knowledge;
  }

  async phase(name: string, work: () => Promise<unknown>): Promise<void> {
    const { result: _, ...figures } = await longestBlock(work);
    this.phases[name] = figures;
  }

  /** One question a turn, so that the longest turn is the longest question. */
  async ask(texts: string[]): Promise<Figures['ask']> {
    for (const text of texts.slice(0, WARM_UP)) this.knowledge.ask(text, AT);
    const [times, cpu]: [number[], number[]] = [[], []];
    await this.phase('ask', async () => {
      for (const text of texts) {
        const [start, ran] = [performance.now(), computed() ?? 0];
        this.knowledge.ask(text, AT);
        cpu.push(((computed() ?? 0) - ran) / 1e6);
        times.push(performance.now() - start);
        await new Promise(setImmediate);
      }
    });
    const at = (some: number[], share: number) => Number(percentile(some, share).toFixed(3));
    return {
      ...{ p50Ms: at(times, 0.5), p99Ms: at(times, 0.99) },
      ...{ cpuP50Ms: at(cpu, 0.5), cpuP99Ms: at(cpu, 0.99) },
    };
  }

  async #set(ids: string[], assignment: string): Promise<void> {
    await this.db.sql.query({ text: `UPDATE entry SET ${assignment} WHERE id = ANY($1)`, values: [ids] });
  }

  /** Single entries changed, withdrawn and published again; `ms` is of all of them, the database's work included. */
  async change(): Promise<void> {
    const { rows } = await this.db.sql.query<{ id: string }>({
      text: 'SELECT id FROM entry ORDER BY md5(id) LIMIT $1',
      values: [CHANGES],
    });
    const ids = rows.map(({ id }) => id);
    for (const [name, assignment] of Object.entries({
      change: "body = body || '另见公告。'",
      withdraw: "state = 'withdrawn'",
      add: "state = 'published'",
    })) {
      await this.phase(`${name} ${CHANGES} entries, one by one`, async () => {
        for (const id of ids) {
          await this.#set([id], assignment);
          await this.knowledge.refresh([id]);
        }
      });
    }
  }
}

async function main([role = '', url = '', file = '']: string[]): Promise<Figures> {
  const errors: string[] = [];
  const onError = (error: unknown) => void errors.push(String(error));
  const db = openDatabase({ url, onError });
  const learner = openLearner({ db, now: Date.now, announce: async () => {}, onError });
  const knowledge = new KnowledgeBase({ db, learner, variables: {}, onError });
  const run = new Run(db, knowledge);
  const texts = readQuestions(file).map(({ text }) => text);
  await db.sql.query({ text: 'SELECT 1' });
  const before = resident();
  const [start, ran] = [performance.now(), computed() ?? 0];
  if (role === 'start') await knowledge.open();
  else await run.phase('open', () => knowledge.open());
  run.phases.open ??= {
    ms: Math.round(performance.now() - start),
    computedMs: Math.round(((computed() ?? 0) - ran) / 1e6),
  };
  if (role === 'learn') await run.phase('learn and swap', () => knowledge.learn());
  const ask = await run.ask(texts);
  const after = resident();
  // Kilobytes on every system; what the changes below add is not asked.
  const most = megabytes(process.resourceUsage().maxRSS * 1024);
  if (role === 'load') {
    // Learning anew is the other process's part, and has been measured there.
    learner.stop();
    await run.change();
  }
  await db.close();
  return { phases: run.phases, rssMb: { before, after, most }, ask, errors };
}

process.stdout.write(`${JSON.stringify(await main(process.argv.slice(2)))}\n`);
