import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { candidatesOf } from '../outside.ts';
import { openEmbeddings } from '../retrieval/dense/embeddings.ts';
import { buildIndex, type Entry, type RetrievalIndex, type Synonyms } from '../retrieval/index.ts';
import { QdrantIndex } from '../retrieval/qdrant/index.ts';
import { DEPTH, type Evaluation, figuresOf, WARM_UP } from './evaluate.ts';
import type { Question } from './files.ts';
import type { Asked } from './metrics.ts';

/** The settings of the same names, as README lists them. */
export type Environment = Readonly<Record<string, string | undefined>>;

const TODAY = '2000-01-01';

/**
 * The same measurement with the entries in a collection of their own on the server of QDRANT_URL, by meaning too if
 * EMBEDDINGS_URL is set; dropped afterwards.
 * @throws RetrieverError
 */
export async function evaluateInQdrant(
  entries: Entry[],
  questions: Question[],
  environment: Environment,
  synonyms?: Synonyms,
): Promise<Evaluation> {
  const start = performance.now();
  const index = buildIndex(entries, synonyms && { synonyms });
  const qdrant = await openQdrant(index, entries, environment);
  try {
    await qdrant.work();
    const buildMs = performance.now() - start;
    const asked: Asked[] = [];
    for (const question of questions.slice(0, WARM_UP)) await ask(index, qdrant, question);
    for (const question of questions) asked.push(await ask(index, qdrant, question));
    return figuresOf(asked, buildMs);
  } finally {
    await qdrant.destroy();
  }
}

async function ask(index: RetrievalIndex, qdrant: QdrantIndex, question: Question): Promise<Asked> {
  const { text } = question;
  const start = performance.now();
  const candidates = await candidatesOf(qdrant, text, index.languagesOf(text), { today: TODAY });
  const given = { candidates, filter: (id: string) => candidates.has(id) };
  const decision = index.decide(text, given);
  const ms = performance.now() - start;
  return { question, decision, ms, hits: index.search(text, { limit: DEPTH, ...given }) };
}

async function openQdrant(index: RetrievalIndex, entries: Entry[], environment: Environment) {
  const { QDRANT_URL: url = '', QDRANT_API_KEY: apiKey } = environment;
  const { EMBEDDINGS_URL, EMBEDDINGS_MODEL: model, EMBEDDINGS_KEY } = environment;
  const embedder =
    EMBEDDINGS_URL && model
      ? await openEmbeddings({ url: EMBEDDINGS_URL, model, apiKey: EMBEDDINGS_KEY })
      : undefined;
  const published = { state: 'published', revision: 1, validFrom: TODAY, validTo: null, regions: [] };
  const sources = new Map(entries.map((entry) => [entry.id, { ...published, entry }]));
  return QdrantIndex.open({
    ...{ url, apiKey, embedder, terms: index, name: `yingda-eval-${randomUUID()}` },
    // A figure is wanted, not an answer in time: the quality of a slow server is measured as well.
    queryMs: 10_000,
    read: async (ids) => (ids ?? [...sources.keys()]).flatMap((id) => sources.get(id) ?? []),
  });
}
