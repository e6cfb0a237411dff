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
  /** Quiet hours hold it back until then; replies go past it. */
  notBefore?: Date | undefined;
  /** Sent again by a colleague, after it had failed. */
  late?: boolean;
  /** What it is part of: while that is paused it waits, and replies go past it. */
  broadcastId?: string | null | undefined;
}

const queueText = `
WITH d AS (
  INSERT INTO delivery (id, address_id, conversation_id, seq, by_bot, epoch, class, payload, not_before, late, broadcast_id, next_at, created_at)
  SELECT *, $12::timestamptz, $12::timestamptz FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bool[], $6::int[], $7::text[], $8::jsonb[], $9::timestamptz[], $10::bool[], $11::uuid[])
  RETURNING address_id
)
INSERT INTO lane (address_id, due_at) SELECT DISTINCT address_id, $12::timestamptz FROM d ORDER BY address_id
ON CONFLICT (address_id) DO UPDATE SET due_at = least(lane.due_at, $12)`;

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
    (d) => d.notBefore ?? null,
    (d) => d.late ?? false,
    (d) => d.broadcastId ?? null,
  );
  await sql.query({ name: 'queue', text: queueText, values: [...values, now] });
}

const claimText = `
UPDATE lane SET due_at = NULL, lease_until = $2, lease_token = $3 FROM address a
WHERE a.id = lane.address_id AND lane.address_id IN (
  SELECT l.address_id FROM lane l JOIN address b ON b.id = l.address_id
  WHERE ((l.lease_until IS NULL AND l.due_at <= $1) OR l.lease_until <= $1) AND b.channel_account_id <> ALL($5::text[])
  ORDER BY l.due_at NULLS FIRST LIMIT $4 FOR UPDATE OF l SKIP LOCKED
) RETURNING lane.address_id AS "addressId", a.channel_account_id AS account`;

export interface ClaimedLane {
  addressId: string;
  account: string;
}

/**
 * Leases lanes that are due, and those whose lease has run out because its process died; none of the accounts in
 * `except`. Holds no row lock once it returns. A leased lane isn't due: what is queued meanwhile makes it so again, for
 * whoever releases it to find.
 */
export async function claimLanes(
  sql: Sql,
  lease: { now: Date; until: Date; token: string },
  limit: number,
  except: string[] = [],
): Promise<ClaimedLane[]> {
  const values = [lease.now, lease.until, lease.token, limit, except];
  type Row = ClaimedLane & Record<string, unknown>;
  return (await sql.query<Row>({ name: 'claim-lanes', text: claimText, values })).rows;
}

const renewText = `UPDATE lane SET lease_until = $3 WHERE address_id = $1 AND lease_token = $2`;

/** Keeps a lane that is still being sent from: nobody else may take it up meanwhile. */
export async function renewLane(sql: Sql, addressId: string, token: string, until: Date): Promise<void> {
  await sql.query({ name: 'renew-lane', text: renewText, values: [addressId, token, until] });
}

export interface HeadRow extends DeliveryRow {
  state: 'queued' | 'sending';
  attempts: number;
  maybeRepeated: boolean;
  nextAt: Date;
  createdAt: Date;
  /** Its age counts from here: what it was held back for is left out. */
  triedFrom: Date;
  account: string;
  sealed: Buffer;
  /** Why the platform refuses this address. */
  mark: string | null;
  optedOut: boolean;
  /** With its broadcast. */
  cancelled: boolean | null;
  /** The pace of this address. */
  pacedUntil: Date | null;
}

const ofBroadcasts = `delivery d LEFT JOIN broadcast b ON b.id = d.broadcast_id`;
const unsent = `d.state IN ('queued', 'sending') AND b.state IS DISTINCT FROM 'paused'`;
const ready = (now: string) => `(d.not_before IS NULL OR d.not_before <= ${now})`;

const headText = `SELECT d.id, d.address_id AS "addressId", d.conversation_id AS "conversationId", d.seq, d.by_bot AS "byBot", d.epoch,
  d.class, d.payload, d.state, d.attempts, d.maybe_repeated AS "maybeRepeated", d.next_at AS "nextAt", d.created_at AS "createdAt",
  a.channel_account_id AS account, a.value_sealed AS sealed, a.mark, a.opted_out_at IS NOT NULL AS "optedOut",
  coalesce(d.tried_from, d.not_before, d.created_at) AS "triedFrom",
  l.paced_until AS "pacedUntil", b.state = 'cancelled' AS cancelled
FROM ${ofBroadcasts} JOIN address a ON a.id = d.address_id JOIN lane l ON l.address_id = d.address_id
WHERE d.address_id = $1 AND ${unsent} AND ${ready('$2')} ORDER BY d.position LIMIT 1`;

/** The head of a leased lane; the only delivery of its address that may be in flight. */
export async function head(sql: Sql, addressId: string, now: Date): Promise<HeadRow | undefined> {
  const statement = { name: 'head', text: headText, values: [addressId, now] };
  return (await sql.query<HeadRow & Record<string, unknown>>(statement)).rows[0];
}

const holdBackText = `UPDATE delivery d SET not_before = $3,
  tried_from = coalesce(d.tried_from, d.not_before, d.created_at) + ($3::timestamptz - $2::timestamptz)
FROM conversation c WHERE d.id = $1 AND d.state IN ('queued', 'sending') AND c.id = d.conversation_id AND c.audience = 'customer'`;

/** Holds a head back until then, without growing older; false where it goes to a colleague, whom nothing is held back from. */
export async function holdBack(sql: Sql, id: string, now: Date, until: Date): Promise<boolean> {
  const held = await sql.query({ name: 'hold-back', text: holdBackText, values: [id, now, until] });
  return held.rowCount === 1;
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
  | { state: 'dead' | 'superseded' | 'suppressed'; error: string }
  | { state: 'queued'; error: string; nextAt: Date; uncertain?: true };

const endText = `UPDATE delivery SET state = $2, external_id = coalesce($3, external_id), error = $4, next_at = coalesce($5, next_at),
  maybe_repeated = maybe_repeated OR $7,
  ended_at = CASE WHEN $2 = 'queued' THEN NULL ELSE $6::timestamptz END WHERE id = $1 AND state IN ('queued', 'sending')`;

/**
 * Records how an attempt ended. `queued` puts it back to the head of its lane until `nextAt`; `uncertain` says that
 * this attempt may have arrived, so that the next one may be a repeat.
 */
export async function endSending(sql: Sql, id: string, ended: Ended, now: Date): Promise<void> {
  const externalId = ended.state === 'sent' ? ended.externalId : null;
  const error = ended.state === 'sent' ? null : ended.error;
  const nextAt = ended.state === 'queued' ? ended.nextAt : null;
  await sql.query({
    name: 'end-sending',
    text: endText,
    values: [id, ended.state, externalId, error, nextAt, now, 'uncertain' in ended],
  });
}

// Where a delivery is being queued at this moment, the row is waited for and read again, but the deliveries are those
// of before: without the row's own due_at the new one would lie there for ever.
const releaseText = `
UPDATE lane SET lease_until = NULL, lease_token = NULL, paced_until = coalesce($4, paced_until), due_at = least(due_at, greatest($5::timestamptz, coalesce(
  (SELECT d.next_at FROM ${ofBroadcasts} WHERE d.address_id = $1 AND ${unsent} AND ${ready('$3')} ORDER BY d.position LIMIT 1),
  (SELECT min(d.not_before) FROM ${ofBroadcasts} WHERE d.address_id = $1 AND ${unsent}))))
WHERE address_id = $1 AND lease_token = $2`;

/** How a lane is given back: what it used of its pace, and when the pace lets it go on. */
export interface Released {
  token: string;
  now: Date;
  pacedUntil?: Date | undefined;
  notBefore?: Date | undefined;
}

/** Gives a lane back, due when its head is; with nothing left it rests. */
export async function releaseLane(sql: Sql, addressId: string, released: Released): Promise<void> {
  const { token, now, pacedUntil = null, notBefore = null } = released;
  const values = [addressId, token, now, pacedUntil, notBefore];
  await sql.query({ name: 'release-lane', text: releaseText, values });
}
