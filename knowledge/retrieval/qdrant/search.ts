import type { Candidate, Embedder, RetrieveOptions } from '../retriever.ts';
import { RetrieverError } from '../retriever.ts';
import { MEANING, ofOneProgram, TERMS, type TermSource, validToday } from './points.ts';
import type { Weights } from './weights.ts';
import type { QueryRequest, Wire } from './wire.ts';

/** Each vector's nearest, from which the sum of both takes the best. */
const PREFETCH = 100;
const LIMIT = 50;

export type SearchParts = {
  wire: Wire;
  terms: TermSource;
  embedder: Embedder | undefined;
  onPartial(error: unknown): void;
};
export type Where = { alias: string; version: string; weights: Weights };

/**
 * One `/points/query`: nearest by terms and by meaning, each among the entries that are valid, then the weighted sum
 * of both. If the embedding endpoint fails, terms alone.
 * @throws RetrieverError
 */
export async function search(
  parts: SearchParts,
  { alias, version, weights }: Where,
  text: string,
  options: RetrieveOptions,
): Promise<Candidate[]> {
  const { wire, terms } = parts;
  const query = terms.queryTerms(text, options.language);
  const filter = validToday(options);
  const prefetch: object[] = [];
  const sum: unknown[] = [];
  if (query.hashes.length > 0) {
    sum.push(`$score[${prefetch.length}]`);
    const wanted = { indices: query.hashes, values: query.values };
    prefetch.push({ query: wanted, using: TERMS, filter, limit: PREFETCH });
  }
  const vector = weights.dense > 0 ? await meaningOf(parts, text, options.signal) : undefined;
  const defaults: Record<string, number> = {};
  if (vector) {
    const score = `$score[${prefetch.length}]`;
    defaults[score] = weights.floor;
    sum.push({ mult: [weights.dense * query.length, { sum: [score, -weights.centre] }] });
    prefetch.push({ query: [vector], using: MEANING, filter, limit: PREFETCH });
  }
  if (prefetch.length === 0) return [];
  const request = {
    ...{ prefetch, query: { formula: { sum }, defaults }, limit: options.limit ?? LIMIT },
    with_payload: ['entry', 'version'],
  } as QueryRequest;
  const points = await wire.query(alias, request, options.signal);
  for (const { payload } of points) {
    const found = String(payload?.version);
    if (found === version) continue;
    if (ofOneProgram(found, version))
      throw new RetrieverError('not_ready', `${alias} is indexed with other synonyms`);
    throw new RetrieverError('displaced', `${alias} holds points of another version`);
  }
  return points
    .filter(({ score }) => score > 0)
    .map(({ payload, score }) => ({ entryId: String(payload?.entry), score }));
}

async function meaningOf({ embedder, onPartial }: SearchParts, text: string, signal?: AbortSignal) {
  try {
    return await embedder?.question(text, signal);
  } catch (error) {
    onPartial(error);
    return undefined;
  }
}
