import { parseArgs } from 'node:util';
import { RetrieverError } from '../retrieval/retriever.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import { FileError, readKnowledge, readQuestions, readSynonyms } from './files.ts';
import type { Environment } from './qdrant.ts';
import { mistyped } from './typos.ts';

const USAGE = `usage: npm run eval -- --kb FILE --queries FILE [--backend embedded|qdrant] [--synonyms FILE] [--typos N] [--json]
  --kb       knowledge, one JSON a line: {"id","title","questions":[…],"body"}
  --queries  questions, one JSON a line: {"text","gold":[ids],"kind"}; gold empty = not in the knowledge
  --synonyms the centre's own: a group a line, its words separated by commas, the word of the entries first
  --typos    replaces N Chinese characters of each question by others that sound alike
  --backend  embedded (default), or qdrant: in a collection of its own on the server of QDRANT_URL, dropped afterwards
  --json     the figures as one JSON object on the last line
`;

const LABELS: [keyof Evaluation, string][] = [
  ['r1', 'right entry first, % of the answerable (R@1)'],
  ['r5', 'right entry among the first 5, % (R@5)'],
  ['mrr10', 'mean reciprocal rank to 10, %'],
  ['auroc', 'AUROC answerable / unanswerable, %'],
  ['aurocNear', '  … unanswerable of the same field, %'],
  ['aurocFar', '  … unanswerable of another field, %'],
  ['answered', 'answered, % of all'],
  ['wrong', 'wrong answers, % of answers'],
  ['refused', 'needless refusals, % of the answerable'],
  ['declined', '"I don’t know" to what nothing answers, % of the unanswerable'],
  ['choices', 'choices offered, % of all'],
  ['choicesRight', '  … with the right one among them, % of the answerable ones'],
  ['rightOrOffered', 'answered rightly or offered, % of the answerable'],
  ['buildMs', 'build and training, ms'],
  ['p50Ms', 'a question, median, ms'],
  ['p99Ms', 'a question, 99th percentile, ms'],
  ['rssMb', 'memory of the process, MB'],
];

class UsageError extends Error {}

function optionsOf(args: string[]) {
  const options = {
    kb: { type: 'string' },
    queries: { type: 'string' },
    backend: { type: 'string', default: 'embedded' },
    synonyms: { type: 'string' },
    typos: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  } as const;
  try {
    const { values } = parseArgs({ args, options });
    if (!values.kb || !values.queries) throw new UsageError('--kb and --queries are needed');
    const { backend } = values;
    if (backend !== 'embedded' && backend !== 'qdrant')
      throw new UsageError(`no backend "${backend}": embedded or qdrant`);
    if (!/^\d{1,2}$/.test(values.typos)) throw new UsageError('--typos needs a number');
    return { ...values, backend, kb: values.kb, queries: values.queries, typos: Number(values.typos) };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message);
  }
}

async function measured(options: ReturnType<typeof optionsOf>, environment: Environment) {
  const { kb, queries, backend, synonyms, typos } = options;
  if (backend === 'qdrant' && !environment.QDRANT_URL)
    throw new UsageError('--backend qdrant needs QDRANT_URL, the address of a Qdrant server');
  const entries = readKnowledge(kb);
  const questions = mistyped(readQuestions(queries, entries), typos);
  const own = synonyms === undefined ? undefined : readSynonyms(synonyms);
  if (backend === 'embedded') return evaluate(entries, questions, own);
  const { evaluateInQdrant } = await import('./qdrant.ts');
  return evaluateInQdrant(entries, questions, environment, own);
}

/** Runs the command; returns the exit code: 0, or 2 when arguments or files can't be used or Qdrant doesn't answer. */
export async function run(
  args: string[],
  out: (text: string) => void,
  err: (text: string) => void,
  environment: Environment = {},
): Promise<number> {
  try {
    const options = optionsOf(args);
    const figures = await measured(options, environment);
    for (const [key, label] of LABELS) out(`${String(figures[key] ?? '–').padStart(8)}  ${label}\n`);
    if (options.json) out(`${JSON.stringify(figures)}\n`);
    return 0;
  } catch (error) {
    if (error instanceof FileError || error instanceof RetrieverError) err(`${error.message}\n`);
    else if (error instanceof UsageError) err(`${error.message}\n${USAGE}`);
    else throw error;
    return 2;
  }
}
