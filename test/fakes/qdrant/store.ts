import { type Filter, passes } from './filter.ts';

export type Sparse = { indices: number[]; values: number[] };
export type Vector = number[] | number[][] | Sparse;
export type Point = { id: string | number; payload: Record<string, unknown>; vector: Record<string, Vector> };

export type VectorParams = { size: number; distance: string; multivector_config?: { comparator: string } };
export type Config = {
  vectors?: Record<string, VectorParams>;
  sparse_vectors?: Record<string, { modifier?: 'none' | 'idf' | null }>;
};

export class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const isSparse = (vector: Vector): vector is Sparse => !Array.isArray(vector);
export const rows = (vector: number[] | number[][]): number[][] =>
  Array.isArray(vector[0]) ? (vector as number[][]) : [vector as number[]];

/** One collection: its points, checked against its configuration when they come. */
export class Collection {
  readonly points = new Map<string | number, Point>();
  readonly indexes = new Map<string, string>();
  metadata: Record<string, unknown> = {};
  readonly config: Config;

  constructor(config: Config) {
    this.config = config;
  }

  /** New points are inserted whatever `update_filter` says; existing ones are overwritten only if they pass it. */
  upsert(points: Point[], mode = 'upsert', updateFilter?: Filter): void {
    for (const { vector } of points) this.#check(vector);
    for (const { id, vector, payload } of points) {
      const existing = this.points.get(id);
      if (mode === 'insert_only' && existing) continue;
      if (mode === 'update_only' && !existing) continue;
      if (existing && !passes(existing, updateFilter)) continue;
      this.points.set(id, { id, vector, payload: payload ?? {} });
    }
  }

  #check(vector: Record<string, Vector>): void {
    for (const [name, value] of Object.entries(vector)) {
      if (isSparse(value)) {
        if (!this.config.sparse_vectors?.[name])
          throw new Refused(400, `Not existing vector name error: ${name}`);
        if (new Set(value.indices).size !== value.indices.length)
          throw new Refused(422, 'indices must be unique');
        if (value.indices.length !== value.values.length)
          throw new Refused(422, 'values and indices must be the same length');
        continue;
      }
      const params = this.config.vectors?.[name];
      if (!params) throw new Refused(400, `Not existing vector name error: ${name}`);
      if (Array.isArray(value[0]) && !params.multivector_config)
        throw new Refused(400, `Multi-vectors are not configured for ${name}`);
      for (const { length } of rows(value)) {
        if (length !== params.size)
          throw new Refused(400, `Vector dimension error: expected dim: ${params.size}, got ${length}`);
      }
    }
  }

  /** By id, in ascending order, as scrolling gives them. */
  sorted(): Point[] {
    return [...this.points.values()].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
  }
}

/** Collections and the aliases that lead to them. */
export class Store {
  readonly collections = new Map<string, Collection>();
  readonly aliases = new Map<string, string>();

  named(name: string): Collection {
    const found = this.collections.get(this.aliases.get(name) ?? name);
    if (!found) throw new Refused(404, `Not found: Collection \`${name}\` doesn't exist!`);
    return found;
  }

  create(name: string, config: Config): void {
    if (this.collections.has(name) || this.aliases.has(name))
      throw new Refused(409, `Wrong input: Collection \`${name}\` already exists!`);
    this.collections.set(name, new Collection(config));
  }

  drop(name: string): boolean {
    for (const [alias, target] of this.aliases) if (target === name) this.aliases.delete(alias);
    return this.collections.delete(name);
  }

  /** All or nothing: nobody sees the moment between two actions. */
  alias(actions: Record<string, Record<string, string>>[]): void {
    const next = new Map(this.aliases);
    for (const { create_alias, delete_alias, rename_alias } of actions) {
      if (delete_alias) next.delete(delete_alias.alias_name ?? '');
      if (rename_alias) throw new Refused(501, 'the stand-in does not rename aliases');
      if (!create_alias) continue;
      const { alias_name = '', collection_name = '' } = create_alias;
      if (!this.collections.has(collection_name)) throw new Refused(404, `Not found: ${collection_name}`);
      if (this.collections.has(alias_name)) throw new Refused(409, `Collection ${alias_name} already exists`);
      next.set(alias_name, collection_name);
    }
    this.aliases.clear();
    for (const [alias, target] of next) this.aliases.set(alias, target);
  }
}
