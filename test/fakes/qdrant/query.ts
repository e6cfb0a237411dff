import { type Filter, passes } from './filter.ts';
import { type Collection, isSparse, type Point, Refused, rows, type Sparse, type Vector } from './store.ts';

type Expression =
  | number
  | string
  | { sum: Expression[] }
  | { mult: Expression[] }
  | { neg: Expression }
  | { div: { left: Expression; right: Expression } };
type Formula = { formula: Expression; defaults?: Record<string, number> };
export type Query = {
  prefetch?: Query | Query[] | null;
  query?: Vector | { nearest: Vector } | Formula | null;
  using?: string | null;
  filter?: Filter | null;
  limit?: number | null;
  offset?: number | null;
  score_threshold?: number | null;
};
export type Scored = { point: Point; score: number };

/** `/points/query`: the prefetches first, then the query on what they found. */
export function run(collection: Collection, request: Query): Scored[] {
  const { prefetch, query, filter, limit, offset, score_threshold: floor } = request;
  const lists = prefetch ? [prefetch].flat().map((each) => run(collection, each)) : undefined;
  const candidates = lists ? union(lists) : [...collection.points.values()];
  const allowed = candidates.filter((point) => passes(point, filter));
  const scored = score(collection, request, query, allowed, lists ?? []);
  scored.sort((a, b) => b.score - a.score || (String(a.point.id) < String(b.point.id) ? -1 : 1));
  const kept = floor === undefined || floor === null ? scored : scored.filter((each) => each.score >= floor);
  return kept.slice(offset ?? 0, (offset ?? 0) + (limit ?? 10));
}

function union(lists: Scored[][]): Point[] {
  return [...new Map(lists.flat().map(({ point }) => [point.id, point])).values()];
}

function score(
  collection: Collection,
  { using }: Query,
  query: Query['query'],
  points: Point[],
  lists: Scored[][],
): Scored[] {
  if (query === null || query === undefined) throw new Refused(501, 'the stand-in needs a query');
  if (!Array.isArray(query) && 'formula' in query) return byFormula(query, points, lists);
  const wanted = !Array.isArray(query) && 'nearest' in query ? query.nearest : query;
  const name = using ?? '';
  if (Array.isArray(wanted)) return nearestDense(collection, wanted, name, points);
  if ('indices' in wanted) return nearestSparse(collection, wanted, name, points);
  throw new Refused(501, `the stand-in has no such query: ${Object.keys(query).join(', ')}`);
}

/** Dot product over shared indices; only points that share one are found. IDF over the points that have such a vector. */
function nearestSparse(collection: Collection, query: Sparse, name: string, points: Point[]): Scored[] {
  const params = collection.config.sparse_vectors?.[name];
  if (!params) throw new Refused(400, `Wrong input: Not existing vector name error: ${name}`);
  const weights = new Map(query.indices.map((index, i) => [index, query.values[i] ?? 0]));
  if (params.modifier === 'idf') {
    const all = [...collection.points.values()]
      .map(({ vector }) => vector[name])
      .filter((vector) => vector !== undefined)
      .filter(isSparse);
    const holding = new Map<number, number>();
    for (const { indices } of all)
      for (const index of indices) if (weights.has(index)) holding.set(index, (holding.get(index) ?? 0) + 1);
    for (const [index, weight] of weights) {
      const df = holding.get(index) ?? 0;
      weights.set(index, weight * Math.log(1 + (all.length - df + 0.5) / (df + 0.5)));
    }
  }
  return points.flatMap((point) => {
    const vector = point.vector[name];
    if (!vector || !isSparse(vector) || !vector.indices.some((index) => weights.has(index))) return [];
    const sum = vector.indices.reduce(
      (total, index, i) => total + (weights.get(index) ?? 0) * (vector.values[i] ?? 0),
      0,
    );
    return [{ point, score: Math.fround(sum) }];
  });
}

/** Cosine; for multi-vectors MaxSim: for each row of the query the nearest row of the point, summed. */
function nearestDense(
  collection: Collection,
  query: number[] | number[][],
  name: string,
  points: Point[],
): Scored[] {
  const params = collection.config.vectors?.[name];
  if (!params) throw new Refused(400, `Wrong input: Not existing vector name error: ${name}`);
  if (params.distance !== 'Cosine') throw new Refused(501, `the stand-in has no distance ${params.distance}`);
  for (const { length } of rows(query)) {
    if (length !== params.size)
      throw new Refused(
        400,
        `Wrong input: Vector dimension error: expected dim: ${params.size}, got ${length}`,
      );
  }
  return points.flatMap((point) => {
    const vector = point.vector[name];
    if (!vector || isSparse(vector)) return [];
    const nearest = (row: number[]) => Math.max(...rows(vector).map((other) => cosine(row, other)));
    return [{ point, score: Math.fround(rows(query).reduce((sum, row) => sum + nearest(row), 0)) }];
  });
}

function cosine(a: number[], b: number[]): number {
  const norm = Math.hypot(...a) * Math.hypot(...b);
  return norm === 0 ? 0 : a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0) / norm;
}

/** `$score[i]` is the point's score in prefetch i; where it is missing the default, which is 0 unless given. */
function byFormula({ formula, defaults = {} }: Formula, points: Point[], lists: Scored[][]): Scored[] {
  const scores = lists.map((list) => new Map(list.map((each) => [each.point.id, each.score])));
  const worth = (expression: Expression, { id }: Point): number => {
    if (typeof expression === 'number') return expression;
    if (typeof expression === 'string') {
      const match = /^\$score(?:\[(\d+)\])?$/.exec(expression);
      if (!match) throw new Refused(501, `the stand-in has no variable ${expression}`);
      return scores[Number(match[1] ?? 0)]?.get(id) ?? defaults[expression] ?? 0;
    }
    const each = (some: Expression[]) => some.map((one) => worth(one, { id } as Point));
    if ('sum' in expression) return each(expression.sum).reduce((a, b) => a + b, 0);
    if ('mult' in expression) return each(expression.mult).reduce((a, b) => a * b, 1);
    throw new Refused(501, `the stand-in has no expression ${JSON.stringify(expression)}`);
  };
  return points.map((point) => ({ point, score: Math.fround(worth(formula, point)) }));
}
