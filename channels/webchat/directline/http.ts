import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Refused, readBody } from '../../kit/webhook.ts';
import { Refusal, type WireFailure } from './errors.ts';

/** Bytes of one request's body. */
export const MAX_BODY = 64 * 1024;

/** What a handler answers. A string is JSON already; bytes come with headers of their own. */
export interface Answer {
  status: number;
  body: string | object | Buffer | undefined;
  headers?: Headers;
}

/** Reads and parses the body; an absent one is `undefined`. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readBody(request, MAX_BODY).catch((error: Refused) => {
    throw new Refusal(error.status === 413 ? 'BodyTooLarge' : 'MalformedData');
  });
  if (text.length === 0) return undefined;
  try {
    return JSON.parse(text.toString('utf8')) as unknown;
  } catch {
    throw new Refusal('MalformedData');
  }
}

/** The bearer token of a request; a Refusal without one. */
export function bearerOf(request: IncomingMessage): string {
  const header = request.headers.authorization ?? '';
  if (header.slice(0, 7).toLowerCase() !== 'bearer ') throw new Refusal('MissingToken');
  return header.slice(7).trim();
}

export type Headers = Record<string, string | number>;

export function send(response: ServerResponse, answer: Answer, cors: Headers): void {
  if (response.headersSent || response.destroyed) return;
  const { body } = answer;
  const raw = typeof body === 'string' || Buffer.isBuffer(body);
  const text = body === undefined ? '' : raw ? body : JSON.stringify(body);
  const headers: Headers = { ...cors, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  if (text) headers['content-type'] = 'application/json; charset=utf-8';
  if (answer.status !== 204) headers['content-length'] = Buffer.byteLength(text);
  Object.assign(headers, answer.headers);
  response.writeHead(answer.status, headers);
  response.end(text);
}

export function sendFailure(response: ServerResponse, failure: WireFailure, cors: Headers): void {
  const headers: Headers = { ...cors };
  if (failure.retryAfter !== undefined) headers['retry-after'] = failure.retryAfter;
  // The rest of a body that we refused to read would be taken for the next request.
  if (!response.req.complete) headers.connection = 'close';
  send(response, { status: failure.status, body: failure.body }, headers);
}

/** The same failure as the answer to a WebSocket request, which has no response object. */
export function failureAsText(failure: WireFailure): string {
  const body = JSON.stringify(failure.body);
  const lines = [
    `HTTP/1.1 ${failure.status} Refused`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  if (failure.retryAfter !== undefined) lines.push(`retry-after: ${failure.retryAfter}`);
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
