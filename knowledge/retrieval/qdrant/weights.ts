import { setImmediate as giveWay } from 'node:timers/promises';
import { analyse } from '../analyse.ts';
import type { Saturation, TermVector } from '../entry.ts';
import { SETTINGS } from '../settings.ts';
import { MEANING, pointId, type SourceEntry, saturated, TERMS, type TermSource, textsOf } from './points.ts';
import type { PointId, Wire } from './wire.ts';

/**
 * `dense`: what a cosine counts, per unit of a question's weight, beside the sparse score; `centre`: the cosine that
 * counts nothing, `floor`: what an entry that is not among the nearest is taken to have.
 */
export type Weights = { dense: number; centre: number; floor: number; questions: number };

const GRID = [0, 0.5, 1, 2, 4, 8, 16, 32];
const UNMEASURED = 4;
const MOST_QUESTIONS = 200;
const ENOUGH_QUESTIONS = 20;
const DEPTH = 100;

type Scores = Map<PointId, number>;
type Held = { sparse: Scores; dense: Scores; own: string; size: number };

/**
 * Leave-one-out over similar questions (titles, where there are none): each is asked as if it had not been written, by both vectors; `dense` is what
 * brings the right entries highest (mean reciprocal rank), the smaller one of equals. Asked of the filled collection,
 * so that what is weighed is what questions will meet.
 */
export async function weigh(
  wire: Wire,
  collection: string,
  entries: SourceEntry[],
  terms: TermSource,
  saturation: Saturation,
): Promise<Weights> {
  const published = entries.filter(({ state }) => state === 'published');
  const asked = published.flatMap(questionsOf);
  const stride = Math.max(1, Math.ceil(asked.length / MOST_QUESTIONS));
  const idf = await idfOver(published, terms);
  const held: Held[] = [];
  for (let at = 0; at < asked.length; at += stride) {
    const one = asked[at];
    if (one) held.push(...(await holdOut({ wire, collection, terms, saturation, idf }, one)));
  }
  const mean = (of: (cosines: number[]) => number) =>
    held.reduce((sum, { dense, own }) => sum + of(others(dense, own)), 0) / (held.length || 1);
  const floor = mean((cosines) => Math.min(...cosines));
  // The nearest wrong entry: a question that nothing answers then scores as by its words alone, and the thresholds,
  // which were chosen without vectors, stay true.
  const centre = mean((cosines) => Math.max(...cosines));
  const found = { centre, floor, questions: held.length };
  if (held.length < ENOUGH_QUESTIONS) return { ...found, dense: held.length > 0 ? UNMEASURED : 0 };
  const quality = GRID.map((dense) => ({ dense, value: meanReciprocalRank(held, { dense, floor }) }));
  return { ...found, dense: quality.reduce((a, b) => (b.value > a.value + 1e-9 ? b : a)).dense };
}

function others(dense: Scores, own: string): number[] {
  const cosines = [...dense].filter(([id]) => id !== own).map(([, cosine]) => cosine);
  return cosines.length > 0 ? cosines : [0];
}

/** A text of an entry that stands for a customer's question, and what it weighs in the entry. */
type Asked = { source: SourceEntry; question: string; weight: number };

/** The similar questions; of an entry that has too few of them to spare one, the title. */
function questionsOf(source: SourceEntry): Asked[] {
  const { title, questions } = source.entry;
  const [ofTitle, ofQuestion] = SETTINGS.bm25.fields;
  const texts = questions.length > 1 ? questions : [title];
  const weight = questions.length > 1 ? ofQuestion : ofTitle;
  return texts.filter((text) => text.trim() !== '').map((question) => ({ source, question, weight }));
}

type Ground = {
  wire: Wire;
  collection: string;
  terms: TermSource;
  saturation: Saturation;
  idf: (hash: number) => number;
};

async function holdOut(
  { wire, collection, terms, saturation, idf }: Ground,
  { source: { entry }, question, weight }: Asked,
): Promise<Held[]> {
  const texts = textsOf(entry);
  const row = texts.indexOf(question.trim());
  const own = pointId(entry.id);
  const [point] = await wire.retrieve(collection, [own], ['entry'], [MEANING]);
  const rows = (point?.vector as Record<string, number[][]> | undefined)?.[MEANING];
  const vector = rows?.[row];
  const written = terms.termsOf(entry.id, entry.language);
  if (!rows || !vector || rows.length !== texts.length || !written) return [];
  const query = terms.queryTerms(question, entry.language);
  const nearest = async (using: string, wanted: object) => {
    const request = { query: wanted, using, limit: DEPTH } as Parameters<Wire['query']>[1];
    const found = await wire.queryAtLeisure(collection, request);
    return new Map<PointId, number>(found.map(({ id, score }) => [id, score]));
  };
  const sparse = await nearest(TERMS, { indices: query.hashes, values: query.values });
  const dense = await nearest(MEANING, [vector]);
  // Both lists know the question as written: the entry's own scores are taken without it.
  const rest = saturated(without(written, question, weight), saturation);
  const weights = new Map(query.hashes.map((hash, i) => [hash, (query.values[i] as number) * idf(hash)]));
  const lexical = rest.indices.reduce(
    (sum, hash, i) => sum + (weights.get(hash) ?? 0) * (rest.values[i] as number),
    0,
  );
  sparse.set(own, lexical);
  dense.set(own, Math.max(-1, ...rows.filter((_, i) => i !== row).map((other) => cosine(vector, other))));
  return [{ sparse, dense, own, size: query.length }];
}

function without({ hashes, values, length }: TermVector, question: string, weight: number): TermVector {
  const { hashes: said, length: count } = analyse(question);
  const left = new Map(hashes.map((hash, i) => [hash, values[i] as number]));
  for (const hash of said.subarray(0, count)) left.set(hash >>> 0, (left.get(hash >>> 0) ?? 0) - weight);
  const kept = [...left].filter(([, tf]) => tf > 1e-6);
  return {
    hashes: kept.map(([hash]) => hash),
    values: kept.map(([, tf]) => tf),
    length: length - weight * count,
  };
}

async function idfOver(published: SourceEntry[], terms: TermSource): Promise<(hash: number) => number> {
  const holding = new Map<number, number>();
  for (const [i, { entry }] of published.entries()) {
    if (i % 50 === 0) await giveWay();
    for (const hash of terms.termsOf(entry.id, entry.language)?.hashes ?? [])
      holding.set(hash, (holding.get(hash) ?? 0) + 1);
  }
  return (hash) => {
    const df = holding.get(hash) ?? 0;
    return Math.log(1 + (published.length - df + 0.5) / (df + 0.5));
  };
}

function cosine(a: number[], b: number[]): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0;
}

function meanReciprocalRank(
  held: Held[],
  { dense: weight, floor }: { dense: number; floor: number },
): number {
  const ranks = held.map(({ sparse, dense, own, size }) => {
    const scoreOf = (id: PointId) =>
      (sparse.get(id) ?? 0) + weight * size * ((dense.get(id) ?? floor) - floor);
    const mine = scoreOf(own);
    let rank = 1;
    for (const id of new Set([...sparse.keys(), ...dense.keys()]))
      if (id !== own && scoreOf(id) >= mine) rank++;
    return rank;
  });
  return ranks.reduce((sum, rank) => sum + 1 / rank, 0) / ranks.length;
}
