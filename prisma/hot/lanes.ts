import type { Sql } from '../sql.ts';
import { columns } from './rows.ts';

export interface DeliveryRow {
  id: string;
  addressId: string;
  conversationId: string;
  seq: number;
  byBot: boolean;
  epoch: number;
  class: 'reply' | 'notice';
  payload: Record<string, unknown>;
}

const queueText = `
WITH d AS (
  INSERT INTO delivery (id, address_id, conversation_id, seq, by_bot, epoch, class, payload, next_at, created_at)
  SELECT * , $9::timestamptz, $9::timestamptz FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bool[], $6::int[], $7::text[], $8::jsonb[])
  RETURNING address_id
)
INSERT INTO lane (address_id, due_at) SELECT DISTINCT address_id, $9::timestamptz FROM d ORDER BY address_id
ON CONFLICT (address_id) DO UPDATE SET due_at = least(lane.due_at, $9)`;

/** Queues deliveries at the tail of their lanes, in the order given, and makes the lanes due. */
export async function queueDeliveries(sql: Sql, rows: DeliveryRow[], now: Date): Promise<void> {
  const values = columns(
    rows,
    (d) => d.id,
    (d) => d.addressId,
    (d) => d.conversationId,
    (d) => d.seq,
    (d) => d.byBot,
    (d) => d.epoch,
    (d) => d.class,
    (d) => JSON.stringify(d.payload),
  );
  await sql.query({ name: 'queue', text: queueText, values: [...values, now] });
}

const claimText = `
UPDATE lane SET lease_until = $2, lease_token = $3 WHERE address_id IN (
  SELECT address_id FROM lane WHERE due_at <= $1 AND (lease_until IS NULL OR lease_until <= $1)
  ORDER BY due_at LIMIT $4 FOR UPDATE SKIP LOCKED
) RETURNING address_id AS "addressId"`;

/** Leases lanes that are due; after a crash the lease expires by itself. Holds no row lock once it returns. */
export async function claimLanes(
  sql: Sql,
  lease: { now: Date; until: Date; token: string },
  limit: number,
): Promise<string[]> {
  const values = [lease.now, lease.until, lease.token, limit];
  const { rows } = await sql.query<{ addressId: string }>({ name: 'claim-lanes', text: claimText, values });
  return rows.map((r) => r.addressId);
}

export interface HeadRow extends DeliveryRow {
  state: 'queued' | 'sending';
  attempts: number;
  maybeRepeated: boolean;
  nextAt: Date;
  createdAt: Date;
}

const headText = `SELECT id, address_id AS "addressId", conversation_id AS "conversationId", seq, by_bot AS "byBot", epoch, class,
  payload, state, attempts, maybe_repeated AS "maybeRepeated", next_at AS "nextAt", created_at AS "createdAt"
FROM delivery WHERE address_id = $1 AND state IN ('queued', 'sending') ORDER BY position LIMIT 1`;

/** The head of a leased lane; the only delivery of its address that may be in flight. */
export async function head(sql: Sql, addressId: string): Promise<HeadRow | undefined> {
  return (
    await sql.query<HeadRow & Record<string, unknown>>({ name: 'head', text: headText, values: [addressId] })
  ).rows[0];
}

const epochText = `SELECT epoch FROM conversation WHERE id = $1 FOR SHARE`;
const startText = `UPDATE delivery SET state = 'sending', attempts = attempts + 1, maybe_repeated = maybe_repeated OR state = 'sending'
WHERE id = $1 AND state IN ('queued', 'sending') RETURNING attempts, maybe_repeated AS "maybeRepeated"`;

/**
 * Marks a head as being sent, unless its conversation has changed hands since the bot wrote it. To be run in
 * one transaction: the shared lock on the conversation makes it wait for a take-over, or the take-over for it.
 * A head found in `sending` was in flight when a process died: it may reach the customer twice, and says so.
 */
export async function startSending(sql: Sql, delivery: HeadRow) {
  if (delivery.byBot) {
    const at = await sql.query<{ epoch: number }>({
      name: 'epoch',
      text: epochText,
      values: [delivery.conversationId],
    });
    if (at.rows[0]?.epoch !== delivery.epoch) return undefined;
  }
  type Started = { attempts: number; maybeRepeated: boolean };
  return (await sql.query<Started>({ name: 'start-sending', text: startText, values: [delivery.id] }))
    .rows[0];
}

export type Ended =
  | { state: 'sent'; externalId: string }
  | { state: 'dead' | 'superseded'; error: string }
  | { state: 'queued'; error: string; nextAt: Date };

const endText = `UPDATE delivery SET state = $2, external_id = coalesce($3, external_id), error = $4, next_at = coalesce($5, next_at),
  ended_at = CASE WHEN $2 = 'queued' THEN NULL ELSE $6::timestamptz END WHERE id = $1 AND state IN ('queued', 'sending')`;

/** Records how an attempt ended. `queued` puts it back to the head of its lane until `nextAt`. */
export async function endSending(sql: Sql, id: string, ended: Ended, now: Date): Promise<void> {
  const externalId = ended.state === 'sent' ? ended.externalId : null;
  const error = ended.state === 'sent' ? null : ended.error;
  const nextAt = ended.state === 'queued' ? ended.nextAt : null;
  await sql.query({
    name: 'end-sending',
    text: endText,
    values: [id, ended.state, externalId, error, nextAt, now],
  });
}

const releaseText = `
UPDATE lane SET lease_until = NULL, lease_token = NULL,
  due_at = (SELECT next_at FROM delivery d WHERE d.address_id = $1 AND d.state IN ('queued', 'sending') ORDER BY position LIMIT 1)
WHERE address_id = $1 AND lease_token = $2`;

/** Gives a lane back, due when its head is; with nothing left it rests. */
export async function releaseLane(sql: Sql, addressId: string, token: string): Promise<void> {
  await sql.query({ name: 'release-lane', text: releaseText, values: [addressId, token] });
}
