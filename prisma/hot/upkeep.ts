import type { Sql } from '../sql.ts';

const monthsAhead = 3;

/** Makes the partitions of this month and the next three, where they are missing. Returns how many it made. */
export async function ensurePartitions(sql: Sql, now: Date): Promise<number> {
  const text = 'SELECT yingda_ensure_partitions($1, $2) AS made';
  return (await sql.query<{ made: number }>({ text, values: [now, monthsAhead] })).rows[0]?.made ?? 0;
}

const keyDays = 30;
const pruneText = `
WITH keys AS (DELETE FROM inbound_key WHERE created_at < $1),
  writes AS (DELETE FROM client_write WHERE created_at < $1)
DELETE FROM resume_key WHERE expires_at < $2`;

/** Forgets inbound keys and console writes of more than 30 days ago, and resume keys that have run out. */
export async function prune(sql: Sql, now: Date): Promise<void> {
  await sql.query({ text: pruneText, values: [new Date(now.getTime() - keyDays * 24 * 3_600_000), now] });
}
