import { type hot, type Sql, uuidv7 } from '../../prisma/client.ts';

export interface UndeliveredRow {
  id: string;
  conversationId: string;
  account: string;
  accountName: string;
  text: string;
  error: string;
  mark: 'blocked' | 'unknown' | null;
  class: 'reply' | 'notice';
  attempts: number;
  createdAt: Date;
  endedAt: Date;
  resentAt: Date | null;
  [column: string]: unknown;
}

const listText = `SELECT d.id, d.conversation_id AS "conversationId", ca.id AS account, ca.name AS "accountName",
  coalesce(nullif(d.payload ->> 'text', ''), d.payload -> 'card' ->> 'title', '') AS text,
  coalesce(d.error, d.receipt, '') AS error, a.mark, d.class, d.attempts, d.created_at AS "createdAt",
  coalesce(d.ended_at, d.created_at) AS "endedAt", d.resent_at AS "resentAt"
FROM delivery d JOIN address a ON a.id = d.address_id JOIN channel_account ca ON ca.id = a.channel_account_id
WHERE (d.state = 'dead' OR d.receipt = 'failed') AND ($1::timestamptz IS NULL OR (d.ended_at, d.id) < ($1, $2::uuid))
ORDER BY d.ended_at DESC, d.id DESC LIMIT $3`;

/** Deliveries that ended dead, or that the platform reported as failed, the newest first. */
export async function undelivered(
  sql: Sql,
  after: { at: Date; id: string } | undefined,
  limit: number,
): Promise<UndeliveredRow[]> {
  const values = [after?.at ?? null, after?.id ?? null, limit];
  return (await sql.query<UndeliveredRow>({ name: 'undelivered', text: listText, values })).rows;
}

// The claim on the row: of several who press "send again" one does.
const resendText = `UPDATE delivery d SET resent_at = $2 FROM conversation c
WHERE d.id = $1 AND c.id = d.conversation_id AND d.resent_at IS NULL AND (d.state = 'dead' OR d.receipt = 'failed')
RETURNING d.address_id AS "addressId", d.conversation_id AS "conversationId", d.seq, c.epoch, d.class, d.payload`;

/**
 * Claims a failed delivery to be sent again: the new one goes to the tail of its lane, by the word of a colleague, so
 * that a change of hands meanwhile doesn't hold it back. The address gets another chance.
 * @returns undefined where it did not fail, or was sent again already
 */
export async function resend(sql: Sql, id: string, now: Date): Promise<hot.DeliveryRow | undefined> {
  type Row = Omit<hot.DeliveryRow, 'id' | 'byBot'> & Record<string, unknown>;
  const { rows } = await sql.query<Row>({ name: 'resend', text: resendText, values: [id, now] });
  const [row] = rows;
  if (!row) return undefined;
  await sql.query({
    text: 'UPDATE address SET mark = NULL, marked_at = NULL WHERE id = $1',
    values: [row.addressId],
  });
  return { ...row, id: uuidv7(now.getTime()), byBot: false, late: true };
}
