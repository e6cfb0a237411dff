import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Filter } from './filter.ts';
import { passes } from './filter.ts';
import { type Query, run } from './query.ts';
import { operationOf } from './schema.ts';
import { type Collection, type Config, type Point, Refused, Store } from './store.ts';

/** What may go wrong: no connection, no answer, status 500, not JSON, JSON of the wrong shape. */
export type Fault = 'down' | 'slow' | 'error' | 'garbage' | 'misshapen';
export type Seen = { method: string; path: string; body: Record<string, unknown>; apiKey: unknown };

// biome-ignore lint/suspicious/noExplicitAny: checked against the description before a handler sees it
type Body = any;
type Handler = (names: Record<string, string>, body: Body) => unknown;

/**
 * Qdrant for machines without Qdrant: keeps points, computes scores, and refuses with 400 whatever its own
 * description doesn't allow. An answer of ours that the description doesn't allow is a 500 and is kept in `faults`.
 */
export class FakeQdrant {
  readonly store = new Store();
  readonly requests: Seen[] = [];
  /** What was wrong with requests and answers; a test of a good client ends with none. */
  readonly faults: string[] = [];
  fault: Fault | undefined;
  /** Called before a request is answered; what it returns is waited for. */
  before: ((request: Seen) => unknown) | undefined;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  #version = 0;

  static async start(): Promise<FakeQdrant> {
    const fake = new FakeQdrant();
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The collection behind a name or an alias. */
  collection(name: string): Collection {
    return this.store.named(name);
  }

  seen(part: string): Seen[] {
    return this.requests.filter(({ path }) => path.includes(part));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', this.url);
    const text = Buffer.concat(chunks).toString();
    const body = text ? JSON.parse(text) : undefined;
    const method = request.method ?? 'GET';
    const seen = { method, path: url.pathname, body: body ?? {}, apiKey: request.headers['api-key'] };
    this.requests.push(seen);
    await this.before?.(seen);
    if (this.fault) return this.#fail(this.fault, response);
    const { status, answer } = this.#answer(method, url, body);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  #fail(fault: Fault, response: ServerResponse): void {
    // "slow" answers never: the client's patience ends it, or the end of the test.
    if (fault === 'slow') return;
    if (fault === 'down') return void response.destroy();
    if (fault === 'error')
      return void response.writeHead(500).end('{"status":{"error":"Service internal error"}}');
    if (fault === 'garbage') return void response.writeHead(200).end('<html>It works!</html>');
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"result":{"points":[{"id":"a"}]}}');
  }

  #answer(method: string, url: URL, body: unknown): { status: number; answer: unknown } {
    const refuse = (status: number, error: string) => {
      if (status === 400 || status >= 500) this.faults.push(`${method} ${url.pathname}: ${error}`);
      return { status, answer: { status: { error }, time: 0 } };
    };
    const operation = operationOf(method, url.pathname);
    const handler = operation && this.#handlers[`${method} ${operation.template}`];
    if (!operation || !handler) return refuse(404, 'no such operation here');
    const wrong = operation.request(url.searchParams, body);
    if (wrong) return refuse(400, `Format error in JSON body: ${wrong}`);
    try {
      const answer = { result: handler(operation.names, body), status: 'ok', time: 0.0001 };
      const unfit = operation.answer(JSON.parse(JSON.stringify(answer)));
      return unfit ? refuse(500, `the stand-in's own answer: ${unfit}`) : { status: 200, answer };
    } catch (error) {
      if (error instanceof Refused) return refuse(error.status, error.message);
      return refuse(500, String(error));
    }
  }

  readonly #handlers: Record<string, Handler> = {
    'GET /collections': () => ({ collections: [...this.store.collections.keys()].map((name) => ({ name })) }),
    'GET /aliases': () => ({
      aliases: [...this.store.aliases].map(([alias_name, collection_name]) => ({
        alias_name,
        collection_name,
      })),
    }),
    'POST /collections/aliases': (_, { actions }) => {
      this.store.alias(actions);
      return true;
    },
    'PUT /collections/{collection_name}': ({ collection_name: name = '' }, body) => {
      const { metadata, ...config } = body as { metadata?: Record<string, unknown> } & Config;
      this.store.create(name, config);
      this.store.named(name).metadata = metadata ?? {};
      return true;
    },
    'PATCH /collections/{collection_name}': ({ collection_name: name = '' }, { metadata }) => {
      Object.assign(this.store.named(name).metadata, metadata);
      return true;
    },
    'DELETE /collections/{collection_name}': ({ collection_name: name = '' }) => this.store.drop(name),
    'GET /collections/{collection_name}': ({ collection_name: name = '' }) => info(this.store.named(name)),
    'PUT /collections/{collection_name}/index': (
      { collection_name: name = '' },
      { field_name, field_schema },
    ) => {
      this.store.named(name).indexes.set(field_name, field_schema);
      return this.#done();
    },
    'PUT /collections/{collection_name}/points': ({ collection_name: name = '' }, body) => {
      const { points, update_mode, update_filter } = body;
      this.store.named(name).upsert(points, update_mode ?? 'upsert', update_filter);
      return this.#done();
    },
    'POST /collections/{collection_name}/points/delete': ({ collection_name: name = '' }, body) => {
      const { points, filter } = body as { points?: Point['id'][]; filter?: Filter };
      const collection = this.store.named(name);
      for (const point of collection.sorted())
        if (points ? points.includes(point.id) : passes(point, filter)) collection.points.delete(point.id);
      return this.#done();
    },
    'POST /collections/{collection_name}/points': ({ collection_name: name = '' }, body) => {
      const collection = this.store.named(name);
      return (body as { ids: Point['id'][] }).ids.flatMap((id) => {
        const point = collection.points.get(id);
        return point ? [shown(point, body)] : [];
      });
    },
    'POST /collections/{collection_name}/points/scroll': ({ collection_name: name = '' }, body) => {
      const { offset, limit = 10, filter } = body as { offset?: string; limit?: number; filter?: Filter };
      const left = this.store
        .named(name)
        .sorted()
        .filter((point) => passes(point, filter) && (offset == null || String(point.id) >= String(offset)));
      const page = left.slice(0, limit).map((point) => shown(point, body));
      return { points: page, next_page_offset: left[limit]?.id ?? null };
    },
    'POST /collections/{collection_name}/points/count': ({ collection_name: name = '' }, { filter }) => ({
      count: this.store
        .named(name)
        .sorted()
        .filter((point) => passes(point, filter)).length,
    }),
    'POST /collections/{collection_name}/points/query': ({ collection_name: name = '' }, body) => ({
      points: run(this.store.named(name), body as Query).map(({ point, score }) => ({
        ...shown(point, { with_payload: false, ...(body as object) }),
        score,
        version: this.#version,
      })),
    }),
  };

  #done() {
    return { operation_id: ++this.#version, status: 'completed' };
  }
}

type Shown = { with_payload?: boolean | string[]; with_vector?: boolean | string[] };

function shown({ id, payload, vector }: Point, { with_payload = true, with_vector = false }: Shown) {
  const pick = (all: Record<string, unknown>, wanted: boolean | string[]) => {
    if (!Array.isArray(wanted)) return wanted ? all : undefined;
    return Object.fromEntries(Object.entries(all).filter(([key]) => wanted.includes(key)));
  };
  return { id, payload: pick(payload, with_payload), vector: pick(vector, with_vector) };
}

function info({ config, points, indexes, metadata }: Collection) {
  return {
    status: 'green',
    optimizer_status: 'ok',
    points_count: points.size,
    segments_count: 1,
    config: {
      params: config,
      hnsw_config: { m: 16, ef_construct: 100, full_scan_threshold: 10_000 },
      optimizer_config: { default_segment_number: 2, flush_interval_sec: 5 },
      metadata,
    },
    payload_schema: Object.fromEntries(
      [...indexes].map(([key, data_type]) => [key, { data_type, points: points.size }]),
    ),
  };
}
