import { randomBytes } from 'node:crypto';
import {
  closeSync,
  linkSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** What DATA_DIR/cluster.json (0600) knows of its cluster: by `identifier` we tell ours from any other. */
export interface ClusterRecord {
  password: string;
  port?: number;
  /** PostgreSQL's system identifier, decimal. */
  identifier?: string;
}

export const DATABASE = 'yingda';
export const USER = 'yingda';

const fileOf = (dataDir: string) => path.join(dataDir, 'cluster.json');

export function readRecord(dataDir: string): ClusterRecord | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as ClusterRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Of two processes that start at the same instant both end with the same password: link() succeeds once. */
export function createRecord(dataDir: string): ClusterRecord {
  const draft = writeDraft(dataDir, { password: randomBytes(24).toString('base64url') });
  try {
    linkSync(draft, fileOf(dataDir));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readRecord(dataDir) as ClusterRecord;
}

export function updateRecord(dataDir: string, change: Partial<ClusterRecord>): ClusterRecord {
  const record = { ...(readRecord(dataDir) as ClusterRecord), ...change };
  renameSync(writeDraft(dataDir, record), fileOf(dataDir));
  return record;
}

function writeDraft(dataDir: string, record: ClusterRecord): string {
  const draft = `${fileOf(dataDir)}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600, flush: true });
  return draft;
}

/** The first eight bytes of pg_control: readable without a server (PostgreSQL, src/include/catalog/pg_control.h). */
export function identifierOnDisk(cluster: string): string {
  const bytes = Buffer.alloc(8);
  const file = openSync(path.join(cluster, 'global', 'pg_control'), 'r');
  readSync(file, bytes, 0, 8, 0);
  closeSync(file);
  return bytes.readBigUInt64LE().toString();
}

/** sslmode stands in it because a PGSSLMODE in the caller's shell, meant for another server, would count otherwise. */
export function urlOf(record: ClusterRecord, port: number, database: string = DATABASE): string {
  return `postgresql://${USER}:${record.password}@127.0.0.1:${port}/${database}?sslmode=disable`;
}
