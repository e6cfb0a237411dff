import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { DatabaseError } from '../errors.ts';
import type { Cluster } from './cluster.ts';
import { findRunning, launch, type Postmaster } from './postmaster.ts';
import { DATABASE, updateRecord, urlOf } from './record.ts';
import { holdSessionLock, type SessionLock } from './session-lock.ts';

/** A server that accepts connections, and the lock that makes it ours. */
export interface Running extends Postmaster {
  adopted: boolean;
  lock: SessionLock;
}

/** How long a server that can't start yet is tried again. Recovery after a crash doesn't count, it may take its time. */
const GIVE_UP_MS = 120_000;
/** 57P01-03: the server goes or comes; 53300: a killed process's connections are still being cleared. */
const COMING = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  undefined,
]);

/**
 * Adopts the server that runs on the cluster or starts one, and takes the session lock. With `again` (the
 * server died under us) the port stays and every obstacle is retried.
 * @throws DatabaseError ALREADY_RUNNING, FOREIGN_SERVER, START_FAILED
 */
export async function bringUp(cluster: Cluster, again: boolean, signal: AbortSignal): Promise<Running> {
  const deadline = performance.now() + GIVE_UP_MS;
  for (let pause = 50; performance.now() < deadline; pause = Math.min(pause * 1.5, 1_000)) {
    const found = await findRunning(cluster, signal);
    const server = found ?? (await tryLaunch(cluster, again, signal));
    const lock = server && (await guard(cluster, server));
    if (server && lock) {
      if (server.port !== cluster.record.port)
        cluster.record = updateRecord(cluster.dataDir, { port: server.port });
      return { ...server, lock, adopted: found !== undefined };
    }
    cluster.log.info({}, 'The database is not ready yet; trying again');
    await sleep(pause, undefined, { signal });
  }
  throw new DatabaseError(
    'START_FAILED',
    `PostgreSQL could not be started; see ${cluster.dataDir}/postgres.log`,
  );
}

async function tryLaunch(
  cluster: Cluster,
  again: boolean,
  signal: AbortSignal,
): Promise<Postmaster | undefined> {
  try {
    return await launch(cluster, again, signal);
  } catch (error) {
    if (!again || signal.aborted) throw error;
    cluster.log.error({ err: error }, 'PostgreSQL did not start');
    return undefined;
  }
}

/** Makes sure that the server is the one of our record, and takes its lock; undefined while it isn't up. */
export async function guard(cluster: Cluster, server: Postmaster): Promise<SessionLock | undefined> {
  const foreign = () =>
    new DatabaseError(
      'FOREIGN_SERVER',
      `A PostgreSQL server that isn't ours (process ${server.pid}, port ${server.port}) runs on ${cluster.cluster}. ` +
        'Stop it first, or set DATA_DIR to another folder.',
    );
  try {
    // Advisory locks belong to a database; this one is there before ours is made.
    const lock = await holdSessionLock(urlOf(cluster.record, server.port, 'postgres'), cluster.dataDir);
    if (lock.identifier === cluster.record.identifier) return lock;
    await lock.release();
    throw foreign();
  } catch (error) {
    if (error instanceof DatabaseError) throw error;
    const { code } = error as { code?: string };
    if (COMING.has(code)) return undefined;
    throw code === '28P01' || code === '28000' ? foreign() : error;
  }
}

/**
 * The product's own database beside `postgres`, so that dumps and restores have a name to go by.
 * @returns true when it was made just now
 */
export async function ensureDatabase(cluster: Cluster, port: number): Promise<boolean> {
  const client = new Client({ connectionString: urlOf(cluster.record, port, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount) return false;
    await client.query(`CREATE DATABASE ${DATABASE}`);
    return true;
  } finally {
    await client.end();
  }
}
