import type { Point } from './store.ts';

type Json = Record<string, unknown>;
type Condition = Json & {
  key?: string;
  match?: { value?: unknown; any?: unknown[]; except?: unknown[] };
  range?: Partial<Record<'lt' | 'lte' | 'gt' | 'gte', number>>;
  is_empty?: { key: string };
  is_null?: { key: string };
  has_id?: unknown[];
};
export type Filter = Partial<Record<'must' | 'should' | 'must_not', Condition | Condition[] | null>>;

const listed = <T>(value: T | T[] | null | undefined): T[] =>
  value === null || value === undefined ? [] : Array.isArray(value) ? value : [value];

/** Whether a point passes a filter, as Qdrant's documentation on filtering says. */
export function passes(point: Point, filter: Filter | null | undefined): boolean {
  if (!filter) return true;
  const [must, should, mustNot] = [listed(filter.must), listed(filter.should), listed(filter.must_not)];
  return (
    must.every((each) => holds(point, each)) &&
    (should.length === 0 || should.some((each) => holds(point, each))) &&
    !mustNot.some((each) => holds(point, each))
  );
}

function holds(point: Point, condition: Condition): boolean {
  const { key, match, range, is_empty, is_null, has_id } = condition;
  if (has_id) return has_id.includes(point.id);
  if (is_empty) return listed(point.payload[is_empty.key]).length === 0;
  if (is_null) return point.payload[is_null.key] === null;
  if (key === undefined) return passes(point, condition as Filter);
  // A list in the payload matches if one of its values does.
  const values = listed(point.payload[key]);
  if (match) return values.some((value) => matches(value, match));
  if (range) return values.some((value) => typeof value === 'number' && within(value, range));
  throw new Error(`the stand-in has no such condition: ${JSON.stringify(condition)}`);
}

function matches(value: unknown, { value: wanted, any, except }: NonNullable<Condition['match']>): boolean {
  if (any) return any.includes(value);
  if (except) return !except.includes(value);
  return value === wanted;
}

function within(value: number, { lt, lte, gt, gte }: NonNullable<Condition['range']>): boolean {
  return !(
    (lt !== undefined && !(value < lt)) ||
    (lte !== undefined && !(value <= lte)) ||
    (gt !== undefined && !(value > gt)) ||
    (gte !== undefined && !(value >= gte))
  );
}
