import { inProcess } from '../child.ts';
import type { Bench } from '../main.ts';
import type { Figures } from './measure.ts';
import { available } from './sets.ts';

const LIBRARIES = ['ours', 'minisearch', 'flexsearch', 'orama'];
const PATIENCE_MS = 10 * 60_000;

type Row = { set: string; library: string } & (Figures | { failed: string });

/**
 * Ours beside MiniSearch, FlexSearch and Orama: on the public sets (from EVAL_DIR), on the demo centre, and on made
 * centres of 1,000 to 100,000 entries. RETRIEVAL_SETS=a,b measures these sets only.
 */
export const retrieval: Bench = async (say) => {
  const { names, skipped } = available(process.env.EVAL_DIR);
  const wanted = process.env.RETRIEVAL_SETS?.split(',');
  const sets = names.filter((name) => !wanted || wanted.includes(name));
  if (skipped.length > 0) say(`  skipped, not in EVAL_DIR: ${skipped.join(', ')}`);
  const script = new URL('measure.ts', import.meta.url);
  const rows: Row[] = [];
  for (const set of sets) {
    for (const library of LIBRARIES) {
      rows.push({ set, library, ...(await inProcess<Figures>(script, [library, set], PATIENCE_MS)) });
      say(`  ${line(rows.at(-1) as Row)}`);
    }
  }
  return { skipped, rows };
};

function line({ set, library, ...figures }: Row): string {
  const name = `${set} ${library}`.padEnd(32);
  if ('failed' in figures) return `${name} failed: ${figures.failed}`;
  const { r1, r5, mrr10, buildMs, p50Ms, p99Ms, rssMb } = figures;
  return `${name} R@1 ${r1} R@5 ${r5} MRR ${mrr10}, build ${buildMs} ms, p50 ${p50Ms} p99 ${p99Ms} ms, ${rssMb} MB`;
}
