import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { AppError } from './errors.ts';
import { type DispatchParts, dispatch } from './http/dispatch.ts';
import { errorAnswer, wantedLocale } from './http/error-answer.ts';
import type { EventStream } from './http/event-stream.ts';
import { type ApiDocument, describeApi } from './http/openapi.ts';
import { pages } from './http/pages.ts';
import { openRefusals } from './http/refusals.ts';
import type { Route } from './http/route.ts';
import { securityHeaders } from './http/security.ts';
import { checkTable } from './http/table.ts';
import type { Log } from './log.ts';

/** A channel's own routes: everything under `prefix` goes to `handler` as it is, before any of ours. */
export interface Mount {
  prefix: `/${string}`;
  handler: RequestListener;
}

export interface ServerOptions extends Omit<DispatchParts, 'streams'> {
  routes: readonly Route[];
  mounts: readonly Mount[];
  /** Each is asked in turn whether a WebSocket request is its own. */
  upgrades: readonly ((request: IncomingMessage, socket: Duplex, head: Buffer) => boolean)[];
  /** /health and /metrics, ahead of everything that could fail. */
  health: RequestHandler;
  /** The folder of the built pages. */
  dist: string;
  version: string;
}

export interface Server {
  /** Resolves with the port once requests are served; rejects with EADDRINUSE and its like. */
  listen(port: number, host?: string): Promise<number>;
  /** No new connections; idle ones are closed. */
  refuse(): void;
  /** Ends the live streams, then waits for requests in hand, at most `patienceMs`. */
  close(patienceMs: number): Promise<void>;
}

/** @throws Error when the route table has a hole, see checkTable */
export function createHttpServer(options: ServerOptions): Server {
  checkTable(options.routes);
  const streams = new Set<EventStream>();
  const app = createApp({ ...options, streams });
  const { mounts, upgrades } = options;
  const refusedBy = openRefusals(options.log);

  let refused: Promise<void> | undefined;
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    // Ours, never the caller's: an id that somebody else chooses can't be trusted in a log.
    const requestId = randomUUID();
    response.setHeader('x-request-id', requestId);
    request.headers['x-request-id'] = requestId;
    // A busy connection is closed by nobody else: its client would go on for as long as we wait for it.
    if (refused) response.setHeader('connection', 'close');
    const path = request.url ?? '/';
    const mount = mounts.find(({ prefix }) => under(path, prefix));
    if (!mount) return app(request, response);
    // Browsers at the web chat are refused for reasons of their own, such as a token of yesterday.
    if (mount.prefix.startsWith('/channels/'))
      response.once('finish', () => refusedBy(mount.prefix, response.statusCode));
    mount.handler(request, response);
  });
  const taken = new Set<Duplex>();
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    socket.on('close', () => taken.delete(socket));
    taken.add(socket);
    if (upgrades.some((take) => take(request, socket, head))) return;
    socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
  });
  // Longer than the proxies' usual 60 seconds, so that it is never we who close a connection in use.
  server.keepAliveTimeout = 65_000;

  const refuse = () => {
    refused ??= new Promise((resolve) => server.close(() => resolve()));
    return refused;
  };
  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
      }),
    refuse: () => void refuse(),
    async close(patienceMs) {
      for (const stream of [...streams]) stream.close();
      const timer = setTimeout(() => {
        server.closeAllConnections();
        // Once upgraded, a socket is no longer the server's to close.
        for (const socket of taken) socket.destroy();
      }, patienceMs);
      // What was busy when we began to refuse is kept alive after its answer; nobody else closes it.
      const idle = setInterval(() => server.closeIdleConnections(), 20);
      await refuse();
      clearInterval(idle);
      clearTimeout(timer);
    },
  };
}

function under(path: string, prefix: string): boolean {
  if (!path.startsWith(prefix)) return false;
  const next = path.charAt(prefix.length);
  return next === '' || next === '/' || next === '?';
}

function createApp(options: ServerOptions & DispatchParts): Express {
  const app = express();
  app.disable('x-powered-by');
  // A proxy on the same machine may tell the caller's address; nobody else.
  app.set('trust proxy', 'loopback');
  app.use(options.health);
  app.use(securityHeaders(options.https));
  app.use('/api', neverStored);
  let document: ApiDocument | undefined;
  app.get('/api/v1/openapi.json', (_request, response) => {
    document ??= describeApi(options.routes, options.version);
    response.json(document);
  });
  for (const route of options.routes)
    app[route.method.toLowerCase() as 'get'](route.path, dispatch(route, options));
  for (const [path, methods] of methodsByPath(options.routes)) app.all(path, onlyThese(methods));
  app.use('/api', () => {
    throw new AppError('not_found');
  });
  app.use(pages(options.dist));
  app.use(() => {
    throw new AppError('not_found');
  });
  app.use(onError(options.log));
  return app;
}

const neverStored: RequestHandler = (_request, response, next) => {
  response.set('cache-control', 'no-store');
  next();
};

function methodsByPath(routes: readonly Route[]): Map<string, string[]> {
  const found = new Map<string, string[]>([['/api/v1/openapi.json', ['GET']]]);
  for (const { path, method } of routes) found.set(path, [...(found.get(path) ?? []), method]);
  return found;
}

function onlyThese(methods: string[]): RequestHandler {
  return (_request, response) => {
    response.set('allow', methods.join(', '));
    throw new AppError('method_not_allowed');
  };
}

/** express knows an error handler by its four arguments. */
function onError(log: Log): ErrorRequestHandler {
  return (error, request, response, _next) => {
    if (response.headersSent) return void response.destroy();
    const requestId = String(response.getHeader('x-request-id'));
    const { status, body } = errorAnswer(error, wantedLocale(request), log.child({ requestId }));
    response.status(status).json(body);
  };
}
