import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DatabaseLog } from '../../prisma/errors.ts';
import { migrate } from '../../prisma/migrate.ts';
import { createEmptyDatabase, type TestDatabase } from '../setup/database.ts';
import { ask } from './host-process.ts';

const log: DatabaseLog = { info() {}, warn() {}, error() {} };
let database: TestDatabase;
let dir: string;
beforeEach(async () => {
  database = await createEmptyDatabase();
  dir = mkdtempSync(path.join(os.tmpdir(), 'yingda-migrations-'));
});
afterEach(async () => {
  rmSync(dir, { recursive: true });
  await database.drop();
});

function write(name: string, sql: string): void {
  mkdirSync(path.join(dir, name), { recursive: true });
  writeFileSync(path.join(dir, name, 'migration.sql'), sql);
}

const run = () => migrate({ url: database.url, dir, log });
const sql = (text: string) => ask(database.url, text);
const book = () => sql('SELECT * FROM _prisma_migrations ORDER BY started_at');

async function tables(): Promise<unknown[]> {
  const rows = await sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
  return rows.map(({ tablename }) => tablename).filter((name) => name !== '_prisma_migrations');
}

describe('migrations that work', () => {
  test('are applied in the order of their names and booked as Prisma books them', async () => {
    write('2_second', 'ALTER TABLE a ADD COLUMN b text;');
    write('1_first', 'CREATE TABLE a (); CREATE TABLE 应答 ();');
    expect(await run()).toEqual({ applied: ['1_first', '2_second'] });
    expect(await tables()).toEqual(['a', '应答']);
    const rows = await book();
    expect(rows.map((row) => row.migration_name)).toEqual(['1_first', '2_second']);
    expect(rows[0]).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      checksum: createHash('sha256').update('CREATE TABLE a (); CREATE TABLE 应答 ();').digest('hex'),
      started_at: expect.any(Date),
      finished_at: expect.any(Date),
      rolled_back_at: null,
      applied_steps_count: 1,
      logs: null,
    });
  });

  test('are applied once; a later start applies only what is new', async () => {
    write('1_first', 'CREATE TABLE a ();');
    await run();
    expect(await run()).toEqual({ applied: [] });
    write('2_second', 'CREATE TABLE b ();');
    expect(await run()).toEqual({ applied: ['2_second'] });
  });

  test('of three processes that start together are applied by one, while the others wait', async () => {
    write('1_first', 'CREATE TABLE a (); SELECT pg_sleep(0.3);');
    write('2_index', 'CREATE INDEX CONCURRENTLY a_index ON a ((1));');
    const outcomes = await Promise.all([run(), run(), run()]);
    expect(outcomes.flatMap(({ applied }) => applied)).toEqual(['1_first', '2_index']);
  });

  test('leave none of their settings to the next', async () => {
    write('1_first', "SET search_path = ''; CREATE TABLE public.a ();");
    write('2_second', 'CREATE TABLE b ();');
    await run();
    expect(await tables()).toEqual(['a', 'b']);
  });

  test('of a newer release may be in the database already', async () => {
    write('1_first', 'CREATE TABLE a ();');
    write('2_newer', 'CREATE TABLE b ();');
    await run();
    rmSync(path.join(dir, '2_newer'), { recursive: true });
    expect(await run()).toEqual({ applied: [] });
  });

  test('need not exist: an empty folder is no fault', async () => {
    expect(await run()).toEqual({ applied: [] });
  });
});

describe('a migration that fails half-way', () => {
  test('leaves nothing of itself, is booked with its reason, and stops all further starts until resolved', async () => {
    write('1_first', 'CREATE TABLE a ();');
    write('2_wrong', 'CREATE TABLE b (); SELECT 1/0;');
    write('3_third', 'CREATE TABLE c ();');
    await expect(run()).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringContaining('2_wrong'),
    });
    expect(await tables()).toEqual(['a']);
    expect((await book())[1]).toMatchObject({
      finished_at: null,
      rolled_back_at: null,
      applied_steps_count: 0,
      logs: 'division by zero (22012)',
    });
    const refusal = {
      code: 'MIGRATION_UNFINISHED',
      message: expect.stringMatching(/2_wrong.*division by zero/s),
    };
    await expect(run()).rejects.toMatchObject(refusal);

    // What `prisma migrate resolve --rolled-back 2_wrong` does.
    await sql("UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '2_wrong'");
    write('2_wrong', 'CREATE TABLE b ();');
    expect(await run()).toEqual({ applied: ['2_wrong', '3_third'] });
    expect(await book()).toHaveLength(4);
  });

  test('with a transaction of its own keeps what it committed, and is refused all the same', async () => {
    write('1_own', 'BEGIN; CREATE TABLE a (); COMMIT; BEGIN; CREATE TABLE b (); SELECT 1/0; COMMIT;');
    await expect(run()).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    expect(await tables()).toEqual(['a']);
    expect((await book())[0]).toMatchObject({ finished_at: null, logs: 'division by zero (22012)' });
    await expect(run()).rejects.toMatchObject({ code: 'MIGRATION_UNFINISHED' });
  });

  test('because the process died is simply applied again, since it left nothing', async () => {
    await sql('CREATE TABLE slow ()');
    write('1_long', "CREATE TABLE a (); SELECT pg_sleep(60) WHERE to_regclass('slow') IS NOT NULL;");
    const death = expect(run()).rejects.toThrow();
    await terminate('%pg_sleep(60)%');
    await death;
    expect((await book())[0]).toMatchObject({ finished_at: null, logs: null, rolled_back_at: null });
    await sql('DROP TABLE slow');
    expect(await run()).toEqual({ applied: ['1_long'] });
    expect((await book())[0]).toMatchObject({ finished_at: null, rolled_back_at: expect.any(Date) });
    expect(await tables()).toEqual(['a']);
  });

  test('because the process died, with a transaction of its own, is left for a human', async () => {
    write('1_long', 'BEGIN; CREATE TABLE a (); COMMIT; SELECT pg_sleep(60);');
    const death = expect(run()).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    await terminate('%pg_sleep(60)%');
    await death;
    await expect(run()).rejects.toMatchObject({ code: 'MIGRATION_UNFINISHED' });
  });
});

test('a migration that was changed after it was applied is refused by name', async () => {
  write('1_first', 'CREATE TABLE a ();\n');
  await run();
  write('1_first', 'CREATE TABLE a (b int);\n');
  await expect(run()).rejects.toMatchObject({
    code: 'MIGRATION_CHANGED',
    message: expect.stringContaining('1_first'),
  });
});

test('line ends that git changed are no change', async () => {
  write('1_first', 'CREATE TABLE a\n();\n');
  await run();
  write('1_first', 'CREATE TABLE a\r\n();\r\n');
  expect(await run()).toEqual({ applied: [] });
});

test('a migration waits at most 5 s for a table in use, is taken back, and works at the next start', async () => {
  write('1_first', 'CREATE TABLE a ();');
  await run();
  const reader = new Client({ connectionString: database.url });
  await reader.connect();
  await reader.query('BEGIN; SELECT * FROM a');
  write('2_second', 'CREATE TABLE b (); ALTER TABLE a ADD COLUMN c int;');
  const began = performance.now();
  await expect(run()).rejects.toMatchObject({ code: 'MIGRATION_BUSY' });
  expect(performance.now() - began).toBeGreaterThan(4_900);
  expect(performance.now() - began).toBeLessThan(15_000);
  expect(await tables()).toEqual(['a']);
  await reader.end();
  expect(await run()).toEqual({ applied: ['2_second'] });
});

/** Ends the connection that runs such a statement, as the death of its process or server would. */
async function terminate(like: string): Promise<void> {
  for (;;) {
    const hit = await ask(
      database.url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE query LIKE $1 AND state = 'active' AND pid <> pg_backend_pid() AND datname = current_database()`,
      [like],
    );
    if (hit.length) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
