import type { Sql } from '../sql.ts';
import { columns, type MessageRow } from './rows.ts';

export interface TurnRow {
  id: string;
  conversationId: string;
  fromSeq: number;
  toSeq: number;
  epoch: number;
  outcome: string;
  failure: string | null;
  /** The conversation after the turn. */
  lastSeq: number;
  state: Record<string, unknown>;
  locale: string;
  /** Inbox words that this turn handled. */
  inbox: string[];
}

const turnsText = `
WITH t AS (
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::int[], $6::text[], $7::text[], $8::bigint[], $9::jsonb[], $10::text[])
    AS t(id, conversation_id, from_seq, to_seq, epoch, outcome, failure, last_seq, state, locale)
), said AS (
  INSERT INTO message (id, created_at, conversation_id, seq, episode_id, author, visibility, kind, text, data, turn_id)
  SELECT m.id, $11, m.conversation_id, m.seq, m.episode_id, m.author, m.visibility, m.kind, m.body, m.data, m.turn_id
  FROM unnest($12::uuid[], $13::uuid[], $14::bigint[], $15::uuid[], $16::text[], $17::text[], $18::text[], $19::text[], $20::jsonb[], $21::uuid[])
    AS m(id, conversation_id, seq, episode_id, author, visibility, kind, body, data, turn_id)
), turned AS (
  INSERT INTO turn (id, conversation_id, from_seq, to_seq, epoch, outcome, failure, created_at)
  SELECT id, conversation_id, from_seq, to_seq, epoch, outcome, failure, $11 FROM t WHERE to_seq >= from_seq
)
UPDATE conversation c SET last_seq = t.last_seq, handled_seq = t.to_seq, state = t.state, locale = t.locale,
  due_at = NULL, due_since = NULL, lease_until = NULL, lease_token = NULL, attempts = 0
FROM t WHERE c.id = t.conversation_id`;

const inboxText = `UPDATE inbox SET handled_at = $2 WHERE id = ANY($1) AND handled_at IS NULL`;

export type SaidRow = MessageRow & { turnId: string };

/**
 * Writes turns and what they said, and sets their conversations to rest. The caller holds the conversations'
 * locks since the claim, so `lastSeq` is theirs to give.
 */
export async function commitTurns(sql: Sql, turns: TurnRow[], said: SaidRow[], now: Date): Promise<void> {
  const turnValues = columns(
    turns,
    (t) => t.id,
    (t) => t.conversationId,
    (t) => t.fromSeq,
    (t) => t.toSeq,
    (t) => t.epoch,
    (t) => t.outcome,
    (t) => t.failure,
    (t) => t.lastSeq,
    (t) => JSON.stringify(t.state),
    (t) => t.locale,
  );
  const saidValues = columns(
    said,
    (m) => m.id,
    (m) => m.conversationId,
    (m) => m.seq,
    (m) => m.episodeId,
    (m) => m.author,
    (m) => m.visibility,
    (m) => m.kind,
    (m) => m.text,
    (m) => JSON.stringify(m.data),
    (m) => m.turnId,
  );
  await sql.query({ name: 'commit-turns', text: turnsText, values: [...turnValues, now, ...saidValues] });
  const handled = turns.flatMap((t) => t.inbox);
  if (handled.length > 0) await sql.query({ name: 'handle-inbox', text: inboxText, values: [handled, now] });
}
