import type { Sql } from '../sql.ts';

const partsText = `
INSERT INTO delivery_part (channel_account_id, external_id, delivery_id, created_at)
SELECT $1, id, $3, $4 FROM unnest($2::text[]) AS id
ON CONFLICT (channel_account_id, external_id) DO UPDATE SET delivery_id = excluded.delivery_id
RETURNING receipt`;

const reportText = `
INSERT INTO delivery_part (channel_account_id, external_id, receipt, reason, created_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (channel_account_id, external_id) DO UPDATE SET receipt = excluded.receipt, reason = excluded.reason
RETURNING delivery_id AS "deliveryId"`;

const holdText = `SELECT id FROM delivery WHERE id = $1 FOR UPDATE`;
// Failed as soon as one part is; delivered once all are.
const sumText = `UPDATE delivery SET receipt = s.receipt, error = coalesce(s.reason, error)
FROM (SELECT CASE WHEN bool_or(receipt = 'failed') THEN 'failed' WHEN bool_and(receipt IS NOT NULL) THEN 'delivered' END AS receipt,
  max(reason) FILTER (WHERE receipt = 'failed') AS reason FROM delivery_part WHERE delivery_id = $1) AS s
WHERE id = $1`;

/** Notes what the platform calls a delivery's parts, and takes up what it reported of them before we knew. */
export async function noteParts(
  sql: Sql,
  of: { account: string; externalIds: string[]; delivery: string },
  now: Date,
): Promise<void> {
  const values = [of.account, of.externalIds, of.delivery, now];
  const { rows } = await sql.query<{ receipt: string | null }>({ name: 'parts', text: partsText, values });
  if (rows.some(({ receipt }) => receipt !== null)) await sum(sql, of.delivery);
}

export interface Report {
  account: string;
  externalId: string;
  receipt: 'delivered' | 'failed';
  reason?: string | undefined;
  /** What it says of the address. */
  address?: 'blocked' | 'unknown' | 'optedOut' | undefined;
}

// Whoever has written since is there, whatever became of what was sent before.
const saidText = `UPDATE address a SET mark = CASE WHEN $2::text = 'optedOut' THEN a.mark ELSE $2::text END,
  marked_at = CASE WHEN $2 = 'optedOut' THEN a.marked_at ELSE $3::timestamptz END,
  opted_out_at = CASE WHEN $2 = 'optedOut' THEN coalesce(a.opted_out_at, $3::timestamptz) ELSE a.opted_out_at END
FROM delivery d WHERE d.id = $1 AND a.id = d.address_id AND NOT EXISTS (SELECT FROM message m
  WHERE m.conversation_id = d.conversation_id AND m.author IN ('customer', 'staff') AND m.created_at > d.created_at)`;

/** What the platform reported of one part. The caller's transaction holds the delivery's row until it ends. */
export async function report(
  sql: Sql,
  { account, externalId, receipt, reason, address }: Report,
  now: Date,
): Promise<void> {
  const values = [account, externalId, receipt, reason ?? null, now];
  type Row = { deliveryId: string | null };
  const { rows } = await sql.query<Row>({ name: 'report', text: reportText, values });
  const delivery = rows[0]?.deliveryId;
  if (!delivery) return;
  await sum(sql, delivery);
  if (address) await sql.query({ name: 'said-of-address', text: saidText, values: [delivery, address, now] });
}

/** Two parts reported at once: the second waits for the first, and then sees both. */
async function sum(sql: Sql, delivery: string): Promise<void> {
  await sql.query({ name: 'hold-delivery', text: holdText, values: [delivery] });
  await sql.query({ name: 'sum-receipts', text: sumText, values: [delivery] });
}
