import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Migration {
  /** Name of the folder, such as 20260601120000_init: the order of application. */
  name: string;
  sql: string;
  /** sha256, hex, of the file as it is, then of its LF and CRLF forms: git may have changed the line ends, as Prisma knows too. */
  checksums: string[];
  /** Runs in one transaction of PostgreSQL's making, so a failure leaves nothing behind. */
  atomic: boolean;
}

/** Errs towards "not atomic": a word in a comment only costs the comfort of an automatic second try. */
const OWN_TRANSACTION =
  /\b(commit|rollback|concurrently|vacuum|start\s+transaction|prepare\s+transaction)\b|\bbegin\s*(;|transaction|work|isolation)/i;

export function readMigrations(dir: string): Migration[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .sort()
    .map((name) => ({ name, file: path.join(dir, name, 'migration.sql') }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, file }) => {
      const sql = readFileSync(file, 'utf8');
      return { name, sql, checksums: checksums(sql), atomic: !OWN_TRANSACTION.test(sql) };
    });
}

function checksums(sql: string): string[] {
  const unix = sql.replaceAll('\r\n', '\n');
  return [sql, unix, unix.replaceAll('\n', '\r\n')].map((text) =>
    createHash('sha256').update(text).digest('hex'),
  );
}
