import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../prisma/embedded/index.ts';
import type { DatabaseLog } from '../../prisma/errors.ts';
import { migrate } from '../../prisma/migrate.ts';

const PREFIX = 'yingda-test-';
// Vitest's own output shows what fails; a start's progress would only stand between it.
const log: DatabaseLog = {
  info() {},
  warn() {},
  error: (fields, text) => process.stderr.write(`${text} ${JSON.stringify(fields)}\n`),
};

declare module 'vitest' {
  interface ProvidedContext {
    /** A server for this run: `admin` may create databases, `template` holds the migrated schema. */
    database: { admin: string; template: string };
  }
}

/** One server for the whole run, one migrated template; each test file copies it (test/setup/database.ts). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL
    ? { url: process.env.TEST_DATABASE_URL, stop: async () => {} }
    : await startCluster();
  const template = `${PREFIX}${randomBytes(4).toString('hex')}`.replaceAll('-', '_');
  try {
    await run(server.url, `CREATE DATABASE ${template}`);
    await migrate({ url: withDatabase(server.url, template), log });
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('database', { admin: server.url, template });
  return async () => {
    if (process.env.TEST_DATABASE_URL) await dropAll(server.url, template);
    await server.stop();
  };
}

async function startCluster() {
  sweep();
  const dataDir = mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
  // As root the server runs as another user, who must be able to pass.
  chmodSync(dataDir, 0o711);
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    shared_buffers: '64MB',
  };
  const server = await startEmbedded({ dataDir, log, settings });
  // A run that dies without its teardown takes the server along; the folder is swept by the next run.
  const kill = () => process.kill(server.postmasterPid, 'SIGQUIT');
  process.once('exit', kill);
  const stop = async () => {
    process.off('exit', kill);
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url: server.url, stop };
}

/** Leftovers of runs that were killed: their server sees its postmaster.pid gone and ends within a minute. */
function sweep(): void {
  for (const name of readdirSync(os.tmpdir())) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (pid && !alive(pid)) rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
  }
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** On a server of somebody else's we leave nothing: neither the template nor copies that a failed test forgot. */
async function dropAll(url: string, template: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [
    template,
  ]);
  for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  await client.end();
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
