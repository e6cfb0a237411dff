import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hot } from '../../prisma/client.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { type Check, health } from '../health.ts';
import type { Log } from '../log.ts';
import { openMetrics } from '../metrics.ts';
import { createSealing } from '../people/sealing.ts';
import { masterSecret } from '../people/secret.ts';
import { ROOT } from '../root.ts';
import { createHttpServer } from '../server.ts';
import type { Centre } from './database.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Parts, Product } from './parts.ts';
import { composeProduct } from './product.ts';
import { demoLogins, type HashPassword, hashAhead, type Login, seed } from './seed.ts';

export { hashAhead };

/** Requests in hand may take this long after the last stream was closed. */
const DRAIN_MS = 5_000;
/** The longest lease there is: a lane’s. */
const LEASE_MS = 30_000;

interface Served {
  url: string;
  logins: Login[];
  version: string;
  accounts: Product['accounts'];
}

interface Base {
  db: Centre['db'];
  durable?: Centre['durable'];
  config: Config;
  clock: Clock;
  log: Log;
  hashPassword?: HashPassword | undefined;
}

/** From an open database to answered requests. */
export async function serve({ durable, hashPassword, ...base }: Base, life: Lifecycle): Promise<Served> {
  const { config, db } = base;
  const secret = await masterSecret(db.sql, { given: config.secret, production: config.production });
  const parts: Parts = { ...base, metrics: openMetrics(), sealing: createSealing(secret) };
  await seed(parts, hashPassword);
  life.step('seed');
  await turnBack(parts);
  const product = await composeProduct(parts);
  const version = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version as string;
  const server = createHttpServer({ ...serverParts(parts, product), version });
  // Stopped in reverse: no new connections, turns in hand, channels and their streams, requests in hand.
  life.onStop('requests', () => server.close(DRAIN_MS));
  life.onStop('channels', () => product.close());
  for (const worker of product.workers) {
    life.onStop(worker.name, () => worker.stop());
    await worker.start();
  }
  life.step('product');
  await durable;
  life.step('on disk');
  // Development has accounts with known passwords: only this machine may reach them, unless an address is given.
  const everywhere = config.production || config.publicUrl !== undefined;
  const port = await server.listen(config.port, everywhere ? undefined : '127.0.0.1');
  life.onStop('listening', () => server.refuse());
  product.listening();
  const url = config.publicUrl ?? `http://localhost:${port}`;
  return { url, logins: await demoLogins(parts), version, accounts: product.accounts };
}

/** YINGDA_NOW may lie before what an earlier run wrote down; the machine's own time goes on. */
async function turnBack({ config, clock, db, log }: Parts): Promise<void> {
  if (config.startAt === undefined) return;
  const now = clock.now();
  // On a server others may be at work, a little ahead of us: their leases end as after a crash.
  const leases = config.databaseUrl === undefined ? now : now + LEASE_MS;
  const rows = await hot.turnBack(db.sql, new Date(now), new Date(leases));
  if (rows > 0) log.info({ rows }, 'The clock was set back: what waited for a later time is due now');
}

function serverParts({ config, clock, log, metrics, db }: Parts, product: Product) {
  const checks: Check[] = [
    { name: 'database', ok: async () => (await db.sql.query({ text: 'SELECT 1' })).rowCount === 1 },
    ...product.checks,
    ...product.workers.map((worker) => ({ name: worker.name, ok: () => worker.running() })),
  ];
  return {
    ...{ clock, log, transaction: db.transaction, dist: join(ROOT, 'dist') },
    ...{ routes: product.routes, mounts: product.mounts, upgrades: product.upgrades },
    authenticate: product.authenticate,
    https: config.publicUrl?.startsWith('https:') ?? false,
    health: health({ checks, metrics, log, metricsToken: config.metricsToken }),
  };
}
