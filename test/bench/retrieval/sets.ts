import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Question, readKnowledge, readQuestions } from '../../../knowledge/eval/files.ts';
import type { Entry } from '../../../knowledge/retrieval/index.ts';
import { synthetic } from './synthetic.ts';

/** A knowledge and questions about it. */
export interface Collection {
  name: string;
  entries: Entry[];
  queries: Question[];
}

/** Knowledge and questions of a public set, below EVAL_DIR. */
const PUBLIC: Record<string, [kb: string, queries: string]> = {
  'banking77 5-shot': ['banking77/kb_5shot.jsonl', 'banking77/queries.jsonl'],
  'banking77 10-shot': ['banking77/kb_10shot.jsonl', 'banking77/queries.jsonl'],
  'banking77 full': ['banking77/kb_full.jsonl', 'banking77/queries.jsonl'],
  'clinc150 10-shot': ['clinc150/kb_10shot.jsonl', 'clinc150/queries.jsonl'],
  'hint3 curekart': ['hint3/curekart_kb.jsonl', 'hint3/curekart_queries.jsonl'],
  'hint3 sofmattress': ['hint3/sofmattress_kb.jsonl', 'hint3/sofmattress_queries.jsonl'],
  cmrc_drcd: ['cmrc_drcd/kb.jsonl', 'cmrc_drcd/queries.jsonl'],
};

const OWN = 'telecom_zh';
const SIZES = [1_000, 10_000, 100_000];

/** The names of what can be measured with this EVAL_DIR, and of what can't. */
export function available(evalDir: string | undefined): { names: string[]; skipped: string[] } {
  const there = (name: string) =>
    evalDir !== undefined && (PUBLIC[name] ?? []).every((file) => existsSync(join(evalDir, file)));
  const open = Object.keys(PUBLIC);
  return {
    names: [OWN, ...open.filter(there), ...SIZES.map((size) => `synthetic ${size}`)],
    skipped: open.filter((name) => !there(name)),
  };
}

/** @throws Error for a name that `available` doesn't give */
export function collection(name: string, evalDir: string | undefined): Collection {
  const size = /^synthetic (\d+)$/.exec(name)?.[1];
  if (size) return synthetic(Number(size));
  if (name === OWN) {
    return {
      name,
      entries: readKnowledge('prisma/seed/entries.zh.jsonl'),
      queries: readQuestions('test/payloads/telecom_zh/queries.jsonl'),
    };
  }
  const [kb, queries] = PUBLIC[name] ?? [];
  if (!kb || !queries || evalDir === undefined) throw new Error(`no set "${name}"`);
  return {
    name,
    entries: readKnowledge(join(evalDir, kb)),
    queries: readQuestions(join(evalDir, queries)),
  };
}
