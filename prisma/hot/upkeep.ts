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
  writes AS (DELETE FROM client_write WHERE created_at < $1),
  shelf AS (DELETE FROM channel_shelf WHERE created_at < $1),
  parts AS (DELETE FROM delivery_part WHERE created_at < $1),
  codes AS (DELETE FROM link_code WHERE expires_at < $2)
DELETE FROM resume_key WHERE expires_at < $2`;

/** Forgets inbound keys, console writes, what channels shelved and what platforms call our sends after 30 days, and keys and codes that have run out. */
export async function prune(sql: Sql, now: Date): Promise<void> {
  await sql.query({ text: pruneText, values: [new Date(now.getTime() - keyDays * 24 * 3_600_000), now] });
}

// $1 is now; $2 how long a lease may last that another process, whose clock is ahead of ours, still holds.
const turnBackText = `
WITH turns AS (
  UPDATE conversation SET due_at = least(due_at, $1), due_since = least(due_since, $1), lease_until = least(lease_until, $2)
  WHERE due_at > $1 OR due_since > $1 OR lease_until > $2 RETURNING 1
), lanes AS (
  UPDATE lane SET due_at = least(due_at, $1), lease_until = least(lease_until, $2), paced_until = least(paced_until, $1)
  WHERE due_at > $1 OR lease_until > $2 OR paced_until > $1 RETURNING 1
), paces AS (
  DELETE FROM account_pace WHERE paced_until > $1 RETURNING 1
), deliveries AS (
  UPDATE delivery SET next_at = $1 WHERE next_at > $1 AND state IN ('queued', 'sending') RETURNING 1
), sessions AS (
  UPDATE session SET last_seen_at = least(last_seen_at, $1), created_at = least(created_at, $1)
  WHERE last_seen_at > $1 RETURNING 1
), policies AS (
  UPDATE policy_version SET activated_at = activated_at - ahead.by
  FROM (SELECT max(activated_at) - $1::timestamptz AS by FROM policy_version) AS ahead
  WHERE activated_at IS NOT NULL AND ahead.by > interval '0' RETURNING 1
)
SELECT (SELECT count(*) FROM turns) + (SELECT count(*) FROM lanes) + (SELECT count(*) FROM deliveries)
  + (SELECT count(*) FROM sessions) + (SELECT count(*) FROM policies) AS moved`;

/**
 * For a start whose clock was set back behind what the database has seen: brings to `now` what would otherwise wait
 * for the clock to come round again. Turns and deliveries are due; leases of processes that are gone end; sessions
 * count as seen just now, or an agent who left would look present; policies keep their order, with the last one in
 * force now, so that the next one activated is later. What needs no help: sign-in attempts ahead of the clock don't
 * count, tokens and resume keys only live longer, and streams go by sequence.
 * @param leasesUntil now, when no other process can be at work here
 * @returns how many rows were brought back
 */
export async function turnBack(sql: Sql, now: Date, leasesUntil: Date): Promise<number> {
  const { rows } = await sql.query<{ moved: number }>({ text: turnBackText, values: [now, leasesUntil] });
  return rows[0]?.moved ?? 0;
}
