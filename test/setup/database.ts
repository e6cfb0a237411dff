import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A database of this test's own, with the whole schema and no rows; a copy of the run's template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { admin, template } = inject('database');
  return create(admin, `${template}_${randomBytes(6).toString('hex')}`, `TEMPLATE ${template}`);
}

/** A database without any table, for tests of what makes the tables. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const { admin, template } = inject('database');
  return create(admin, `${template}_${randomBytes(6).toString('hex')}`, 'TEMPLATE template0');
}

async function create(admin: string, name: string, clause: string): Promise<TestDatabase> {
  await run(admin, `CREATE DATABASE ${name} ${clause}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  // FORCE: a pool that a failed test left open must not keep the database.
  return { url: url.href, drop: () => run(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
