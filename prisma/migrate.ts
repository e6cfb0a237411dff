import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { DatabaseError, type DatabaseLog } from './errors.ts';
import {
  ensureBook,
  failedRow,
  finishRow,
  type Row,
  readBook,
  rollBackRow,
  startRow,
} from './migration-book.ts';
import { type Migration, readMigrations } from './migration-files.ts';

/** The same number as Prisma's own (schema-engine, `acquire_lock`), so that `prisma migrate deploy` waits for us and we for it. */
const PRISMA_LOCK = 72707369;
/** A migration that waits longer than this for a table would make everybody queue behind it. */
const LOCK_TIMEOUT = '5s';
/** Another process migrates: we wait this long, then say so. */
const PATIENCE_MS = 120_000;
/** Lock not available, deadlock, shutdown, crash: the script is fine and may be run again if it left nothing behind. */
const PASSING = new Set(['55P03', '40P01', '57P01', '57P02', '57P03', '57014']);

/** prisma/migrations, seen from prisma/migrate.ts as well as from dist/server.js: both lie one step below the root. */
export const MIGRATIONS = fileURLToPath(new URL('../prisma/migrations', import.meta.url));

export interface MigrateOptions {
  /** A direct connection: a pooler in transaction mode would lose the lock between statements. */
  url: string;
  dir?: string;
  log: DatabaseLog;
}

/**
 * Applies the migrations that the database doesn't have yet, in the order of their names, and records them in
 * `_prisma_migrations` as `prisma migrate deploy` does; either tool can go on where the other stopped.
 * @throws DatabaseError MIGRATION_FAILED, MIGRATION_UNFINISHED (Prisma's P3009), MIGRATION_CHANGED, MIGRATION_BUSY
 */
export async function migrate({
  url,
  dir = MIGRATIONS,
  log,
}: MigrateOptions): Promise<{ applied: string[] }> {
  const migrations = readMigrations(dir);
  const client = new Client({ connectionString: url, application_name: 'yingda migrate' });
  // A server that dies under us shows in the query that fails; unheard, the event would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    await lock(client);
    await ensureBook(client);
    const applied: string[] = [];
    for (const migration of await pending(client, migrations, log)) {
      await apply(client, migration);
      log.info({ migration: migration.name }, 'Applied a migration');
      applied.push(migration.name);
    }
    return { applied };
  } finally {
    await client.end().catch(() => {});
  }
}

/** Polls instead of waiting: a waiting statement holds a snapshot, on which CREATE INDEX CONCURRENTLY would wait for ever. */
async function lock(client: Client): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS taken', [PRISMA_LOCK]);
    if (rows[0].taken) return;
    if (performance.now() > deadline) {
      throw new DatabaseError(
        'MIGRATION_BUSY',
        'Another process has been migrating this database for two minutes.',
      );
    }
    await sleep(50);
  }
}

async function pending(client: Client, migrations: Migration[], log: DatabaseLog): Promise<Migration[]> {
  const rows = await readBook(client);
  for (const row of rows.filter(({ finished }) => !finished)) {
    const file = migrations.find(({ name }) => name === row.name);
    await settleUnfinished(client, row, file, log);
  }
  const done = new Map(rows.filter(({ finished }) => finished).map((row) => [row.name, row]));
  for (const { name, checksums } of migrations) {
    const row = done.get(name);
    if (row && !checksums.includes(row.checksum)) {
      throw new DatabaseError(
        'MIGRATION_CHANGED',
        `The migration ${name} was changed after this database had applied it. Restore its file; put changes in a new migration.`,
      );
    }
  }
  return migrations.filter(({ name }) => !done.has(name));
}

/** Without logs nobody saw it fail: the process or the server died, and a script in one transaction left nothing. */
async function settleUnfinished(client: Client, row: Row, file: Migration | undefined, log: DatabaseLog) {
  if (!row.logs && file?.atomic && file.checksums.includes(row.checksum)) {
    log.warn(
      { migration: row.name },
      'A migration was cut short by a crash and left nothing behind; applying it again',
    );
    await rollBackRow(client, row.id);
    return;
  }
  throw new DatabaseError(
    'MIGRATION_UNFINISHED',
    `The migration ${row.name} failed on this database earlier, so no further ones are applied: ${row.logs?.slice(0, 300) || 'it was cut short'}. ` +
      `Repair the database, then run "npx prisma migrate resolve --rolled-back ${row.name}" (or --applied) and start again.`,
  );
}

async function apply(client: Client, { name, checksums, sql, atomic }: Migration): Promise<void> {
  const id = randomUUID();
  await startRow(client, id, name, checksums[0] as string);
  try {
    // One simple query: PostgreSQL wraps it in a transaction unless it brings its own. Where it doesn't, the
    // record is finished in the same one, so that a crash can't come between them.
    await client.query(`RESET ALL; SET lock_timeout = '${LOCK_TIMEOUT}'`);
    await client.query(atomic ? `${sql}\n;\n${finishRow(id)}` : sql);
    if (!atomic) await client.query(finishRow(id));
  } catch (error) {
    throw await failed(client, id, name, atomic, error as Error & { code?: string });
  } finally {
    await client.query('RESET ALL').catch(() => {});
  }
}

async function failed(
  client: Client,
  id: string,
  name: string,
  atomic: boolean,
  cause: Error & { code?: string },
) {
  const again = atomic && PASSING.has(cause.code ?? '');
  const record = async () => {
    await client.query('ROLLBACK; RESET ALL');
    await failedRow(client, id, `${cause.message}${cause.code ? ` (${cause.code})` : ''}`);
    if (again) await rollBackRow(client, id);
  };
  // With the server gone the row stays as it is: unfinished, without logs.
  await record().catch(() => {});
  const busy = `The migration ${name} waited over ${LOCK_TIMEOUT} for a lock or was interrupted, and was taken back. Start again when the database is less busy.`;
  return new DatabaseError(
    again ? 'MIGRATION_BUSY' : 'MIGRATION_FAILED',
    again ? busy : `The migration ${name} failed: ${cause.message}`,
    { cause },
  );
}

export { assertServer } from './assert-server.ts';
