import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import { testClock } from '../../bot/clock.ts';
import type { Route, SignedIn } from '../../bot/http/route.ts';
import { openLog } from '../../bot/open-log.ts';
import type { Role } from '../../bot/people/permissions.ts';
import { createHttpServer, type ServerOptions } from '../../bot/server.ts';

export const CSRF = 'csrf-token-of-the-test';

/** A server with these routes, on a free port of this machine; who asks is said by the header `x-role`. */
export async function openDesk(routes: readonly Route[], more: Partial<ServerOptions> = {}) {
  const dist = mkdtempSync(join(tmpdir(), 'yingda-dist-'));
  const lines: string[] = [];
  const server = createHttpServer({
    routes,
    authenticate: async (request) => signedIn(request.get('x-role')),
    transaction: () => Promise.reject(new Error('no database in this test')),
    clock: testClock('2026-06-10T10:00+08:00'),
    log: openLog({ level: 'debug', write: (line) => lines.push(line) }),
    https: false,
    mounts: [],
    upgrades: [],
    health: pass,
    dist,
    version: '0.0.0',
    ...more,
  });
  const port = await server.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    port,
    dist,
    server,
    lines,
    /** Asks as an agent unless `role` says otherwise; `null` is a visitor. */
    async ask(method: string, path: string, { role = 'agent', headers, body }: Asked = {}) {
      const response = await fetch(url + path, {
        method,
        headers: {
          ...(role && { 'x-role': role }),
          ...(role && method !== 'GET' && { 'x-csrf-token': CSRF }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const json = response.headers.get('content-type')?.startsWith('application/json');
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: json ? JSON.parse(text) : undefined,
      };
    },
    async close() {
      await server.close(200);
      rmSync(dist, { recursive: true, force: true });
    },
  };
}

interface Asked {
  role?: Role | null;
  headers?: Record<string, string>;
  body?: unknown;
}

const pass: RequestHandler = (_request, _response, next) => next();

function signedIn(role: string | undefined): SignedIn | undefined {
  if (!role) return undefined;
  const id = '018f0000-0000-7000-8000-000000001001';
  const person = { id, number: '1001', name: '李晨', role: role as Role, teamId: null, locale: 'zh-CN' };
  return { person, csrfToken: CSRF, sessionId: 's' };
}
