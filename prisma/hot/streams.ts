import type { Sql } from '../sql.ts';
import { type EventRow, type MessageRow, messageColumns } from './rows.ts';

const eventsText = `
WITH s AS (
  INSERT INTO stream (id, last_seq) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET last_seq = stream.last_seq + $2
  RETURNING last_seq - $2 AS before
)
INSERT INTO event (id, created_at, stream, seq, type, data)
SELECT e.id, $6, $1, s.before + e.n, e.type, e.data
FROM s, unnest($3::uuid[], $4::text[], $5::jsonb[]) WITH ORDINALITY AS e(id, type, data, n) RETURNING seq`;

export interface NewEvent {
  id: string;
  type: string;
  data: Record<string, unknown>;
}

/**
 * Appends events to a stream. Locks the stream's row until the transaction ends, so that commit order is
 * sequence order: make it the transaction's last statement.
 */
export async function appendEvents(
  sql: Sql,
  stream: string,
  events: NewEvent[],
  now: Date,
): Promise<EventRow[]> {
  const values = [
    stream,
    events.length,
    events.map((e) => e.id),
    events.map((e) => e.type),
    events.map((e) => JSON.stringify(e.data)),
    now,
  ];
  const { rows } = await sql.query<{ seq: number }>({ name: 'append-events', text: eventsText, values });
  const seqs = rows.map((r) => r.seq).sort((a, b) => a - b);
  return events.map((e, i) => ({
    stream,
    seq: seqs[i] as number,
    type: e.type,
    data: e.data,
    createdAt: now,
  }));
}

const readEventsText = `SELECT stream, seq, type, data, created_at AS "createdAt" FROM event
WHERE stream = $1 AND seq > $2 ORDER BY seq LIMIT $3`;

/** Events of a stream after `after`, oldest first. */
export async function readEvents(
  sql: Sql,
  stream: string,
  after: number,
  limit: number,
): Promise<EventRow[]> {
  return (
    await sql.query<EventRow & Record<string, unknown>>({
      name: 'read-events',
      text: readEventsText,
      values: [stream, after, limit],
    })
  ).rows;
}

const readMessagesText = `SELECT ${messageColumns} FROM message m WHERE m.conversation_id = $1 AND m.seq > $2 ORDER BY m.seq LIMIT $3`;

/** Messages of a conversation after `after`, oldest first, notes included. */
export async function readMessages(
  sql: Sql,
  conversationId: string,
  after: number,
  limit: number,
): Promise<MessageRow[]> {
  const values = [conversationId, after, limit];
  return (
    await sql.query<MessageRow & Record<string, unknown>>({
      name: 'read-messages',
      text: readMessagesText,
      values,
    })
  ).rows;
}

const readVisibleText = `SELECT ${messageColumns} FROM message m WHERE m.conversation_id = $1 AND m.seq > $2
  AND m.visibility <> 'staff' AND m.state = 'sent' ORDER BY m.seq LIMIT $3`;

/** As readMessages, but only what the conversation's own side may see: a page is full of it, if there is so much. */
export async function readVisible(
  sql: Sql,
  conversationId: string,
  after: number,
  limit: number,
): Promise<MessageRow[]> {
  const values = [conversationId, after, limit];
  const { rows } = await sql.query<MessageRow & Record<string, unknown>>({
    name: 'read-visible',
    text: readVisibleText,
    values,
  });
  return rows;
}

const headsText = `SELECT id::text AS id, last_seq AS "lastSeq" FROM conversation WHERE id = ANY($1::uuid[])
UNION ALL SELECT id, last_seq FROM stream WHERE id = ANY($2::text[])`;

/** The newest seq of conversations and streams: what pollers compare with what they have. */
export async function streamHeads(
  sql: Sql,
  conversations: string[],
  streams: string[],
): Promise<Map<string, number>> {
  const values = [conversations, streams];
  const { rows } = await sql.query<{ id: string; lastSeq: number }>({
    name: 'heads',
    text: headsText,
    values,
  });
  return new Map(rows.map((r) => [r.id, r.lastSeq]));
}

const redrawText = `UPDATE message SET data = jsonb_set(data, '{card}', $3)
WHERE conversation_id = $1
  AND jsonb_path_exists(data, '$.card.buttons[*].token ? (@ starts with $token)', jsonb_build_object('token', $2::text))
RETURNING seq, text`;

/** Replaces the card of the message whose buttons begin with `token`, the card's; returns which message that was. */
export async function redrawCard(
  sql: Sql,
  conversationId: string,
  token: string,
  card: object,
): Promise<{ seq: number; text: string }[]> {
  const values = [conversationId, token, JSON.stringify(card)];
  return (await sql.query<{ seq: number; text: string }>({ text: redrawText, values })).rows;
}
