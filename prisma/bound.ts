import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';

/**
 * A Prisma client whose queries run on one given connection, and so take part in the transaction that is
 * open on it. What Prisma itself wraps in a transaction (nested writes) becomes a savepoint.
 */
export function boundPrisma(client: pg.ClientBase): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg(new BoundPool(client)) });
}

/** Stands in for the pool that the adapter expects; it never opens a connection. */
class BoundPool extends pg.Pool {
  readonly #client: pg.ClientBase;

  constructor(client: pg.ClientBase) {
    super({ max: 1 });
    this.#client = client;
    // pg.Pool overloads these; the adapter calls the promise form only.
    this.query = ((config: pg.QueryConfig, values?: unknown[]) =>
      client.query(config, values)) as typeof this.query;
    this.connect = (async () => savepointed(this.#client)) as typeof this.connect;
  }
}

let savepoints = 0;

/** The connection as Prisma's transactions see it: BEGIN, COMMIT and ROLLBACK act on a savepoint. */
function savepointed(client: pg.ClientBase): pg.PoolClient {
  const name = `prisma_${++savepoints}`;
  const instead: Record<string, string> = {
    BEGIN: `SAVEPOINT ${name}`,
    COMMIT: `RELEASE SAVEPOINT ${name}`,
    ROLLBACK: `ROLLBACK TO SAVEPOINT ${name}`,
  };
  return {
    query: (config: pg.QueryConfig, values?: unknown[]) =>
      client.query({ ...config, text: instead[config.text] ?? config.text }, values),
    on() {},
    removeListener() {},
    release() {},
  } as unknown as pg.PoolClient;
}
