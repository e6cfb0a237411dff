import { hot, type Sql, uuidv7 } from '../../prisma/client.ts';
import { type Why, whyText } from './why.ts';

export interface UndeliveredRow {
  id: string;
  conversationId: string;
  account: string;
  accountName: string;
  text: string;
  error: string;
  why: Why;
  class: 'reply' | 'notice';
  attempts: number;
  createdAt: Date;
  endedAt: Date;
  resentAt: Date | null;
  [column: string]: unknown;
}

/** Which of them; what is left out is not asked for. */
export interface Which {
  account?: string | undefined;
  why?: Why | undefined;
  class?: 'reply' | 'notice' | undefined;
  broadcast?: string | undefined;
}

const failed = `(d.state = 'dead' OR d.receipt = 'failed')`;
const whichText = `FROM delivery d JOIN address a ON a.id = d.address_id JOIN channel_account ca ON ca.id = a.channel_account_id
WHERE ${failed} AND ($1::text IS NULL OR ca.id = $1) AND ($2::text IS NULL OR ${whyText} = $2)
  AND ($3::text IS NULL OR d.class = $3) AND ($4::uuid IS NULL OR d.broadcast_id = $4)`;
const valuesOf = (which: Which) =>
  [which.account, which.why, which.class, which.broadcast].map((value) => value ?? null);

const listText = `SELECT d.id, d.conversation_id AS "conversationId", ca.id AS account, ca.name AS "accountName",
  coalesce(nullif(d.payload ->> 'text', ''), d.payload -> 'card' ->> 'title', '') AS text,
  coalesce(d.error, d.receipt, '') AS error, ${whyText} AS why, d.class, d.attempts, d.created_at AS "createdAt",
  coalesce(d.ended_at, d.created_at) AS "endedAt", d.resent_at AS "resentAt"
${whichText} AND ($5::timestamptz IS NULL OR (d.ended_at, d.id) < ($5, $6::uuid))
ORDER BY d.ended_at DESC, d.id DESC LIMIT $7`;

/** Deliveries that ended dead, or that the platform reported as failed, the newest first. */
export async function undelivered(
  sql: Sql,
  which: Which,
  after: { at: Date; id: string } | undefined,
  limit: number,
): Promise<UndeliveredRow[]> {
  const values = [...valuesOf(which), after?.at ?? null, after?.id ?? null, limit];
  return (await sql.query<UndeliveredRow>({ name: 'undelivered', text: listText, values })).rows;
}

// What a cancelled broadcast had not sent is not sent by anybody.
const open = `d.resent_at IS NULL AND NOT EXISTS (SELECT FROM broadcast b WHERE b.id = d.broadcast_id AND b.state = 'cancelled')`;
const countText = `SELECT count(*)::int AS n ${whichText} AND ${open}`;
const idsText = `SELECT d.id ${whichText} AND ${open} ORDER BY d.position LIMIT $5`;

/** How many of these can be sent again. */
export async function resendable(sql: Sql, which: Which): Promise<number> {
  const statement = { name: 'resendable', text: countText, values: valuesOf(which) };
  return (await sql.query<{ n: number }>(statement)).rows[0]?.n ?? 0;
}

/** The oldest of these that can be sent again. */
export async function toResend(sql: Sql, which: Which, most: number): Promise<string[]> {
  const values = [...valuesOf(which), most];
  const { rows } = await sql.query<{ id: string }>({ name: 'to-resend', text: idsText, values });
  return rows.map(({ id }) => id);
}

// The claim on the rows: of several who press "send again" one does. In the order of their ids, so that two who do so
// with many at once don't wait for each other.
const resendText = `WITH held AS (SELECT d.id FROM delivery d WHERE d.id = ANY($1) ORDER BY d.id FOR UPDATE)
UPDATE delivery d SET resent_at = $2 FROM held, conversation c
WHERE d.id = held.id AND c.id = d.conversation_id AND ${failed} AND ${open}
RETURNING d.id AS "from", d.position, d.address_id AS "addressId", d.conversation_id AS "conversationId", d.seq, c.epoch, d.class,
  d.payload, d.broadcast_id AS "broadcastId"`;
// Their broadcast counts what becomes of the new ones.
const toldByText = `UPDATE broadcast_recipient r SET delivery_id = n.id
FROM unnest($1::uuid[], $2::uuid[]) AS n("from", id) WHERE r.delivery_id = n."from"`;

/**
 * Queues failed deliveries again: the new ones go to the tails of their lanes, by the word of a colleague, so that a
 * change of hands meanwhile doesn't hold them back. The addresses get another chance.
 * @returns those that were claimed: not what did not fail, was sent again already, or belongs to a cancelled broadcast
 */
export async function resend(sql: Sql, ids: readonly string[], now: Date): Promise<string[]> {
  type Row = Omit<hot.DeliveryRow, 'id' | 'byBot'> & { from: string; position: string };
  const claimed = await sql.query<Row & Record<string, unknown>>({
    ...{ name: 'resend', text: resendText, values: [ids, now] },
  });
  const rows = claimed.rows.sort((a, b) => Number(a.position) - Number(b.position));
  if (rows.length === 0) return [];
  await hot.unmarkAddresses(sql, [...new Set(rows.map(({ addressId }) => addressId))]);
  const again = rows.map(({ from: _, position: __, ...row }) => ({
    ...{ ...row, id: uuidv7(now.getTime()), byBot: false, late: true },
  }));
  await hot.queueDeliveries(sql, again, now);
  const from = rows.map((row) => row.from);
  await sql.query({ name: 'told-by', text: toldByText, values: [from, again.map(({ id }) => id)] });
  return from;
}
