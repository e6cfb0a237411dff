import type { Sql } from '../sql.ts';

/** Notes that a platform refuses an address for good: nothing is sent there until somebody writes from it. */
export async function markAddress(
  sql: Sql,
  id: string,
  mark: 'blocked' | 'unknown',
  now: Date,
): Promise<void> {
  const text = 'UPDATE address SET mark = $2, marked_at = $3 WHERE id = $1';
  await sql.query({ name: 'mark-address', text, values: [id, mark, now] });
}

const markThreadText = `UPDATE address a SET mark = CASE WHEN $2 THEN 'blocked' END, marked_at = CASE WHEN $2 THEN $3::timestamptz END
FROM conversation c WHERE c.id = $1 AND a.id = c.address_id AND (a.mark IS NOT NULL OR $2)`;

/** The people of a conversation have shut us out, or let us in again. */
export async function markThread(sql: Sql, conversationId: string, shut: boolean, now: Date): Promise<void> {
  await sql.query({ name: 'mark-thread', text: markThreadText, values: [conversationId, shut, now] });
}

/** Somebody wrote from addresses that platforms had refused: they are there. */
export async function unmarkAddresses(sql: Sql, ids: string[]): Promise<void> {
  const text = 'UPDATE address SET mark = NULL, marked_at = NULL WHERE id = ANY($1)';
  await sql.query({ name: 'unmark-addresses', text, values: [ids] });
}

const optText = `UPDATE address a SET opted_out_at = CASE WHEN $2 THEN coalesce(a.opted_out_at, $3) END
FROM conversation c WHERE c.id = $1 AND a.id = c.address_id`;

/** Opts the address of a conversation out of what we start ourselves 退订, or in again. */
export async function optOut(sql: Sql, conversationId: string, out: boolean, now: Date): Promise<void> {
  await sql.query({ name: 'opt-out', text: optText, values: [conversationId, out, now] });
}
