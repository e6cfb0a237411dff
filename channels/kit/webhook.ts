import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** A request that a channel does not grant; nothing was stored or done. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;

  /** @param status 400 malformed, 401 not authentic, 404 not ours, 405, 413 too large, 415 */
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The whole body. @throws Refused 413 over `limit` bytes, 400 where the connection broke */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.reject(tooLarge(limit));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        reject(tooLarge(limit));
        // Nothing more is kept; the answer closes the connection.
        chunks.length = 0;
        request.pause();
      } else chunks.push(chunk);
    });
    request.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    request.once('error', () => reject(new Refused(400, 'the request broke off')));
    // Asked first: an error captures its stack, and made for every request it was the dearest line of this path.
    request.once('close', () => {
      if (!request.readableEnded) reject(new Refused(400, 'the request broke off'));
    });
  });
}

const tooLarge = (limit: number) => new Refused(413, `at most ${limit} bytes`);

/** What a webhook answers its platform. */
export interface WebhookAnswer {
  status: number;
  type?: string;
  body?: string;
}

export interface WebhookOptions {
  /** Bytes of one request's body. */
  limit: number;
  onError(error: unknown, where: string): void;
}

/**
 * A platform's webhook: reads the body within the limit and answers what the handler says. A Refused, or a coded
 * error of the host below 500, is answered with its status; anything else with 503, so that the platform sends the
 * message again: the inbound key makes the repeat harmless.
 */
export function webhook(
  { limit, onError }: WebhookOptions,
  handle: (request: IncomingMessage, body: Buffer) => Promise<WebhookAnswer>,
): RequestListener {
  return (request, response) => {
    const work = async () => handle(request, await readBody(request, limit));
    work().then(
      (answer) => reply(response, answer),
      (error: unknown) => {
        const { status, message } = (error ?? {}) as { status?: unknown; message?: unknown };
        const known = typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
        if (known === undefined) onError(error, `${request.method} ${request.url?.split('?')[0]}`);
        // What is left of a body that we refused to read would be taken for the next request.
        if (known === 413) response.setHeader('connection', 'close');
        if (known === undefined) response.setHeader('retry-after', '2');
        reply(response, { status: known ?? 503, body: known ? String(message) : '' });
      },
    );
  };
}

function reply(
  response: ServerResponse,
  { status, type = 'text/plain; charset=utf-8', body = '' }: WebhookAnswer,
) {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}
