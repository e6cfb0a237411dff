import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { boundPrisma } from './bound.ts';
import { PrismaClient } from './generated/client.ts';
import type { Sql } from './sql.ts';

export { Prisma, type PrismaClient } from './generated/client.ts';
export * as hot from './hot/index.ts';
export { uuidv7 } from './id.ts';
export type { Sql } from './sql.ts';

/** One open transaction: `sql` and `prisma` speak on the same connection and are committed together. */
export interface Unit {
  sql: Sql;
  readonly prisma: PrismaClient;
  /** Runs once the transaction is committed, never if it is rolled back: hints to readers and workers. */
  afterCommit(hook: () => void): void;
}

export interface Database {
  /** For what needs no transaction. */
  prisma: PrismaClient;
  sql: Sql;
  /** Commits what `work` did, or, if it throws, nothing. `work` must not await anything but this database. */
  transaction<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
  /** A connection of its own for LISTEN and session locks, past any pooler. The caller ends it. */
  direct(): Promise<pg.Client>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  /** Where LISTEN, session locks and migrations go; the same as `url` unless a pooler stands in front. */
  directUrl?: string;
  max?: number;
  onError(error: Error): void;
}

// int8 as number: our sequences stay far below 2^53.
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === 20 ? Number : pg.types.getTypeParser(oid, format ?? 'text'),
} as pg.CustomTypesConfig;

export function openDatabase({ url, directUrl = url, max = 12, onError }: DatabaseOptions): Database {
  const pool = new pg.Pool({ connectionString: url, max, types, keepAlive: true });
  pool.on('error', onError);
  // A connection that breaks while it is checked out would otherwise end the process.
  pool.on('connect', (client) => client.on('error', onError));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const bound = new WeakMap<pg.PoolClient, PrismaClient>();

  return {
    prisma,
    sql: pool as unknown as Sql,
    transaction: (work) => inTransaction(pool, bound, work),
    async direct() {
      const client = new pg.Client({ connectionString: directUrl, types, keepAlive: true });
      client.on('error', onError);
      await client.connect();
      return client;
    },
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

async function inTransaction<T>(
  pool: pg.Pool,
  bound: WeakMap<pg.PoolClient, PrismaClient>,
  work: (unit: Unit) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const hooks: (() => void)[] = [];
  const unit: Unit = {
    sql: client as unknown as Sql,
    get prisma() {
      const own = bound.get(client) ?? boundPrisma(client);
      bound.set(client, own);
      return own;
    },
    afterCommit: (hook) => void hooks.push(hook),
  };
  let result: T;
  try {
    await client.query('BEGIN');
    result = await work(unit);
    await client.query('COMMIT');
  } catch (error) {
    // A failed ROLLBACK means a broken connection: throw it away instead of handing it to the next one.
    await client.query('ROLLBACK').then(
      () => client.release(),
      (broken: Error) => client.release(broken),
    );
    throw error;
  }
  client.release();
  for (const hook of hooks) hook();
  return result;
}
