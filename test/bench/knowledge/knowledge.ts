import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { type Database, openDatabase } from '../../../prisma/client.ts';
import { startEmbedded } from '../../../prisma/embedded/index.ts';
import { migrate } from '../../../prisma/migrate.ts';
import { inProcess } from '../child.ts';
import type { Bench } from '../main.ts';
import { synthetic } from '../retrieval/synthetic.ts';
import type { Figures } from './process.ts';

const SIZES = [1_000, 10_000, 100_000];
const PATIENCE_MS = 10 * 60_000;
const ROWS_AT_ONCE = 500;

/**
 * A large knowledge in the product's own processes and database: one learns it in its thread, another loads what the
 * first stored; both are asked, the second is told of changes. Shows the longest turn of the event loop in each phase.
 * KNOWLEDGE_SIZES=1000,10000 measures these sizes only.
 */
export const knowledge: Bench = async (say) => {
  const sizes = process.env.KNOWLEDGE_SIZES?.split(',').map(Number) ?? SIZES;
  const folder = mkdtempSync(join(tmpdir(), 'yingda-bench-'));
  // As root the server runs as another user, who must be able to pass.
  chmodSync(folder, 0o711);
  const log = {
    info() {},
    warn() {},
    error: (fields: object, text: string) => say(`${text} ${JSON.stringify(fields)}`),
  };
  const server = await startEmbedded({ dataDir: folder, log });
  try {
    await migrate({ url: server.url, log });
    const script = await bundled();
    const rows: ({ size: number; role: string } & (Figures | { failed: string }))[] = [];
    for (const size of sizes) {
      const questions = join(folder, `questions-${size}.jsonl`);
      await fill(server.url, size, questions);
      for (const role of ['learn', 'start', 'load']) {
        const figures = await inProcess<Figures>(script, [role, server.url, questions], PATIENCE_MS, []);
        rows.push({ size, role, ...figures });
        say(`  ${size} ${role} ${JSON.stringify(figures)}`);
      }
    }
    return { rows };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** As the product runs: a loader of TypeScript would take memory of its own. Below the root, to find its packages. */
async function bundled(): Promise<URL> {
  const outdir = 'node_modules/.cache/yingda-bench';
  await build({
    ...{ outdir, entryNames: '[name]', bundle: true, splitting: true, packages: 'external' },
    entryPoints: {
      process: 'test/bench/knowledge/process.ts',
      // Under the name that knowledge/learning/in-thread.ts knows it by.
      'server-learning': 'knowledge/learning/thread.ts',
    },
    ...{ platform: 'node', target: 'node20.19', format: 'esm' },
  });
  return pathToFileURL(`${outdir}/process.js`);
}

async function fill(url: string, size: number, questions: string): Promise<void> {
  const { entries, queries } = synthetic(size);
  writeFileSync(questions, queries.map((query) => JSON.stringify(query)).join('\n'));
  const db = openDatabase({ url, onError() {} });
  try {
    await db.sql.query({ text: 'TRUNCATE entry, knowledge_artifact CASCADE' });
    for (let at = 0; at < entries.length; at += ROWS_AT_ONCE)
      await insert(db, entries.slice(at, at + ROWS_AT_ONCE));
  } finally {
    await db.close();
  }
}

async function insert(db: Database, rows: object[]): Promise<void> {
  const text = `INSERT INTO entry (id, language, title, catalogue, questions, body, sms, department, state, valid_from,
      created_at, updated_at)
    SELECT id, language, title, '', questions, body, '', '', 'published', '2026-01-01', now(), now()
    FROM jsonb_to_recordset($1) AS row(id text, language text, title text, questions jsonb, body text)`;
  await db.sql.query({ text, values: [JSON.stringify(rows)] });
}
