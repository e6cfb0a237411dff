import type { Sql } from '../sql.ts';

/** Why a delivery was suppressed that its broadcast took along. */
export const BROADCAST_CANCELLED = 'broadcast cancelled';

const suppressText = `UPDATE delivery SET state = 'suppressed', error = '${BROADCAST_CANCELLED}', ended_at = $2
WHERE broadcast_id = $1 AND state = 'queued'`;

/** Suppresses what a cancelled broadcast has queued. What is being sent may still arrive; it is not tried again. */
export async function suppressBroadcast(sql: Sql, id: string, now: Date): Promise<void> {
  await sql.query({ name: 'suppress-broadcast', text: suppressText, values: [id, now] });
}

// In the order of the addresses, as whoever queues takes them.
const wakeText = `
WITH d AS (
  UPDATE delivery SET tried_from = $2 WHERE broadcast_id = $1 AND state IN ('queued', 'sending') RETURNING address_id
), l AS (
  SELECT address_id FROM lane WHERE address_id IN (SELECT address_id FROM d) ORDER BY address_id FOR UPDATE
)
UPDATE lane SET due_at = least(due_at, $2) WHERE address_id IN (SELECT address_id FROM l)`;

/** Makes the lanes due in which a paused broadcast waits; the pause doesn't count as its age. */
export async function wakeBroadcast(sql: Sql, id: string, now: Date): Promise<void> {
  await sql.query({ name: 'wake-broadcast', text: wakeText, values: [id, now] });
}

const unsentText = `SELECT count(*)::int AS n FROM delivery d JOIN broadcast b ON b.id = d.broadcast_id
WHERE d.broadcast_id IS NOT NULL AND d.state IN ('queued', 'sending') AND b.account_id = $1 AND b.state <> 'paused'`;

/** How many deliveries of an account's broadcasts are queued and not sent; those of paused ones wait for no channel. */
export async function unsentOfBroadcasts(sql: Sql, account: string): Promise<number> {
  const statement = { name: 'unsent-of-broadcasts', text: unsentText, values: [account] };
  return (await sql.query<{ n: number }>(statement)).rows[0]?.n ?? 0;
}
