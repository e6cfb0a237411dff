import type { Client } from 'pg';

/** One line of `_prisma_migrations` that isn't marked as rolled back. */
export interface Row {
  id: string;
  name: string;
  checksum: string;
  finished: boolean;
  logs: string | null;
}

const TABLE = 'public._prisma_migrations';

/** Column for column what Prisma makes (schema-engine, sql-schema-connector, `create_migrations_table`). */
export async function ensureBook(client: Client): Promise<void> {
  await client.query(`CREATE TABLE IF NOT EXISTS ${TABLE} (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`);
}

export async function readBook(client: Client): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    `SELECT id, migration_name AS name, checksum, finished_at IS NOT NULL AS finished, logs
       FROM ${TABLE} WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`,
  );
  return rows;
}

export async function startRow(client: Client, id: string, name: string, checksum: string): Promise<void> {
  await client.query(`INSERT INTO ${TABLE} (id, checksum, migration_name) VALUES ($1, $2, $3)`, [
    id,
    checksum,
    name,
  ]);
}

/** SQL, not a call: it travels in the same simple query as the migration. `id` is our own UUID. */
export function finishRow(id: string): string {
  return `UPDATE ${TABLE} SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = '${id}'`;
}

export async function failedRow(client: Client, id: string, logs: string): Promise<void> {
  await client.query(`UPDATE ${TABLE} SET logs = $2 WHERE id = $1`, [id, logs]);
}

export async function rollBackRow(client: Client, id: string): Promise<void> {
  await client.query(`UPDATE ${TABLE} SET rolled_back_at = now() WHERE id = $1`, [id]);
}
