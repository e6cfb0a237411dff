import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { inProcess } from '../child.ts';
import type { Bench } from '../main.ts';
import type { Figures } from './measure.ts';
import { qualityOf } from './quality.ts';
import { available } from './sets.ts';

const LIBRARIES = ['ours', 'minisearch', 'flexsearch', 'orama'];
const PATIENCE_MS = 240_000;

type Row = { set: string; library: string } & (Figures | { failed: string });

/**
 * Ours beside MiniSearch, FlexSearch and Orama: on the public sets (from EVAL_DIR), on the demo centre, and on made
 * centres of 1,000 to 100,000 entries. RETRIEVAL_SETS=a,b measures these sets only; rows are kept in the file
 * RETRIEVAL_ROWS as they come, and those that are in it already are not measured again.
 */
export const retrieval: Bench = async (say) => {
  const { names, skipped } = available(process.env.EVAL_DIR);
  const wanted = process.env.RETRIEVAL_SETS?.split(',');
  const sets = names.filter((name) => !wanted || wanted.includes(name));
  if (skipped.length > 0) say(`  skipped, not in EVAL_DIR: ${skipped.join(', ')}`);
  const file = process.env.RETRIEVAL_ROWS;
  const rows = file && existsSync(file) ? readRows(file) : [];
  for (const set of sets) {
    for (const library of LIBRARIES) {
      if (rows.some((row) => row.set === set && row.library === library)) continue;
      const row: Row = { set, library, ...(await measured(set, library, rows)) };
      rows.push(row);
      if (file) appendFileSync(file, `${JSON.stringify(row)}\n`);
      say(`  ${line(row)}`);
    }
  }
  return { skipped, rows: rows.map((row) => compared(row, rows)) };
};

/** `oursThere`: ours on the questions that the library came to, where these are fewer. The ranks are for comparing alone. */
function compared(row: Row, rows: Row[]): object {
  const ours = rows.find(({ set, library }) => set === row.set && library === 'ours');
  if ('failed' in row || !ours || 'failed' in ours) return row;
  const { ranks, ...shown } = row;
  if (ranks.length >= ours.ranks.length) return shown;
  return { ...shown, oursThere: qualityOf(ours.ranks.slice(0, ranks.length)) };
}

const readRows = (file: string): Row[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((text) => JSON.parse(text));

/** What takes too long with a tenth of the entries, or would if it grew as they do, is not tried with all of them. */
async function measured(set: string, library: string, rows: Row[]): Promise<Figures | { failed: string }> {
  const size = Number(/^synthetic (\d+)$/.exec(set)?.[1]);
  const isTenth = (row: Row) => row.set === `synthetic ${size / 10}` && row.library === library;
  const smaller = library === 'ours' ? undefined : rows.find(isTenth);
  if (smaller && 'failed' in smaller) return { failed: `not tried: ${smaller.failed} for ${size / 10}` };
  if (smaller && smaller.cpuMs * 10 > 2 * PATIENCE_MS)
    return { failed: `not tried: ${Math.round(smaller.cpuMs / 1000)} s of computing for ${size / 10}` };
  return inProcess<Figures>(new URL('measure.ts', import.meta.url), [library, set], PATIENCE_MS);
}

function line({ set, library, ...figures }: Row): string {
  const name = `${set} ${library}`.padEnd(32);
  if ('failed' in figures) return `${name} failed: ${figures.failed}`;
  const { r1, r5, mrr10, buildMs, p50Ms, p99Ms, rssMb } = figures;
  return `${name} R@1 ${r1} R@5 ${r5} MRR ${mrr10}, build ${buildMs} ms, p50 ${p50Ms} p99 ${p99Ms} ms, ${rssMb} MB`;
}
