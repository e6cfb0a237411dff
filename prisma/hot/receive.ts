import type { Sql } from '../sql.ts';
import { columns } from './rows.ts';

export interface InboundRow {
  conversationId: string;
  account: string;
  externalId: string | null;
  messageId: string;
  author: 'customer' | 'staff';
  personId: string | null;
  text: string;
  data: Record<string, unknown>;
  /** Used if this message opens an episode. */
  episodeId: string;
}

export interface Received {
  conversationId: string;
  /** null: the conversation is unknown, or it is a repeat whose first commit this statement could not see yet. */
  seq: number | null;
  episodeId: string | null;
  repeated: boolean;
}

// One statement: rows are locked in id order (two processes can't deadlock), the key is claimed, the seq is
// taken from the locked row, the message is written and the conversation is due.
const text = `
WITH input AS (
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::jsonb[], $9::uuid[])
    AS t(conversation_id, account, external_id, message_id, author, person_id, body, data, episode_id)
), locked AS (
  SELECT id, last_seq, episode_id FROM conversation WHERE id = ANY($1) ORDER BY id FOR UPDATE
), keyed AS (
  INSERT INTO inbound_key (channel_account_id, conversation_id, external_id, seq, created_at)
  SELECT i.account, i.conversation_id, i.external_id, l.last_seq + 1, $10
  FROM input i JOIN locked l ON l.id = i.conversation_id WHERE i.external_id IS NOT NULL
  ON CONFLICT DO NOTHING RETURNING conversation_id
), fresh AS (
  SELECT i.*, l.last_seq + 1 AS seq, coalesce(l.episode_id, i.episode_id) AS episode, l.episode_id IS NULL AS opens
  FROM input i JOIN locked l ON l.id = i.conversation_id
  WHERE i.external_id IS NULL OR i.conversation_id IN (SELECT conversation_id FROM keyed)
), opened AS (
  INSERT INTO episode (id, conversation_id, opened_at)
  SELECT episode, conversation_id, $10 FROM fresh WHERE opens
), due AS (
  UPDATE conversation c SET last_seq = f.seq, episode_id = f.episode,
    due_at = least(c.due_at, $10), due_since = least(c.due_since, $10)
  FROM fresh f WHERE c.id = f.conversation_id
), written AS (
  INSERT INTO message (id, created_at, conversation_id, seq, episode_id, author, person_id, text, data, external_id)
  SELECT message_id, $10, conversation_id, seq, episode, author, person_id, body, data, external_id FROM fresh
)
SELECT i.conversation_id AS "conversationId", coalesce(f.seq, k.seq) AS seq, f.episode AS "episodeId",
  f.seq IS NULL AND l.id IS NOT NULL AS repeated
FROM input i LEFT JOIN locked l ON l.id = i.conversation_id
LEFT JOIN fresh f ON f.conversation_id = i.conversation_id
LEFT JOIN inbound_key k ON f.seq IS NULL AND k.channel_account_id = i.account
  AND k.conversation_id = i.conversation_id AND k.external_id = i.external_id`;

/**
 * Writes inbound messages down, at most one per conversation in one call, and makes their conversations due.
 * A message whose external id is known changes nothing and returns the first one's seq.
 */
export async function receive(sql: Sql, rows: InboundRow[], now: Date): Promise<Received[]> {
  const values = columns(
    rows,
    (r) => r.conversationId,
    (r) => r.account,
    (r) => r.externalId,
    (r) => r.messageId,
    (r) => r.author,
    (r) => r.personId,
    (r) => r.text,
    (r) => JSON.stringify(r.data),
    (r) => r.episodeId,
  );
  return (
    await sql.query<Received & Record<string, unknown>>({ name: 'receive', text, values: [...values, now] })
  ).rows;
}

const seqOfKey = `SELECT seq FROM inbound_key WHERE channel_account_id = $1 AND conversation_id = $2 AND external_id = $3`;

/** The seq under which a message with this external id was first written. */
export async function receivedSeq(sql: Sql, account: string, conversationId: string, externalId: string) {
  const values = [account, conversationId, externalId];
  return (await sql.query<{ seq: number }>({ name: 'received-seq', text: seqOfKey, values })).rows[0]?.seq;
}

const mark = `UPDATE message SET edited_at = CASE WHEN $4 = 'edit' THEN $5 ELSE edited_at END,
  deleted_at = CASE WHEN $4 = 'delete' THEN $5 ELSE deleted_at END,
  data = CASE WHEN $4 = 'edit' THEN data || jsonb_build_object('editedText', $6::text) ELSE data END
WHERE conversation_id = $2 AND seq = (SELECT seq FROM inbound_key
  WHERE channel_account_id = $1 AND conversation_id = $2 AND external_id = $3)`;

/** Marks a message that its sender edited or deleted; the original stays. */
export async function markReceived(
  sql: Sql,
  at: { account: string; conversationId: string; externalId: string },
  change: { kind: 'edit' | 'delete'; text: string; now: Date },
): Promise<void> {
  const values = [at.account, at.conversationId, at.externalId, change.kind, change.now, change.text];
  await sql.query({ text: mark, values });
}
