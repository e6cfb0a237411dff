import { Client } from 'pg';
import { DatabaseError } from '../errors.ts';
import { exists } from './process.ts';

/** "Yingda" in ASCII, cut to what fits: any fixed number does, as long as every release uses the same. */
const KEY = 0x59696e67;
/** The server frees a dead process's lock when it sees the closed socket: at once, or after its current statement. */
const PATIENCE_MS = 5_000;

export interface SessionLock {
  /** The server's system identifier, decimal. */
  identifier: string;
  /** Fulfilled when the connection that holds the lock is gone, for whatever reason. */
  lost: Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes the lock "one Yingda per embedded database" on a connection of its own and keeps it while we live.
 * It belongs to the database that the url names. With an external DATABASE_URL nobody takes it: there any
 * number of processes run together.
 * @throws DatabaseError ALREADY_RUNNING when a living process holds it; pg's own errors when nobody answers
 */
export async function holdSessionLock(url: string, folder = 'this database'): Promise<SessionLock> {
  const client = new Client({
    connectionString: url,
    application_name: `yingda ${process.pid}`,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  let lose = () => {};
  const lost = new Promise<void>((resolve) => {
    lose = resolve;
  });
  client.on('error', lose);
  client.on('end', lose);
  await client.connect();
  try {
    await take(client, folder);
    const { rows } = await client.query('SELECT system_identifier::text AS id FROM pg_control_system()');
    return { identifier: rows[0].id, lost, release: () => client.end() };
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

async function take(client: Client, folder: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS taken', [KEY]);
    if (rows[0].taken) return;
    const holder = await holderOf(client);
    const alive = holder !== undefined && holder !== process.pid && exists(holder);
    if (alive || performance.now() > deadline) {
      const who = holder ? ` (process ${holder})` : '';
      throw new DatabaseError(
        'ALREADY_RUNNING',
        `Yingda is already running on ${folder}${who}. Stop it first, or set DATA_DIR to another folder.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function holderOf(client: Client): Promise<number | undefined> {
  const { rows } = await client.query(
    `SELECT a.application_name AS name FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE l.locktype = 'advisory' AND l.objid = $1 AND l.granted
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [KEY],
  );
  return Number(/^yingda (\d+)$/.exec(rows[0]?.name ?? '')?.[1]) || undefined;
}
