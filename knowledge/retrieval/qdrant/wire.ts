import type { QdrantClient, Schemas } from '@qdrant/js-client-rest';
import { z } from 'zod';
import { RetrieverError, type RetrieverFault, untilAborted } from '../retriever.ts';

export type Filter = Schemas['Filter'];
export type PointStruct = Schemas['PointStruct'];
export type QueryRequest = Schemas['QueryRequest'];
export type CreateCollection = Schemas['CreateCollection'];

/** Ours are all UUIDs; numbers are somebody else's. */
export type PointId = string | number;

export type WireOptions = {
  /** With its port if it isn't 6333, and its path if a proxy gives it one. */
  url: string;
  apiKey?: string | undefined;
  /** Patience with a question, ms. */
  queryMs?: number;
  /** Patience with everything else, ms. */
  writeMs?: number;
};

const payload = z.record(z.string(), z.unknown()).nullish();
const id = z.union([z.string(), z.number()]);
const found = z.object({ points: z.array(z.object({ id, score: z.number(), payload })) });
const record = z.object({ id, payload, vector: z.unknown().optional() });
const scrolled = z.object({ points: z.array(record), next_page_offset: id.nullish() });
const aliases = z.object({
  aliases: z.array(z.object({ alias_name: z.string(), collection_name: z.string() })),
});
const collections = z.object({ collections: z.array(z.object({ name: z.string() })) });
const info = z.object({ config: z.object({ metadata: payload }) });

/** Every request that we make of Qdrant. All of them throw RetrieverError and nothing else. */
export class Wire {
  readonly #asking: QdrantClient;
  readonly #writing: QdrantClient;

  private constructor(asking: QdrantClient, writing: QdrantClient) {
    this.#asking = asking;
    this.#writing = writing;
  }

  /** Loads the client (a quarter of a second) and opens nothing yet. */
  static async open({ url, apiKey, queryMs = 300, writeMs = 30_000 }: WireOptions): Promise<Wire> {
    const { QdrantClient } = await import('@qdrant/js-client-rest');
    const { protocol, hostname, pathname } = new URL(url);
    // The client reads neither the path of a URL nor a port that is the scheme's own.
    const port = Number(/^https?:\/\/[^/?#]*:(\d+)/.exec(url)?.[1] ?? 6333);
    const prefix = pathname.replace(/\/+$/, '');
    const common = { host: hostname, port, https: protocol === 'https:', checkCompatibility: false };
    const headers = apiKey === undefined ? {} : { 'api-key': apiKey };
    const open = (timeout: number) => new QdrantClient({ ...common, prefix, headers, timeout });
    return new Wire(open(queryMs), open(writeMs));
  }

  async query(collection: string, request: QueryRequest, signal?: AbortSignal) {
    // The client has no way to end a request early; its own time limit does.
    const answer = this.#asking.query(collection, request);
    return (await understood(signal ? untilAborted(answer, signal) : answer, found)).points;
  }

  /** The same without the hurry of a customer's question. */
  async queryAtLeisure(collection: string, request: QueryRequest) {
    return (await understood(this.#writing.query(collection, request), found)).points;
  }

  async upsert(collection: string, points: PointStruct[], updateFilter: Filter): Promise<void> {
    await understood(
      this.#writing.upsert(collection, { points, update_filter: updateFilter, wait: true }),
      z.object({ status: z.literal('completed') }),
    );
  }

  async remove(collection: string, ids: PointId[]): Promise<void> {
    await understood(this.#writing.delete(collection, { points: ids, wait: true }), z.object({}));
  }

  /** Points by id, with these fields of their payload. */
  async retrieve(collection: string, ids: string[], fields: string[], vectors: string[] = []) {
    const wanted = { ids, with_payload: fields, with_vector: vectors.length > 0 ? vectors : false };
    return understood(this.#writing.retrieve(collection, wanted), z.array(record));
  }

  /** All points, page by page. */
  async *scroll(collection: string, fields: string[], limit = 1000) {
    for (let offset: PointId | undefined; ; ) {
      const page = await understood(
        this.#writing.scroll(collection, {
          limit,
          with_payload: fields,
          ...(offset !== undefined && { offset }),
        }),
        scrolled,
      );
      yield page.points;
      if (page.next_page_offset == null) return;
      offset = page.next_page_offset;
    }
  }

  /** Creates a collection with its payload indexes, unless another process has just done so. */
  async create(name: string, config: CreateCollection, indexes: Record<string, 'keyword' | 'integer'>) {
    try {
      await understood(this.#writing.createCollection(name, config), z.literal(true));
    } catch (error) {
      if (!(await this.metadata(name))) throw error;
    }
    for (const [field_name, field_schema] of Object.entries(indexes))
      await understood(
        this.#writing.createPayloadIndex(name, { field_name, field_schema, wait: true }),
        z.object({}),
      );
  }

  /** What was noted on a collection, or undefined if there is none of this name. */
  async metadata(name: string): Promise<Record<string, unknown> | undefined> {
    if (!(await this.collections()).includes(name)) return undefined;
    return (await understood(this.#writing.getCollection(name), info)).config.metadata ?? {};
  }

  async note(name: string, metadata: Record<string, unknown>): Promise<void> {
    await understood(this.#writing.updateCollection(name, { metadata }), z.literal(true));
  }

  async collections(): Promise<string[]> {
    return (await understood(this.#writing.getCollections(), collections)).collections.map(
      ({ name }) => name,
    );
  }

  /** Which collection an alias leads to. */
  async aliased(alias: string): Promise<string | undefined> {
    const all = await understood(this.#writing.getAliases(), aliases);
    return all.aliases.find(({ alias_name }) => alias_name === alias)?.collection_name;
  }

  /** Leads an alias to another collection, in one step. */
  async point(alias: string, collection: string): Promise<void> {
    const away = (await this.aliased(alias)) ? [{ delete_alias: { alias_name: alias } }] : [];
    const actions = [...away, { create_alias: { alias_name: alias, collection_name: collection } }];
    await understood(this.#writing.updateCollectionAliases({ actions }), z.literal(true));
  }

  async drop(collection: string): Promise<void> {
    await understood(this.#writing.deleteCollection(collection), z.boolean());
  }
}

async function understood<T>(answer: Promise<unknown>, shape: z.ZodType<T>): Promise<T> {
  let value: unknown;
  try {
    value = await answer;
  } catch (error) {
    throw translated(error);
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new RetrieverError('nonsense', 'Qdrant answered something else than was asked', {
    cause: parsed.error,
  });
}

/** By what the client's errors carry, so that its classes needn't be loaded to tell them apart. */
function translated(error: unknown): RetrieverError {
  if (error instanceof RetrieverError) return error;
  const { name, status, message } = error as { name?: string; status?: number; message?: string };
  const code: RetrieverFault = codeOf(name, status);
  return new RetrieverError(code, `Qdrant: ${status ?? ''} ${message ?? 'failed'}`.replace('  ', ' '), {
    cause: error,
  });
}

function codeOf(name: string | undefined, status: number | undefined): RetrieverFault {
  if (name === 'QdrantClientTimeoutError') return 'timeout';
  if (status !== undefined) return status >= 500 || status === 429 ? 'failing' : 'refused';
  // fetch reports every broken connection so; what is not JSON is a SyntaxError or has no result.
  return name === 'TypeError' ? 'unreachable' : 'nonsense';
}
