import { setImmediate as giveWay } from 'node:timers/promises';
import type { Saturation } from '../entry.ts';
import { type Embedder, RetrieverError } from '../retriever.ts';
import {
  contentOf,
  notNewerThan,
  pointId,
  pointOf,
  type SourceEntry,
  saturated,
  type TermSource,
  textsOf,
} from './points.ts';
import type { PointId, PointStruct, Wire } from './wire.ts';

/** How many points were repaired; `waiting`: this process has yet to take the entry up itself. */
export type Repaired = { missing: number; stale: number; surplus: number; waiting: number };

export type FillerParts = {
  wire: Wire;
  terms: TermSource;
  embedder: Embedder | undefined;
  version: string;
  saturation: Saturation;
  read(ids?: string[]): Promise<SourceEntry[]>;
  /** Whether the process ends: a batch in hand is finished, no other begun. */
  stopping(): boolean;
};

type Stored = { revision: number; content: string };

/** Entries looked at between two questions. */
const AT_ONCE = 50;
const BATCH = 64;
/** Vectors of meaning are long: more of them would hold up a customer's question while they are written out. */
const DENSE_BATCH = 8;

/** Makes a collection hold what the database holds, touching nothing that is right already. */
export class Filler {
  readonly #parts: FillerParts;

  constructor(parts: FillerParts) {
    this.#parts = parts;
  }

  /** Of these entries only, or of all. */
  async repair(collection: string, ids?: string[]): Promise<Repaired> {
    // Points first, database second: what another process has just written is then in both.
    const stored = await this.#stored(collection, ids);
    const wanted = new Map<PointId, SourceEntry>();
    for (const source of await this.#parts.read(ids)) wanted.set(pointId(source.entry.id), source);
    const repaired = { missing: 0, stale: 0, surplus: 0, waiting: 0 };
    const due: SourceEntry[] = [];
    let seen = 0;
    for (const [id, source] of wanted) {
      if (++seen % AT_ONCE === 0) await giveWay();
      const verdict = this.#verdict(stored.get(id), source);
      if (verdict === undefined) continue;
      repaired[verdict]++;
      if (verdict !== 'waiting') due.push(source);
    }
    await this.#write(collection, due);
    const surplus = [...stored.keys()].filter((id) => !wanted.has(id));
    if (surplus.length > 0) await this.#parts.wire.remove(collection, surplus);
    return { ...repaired, surplus: surplus.length };
  }

  #verdict(stored: Stored | undefined, source: SourceEntry): 'missing' | 'stale' | 'waiting' | undefined {
    const { entry, revision, state } = source;
    const right = stored && (stored.revision > revision || stored.content === contentOf(source));
    if (right) return undefined;
    if (state === 'published' && !this.#parts.terms.termsOf(entry.id, entry.language)) return 'waiting';
    return stored ? 'stale' : 'missing';
  }

  async #stored(collection: string, ids: string[] | undefined): Promise<Map<PointId, Stored>> {
    const fields = ['revision', 'content'];
    const { wire } = this.#parts;
    const pages = ids
      ? [await wire.retrieve(collection, ids.map(pointId), fields)]
      : wire.scroll(collection, fields);
    const stored = new Map<PointId, Stored>();
    for await (const page of pages) {
      for (const { id, payload } of page) {
        const { revision, content } = payload ?? {};
        // A point without its marks is older than anything.
        stored.set(id, {
          revision: typeof revision === 'number' ? revision : -1,
          content: String(content ?? ''),
        });
      }
    }
    return stored;
  }

  /** In batches of one revision each: the condition of a write holds for all its points. */
  async #write(collection: string, due: SourceEntry[]): Promise<void> {
    const byRevision = new Map<number, SourceEntry[]>();
    for (const source of due)
      byRevision.set(source.revision, [...(byRevision.get(source.revision) ?? []), source]);
    const size = this.#parts.embedder ? DENSE_BATCH : BATCH;
    for (const [revision, sources] of byRevision) {
      for (let at = 0; at < sources.length; at += size) {
        if (this.#parts.stopping()) throw new RetrieverError('aborted', 'the process ends');
        const points = await this.#points(sources.slice(at, at + size));
        await this.#parts.wire.upsert(collection, points, notNewerThan(revision));
      }
    }
  }

  async #points(sources: SourceEntry[]): Promise<PointStruct[]> {
    const { terms, embedder, version, saturation } = this.#parts;
    const texts = sources.map(({ entry, state }) =>
      state === 'published' && embedder ? textsOf(entry) : [],
    );
    const vectors =
      embedder && texts.some((some) => some.length > 0) ? await embedder.documents(texts.flat()) : [];
    let at = 0;
    return sources.map((source, i) => {
      const own = vectors.slice(at, at + (texts[i]?.length ?? 0));
      at += own.length;
      const { id, language } = source.entry;
      const known = source.state === 'published' ? terms.termsOf(id, language) : undefined;
      if (!known) return pointOf(source, { version });
      return pointOf(source, {
        ...{ version, terms: saturated(known, saturation) },
        meaning: own.length > 0 ? own : undefined,
      });
    });
  }
}
