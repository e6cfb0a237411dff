import { timingSafeEqual } from 'node:crypto';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** One thing that must be well before customers may come: the database, the knowledge, a worker. */
export interface Check {
  name: string;
  ok(): boolean | Promise<boolean>;
}

const PATIENCE_MS = 2_000;

export interface HealthOptions {
  checks: readonly Check[];
  metrics: Metrics;
  log: Log;
  /** Lets a scraper of another machine in: `Authorization: Bearer …`. Derived from the centre's secret. */
  metricsToken: string | undefined;
}

/**
 * /health/live: the process answers. /health/ready: every check is well, else 503 and which one isn't.
 * /metrics: for this machine, or with the token. A proxy on this machine is told by its forwarding headers,
 * so that figures don't reach the world through it.
 */
export function health({ checks, metrics, log, metricsToken }: HealthOptions): RequestHandler {
  const router = Router();
  router.get('/health/live', (_request, response) => void response.json({ status: 'live' }));
  router.get('/health/ready', async (_request, response) => {
    const results = await Promise.all(
      checks.map(async (check) => [check.name, await isWell(check, log)] as const),
    );
    const ready = results.every(([, well]) => well);
    response
      .status(ready ? 200 : 503)
      .set('cache-control', 'no-store')
      .json({ status: ready ? 'ready' : 'not ready', checks: Object.fromEntries(results) });
  });
  router.get('/metrics', async (request, response) => {
    if (!isLocal(request) && !hasToken(request, metricsToken)) return refuse(response);
    response.set('content-type', metrics.contentType).send(await metrics.text());
  });
  return router;
}

async function isWell(check: Check, log: Log): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  try {
    return await Promise.race([Promise.resolve(check.ok()), late]);
  } catch (error) {
    log.warn({ check: check.name, err: error }, 'A health check failed');
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function isLocal(request: Request): boolean {
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded ?? request.headers.via;
  const address = request.socket.remoteAddress ?? '';
  return forwarded === undefined && /^(::1|(::ffff:)?127\.)/.test(address);
}

function hasToken(request: Request, token: string | undefined): boolean {
  if (token === undefined) return false;
  const given = Buffer.from(request.get('authorization') ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function refuse(response: Response): void {
  response.status(403).type('text').send('figures are for this machine, or by token\n');
}
