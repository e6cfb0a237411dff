import type { Operations } from '../api.d.ts';
import { ApiError, asApiError, errorFrom } from './error.ts';

export type Operation = keyof Operations;
export type Answer<K extends Operation> = Operations[K]['response'];
export type Input<K extends Operation> = Pick<
  Operations[K],
  Extract<keyof Operations[K], 'params' | 'query' | 'body'>
>;

interface Options {
  /** One per intended write: the same one again when the write is repeated, so that nothing is doubled. */
  clientId?: string;
  signal?: AbortSignal;
}

/** What every call carries; set by the session and the language switch. */
export const wire = {
  csrfToken: '',
  locale: 'zh-CN',
  /** Called when the server no longer knows the session. */
  onSignedOut: () => {},
};

const TIMEOUT_MS = 20_000;
/** Pauses before a write without an answer is repeated by itself, in milliseconds. */
const AGAIN_MS = [400, 1500];

/** One request. @throws ApiError, `network` when no answer came */
export async function call<K extends Operation>(
  operation: K,
  input: Input<K>,
  options: Options = {},
): Promise<Answer<K>> {
  const [method = 'GET'] = operation.split(' ');
  // Without a client id a repeat could do it twice: only reads and marked writes are tried again.
  const pauses = method === 'GET' || options.clientId ? AGAIN_MS : [];
  for (const pause of pauses) {
    try {
      return await once(operation, input, options);
    } catch (error) {
      if (asApiError(error).code !== 'network' || options.signal?.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return once(operation, input, options);
}

async function once<K extends Operation>(
  operation: K,
  input: Input<K>,
  { clientId, signal }: Options,
): Promise<Answer<K>> {
  const [method = 'GET'] = operation.split(' ');
  const { params, query, body } = input as { params?: object; query?: object; body?: unknown };
  const headers: Record<string, string> = { 'accept-language': wire.locale };
  if (body !== undefined) headers['content-type'] = body instanceof Blob ? body.type : 'application/json';
  if (method !== 'GET') headers['x-csrf-token'] = wire.csrfToken;
  if (clientId) headers['x-client-id'] = clientId;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(addressOf(operation, params, query), {
      method,
      headers,
      body: body === undefined ? null : body instanceof Blob ? body : JSON.stringify(body),
      cache: 'no-store',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    answer = parsed(await response.text());
  } catch (error) {
    throw new ApiError('network', String(error));
  }
  if (response.ok) return answer as Answer<K>;
  const error = errorFrom(response.status, answer);
  if (error.code === 'unauthenticated') wire.onSignedOut();
  throw error;
}

/** A proxy's own error page is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `GET /api/v1/tickets/:id` with its parts filled in; absent query fields are left out. */
export function addressOf(operation: string, params: object = {}, query: object = {}): string {
  const [, path = ''] = operation.split(' ');
  const given = params as Record<string, unknown>;
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(given[name])));
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
  );
  return search.size > 0 ? `${filled}?${search}` : filled;
}

/** A new intended write. `crypto.randomUUID` is missing where the page came by plain http from another machine. */
export function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
