import type { Sql } from '../sql.ts';

export interface HeldRow {
  id: string;
  epoch: number;
  lastSeq: number;
  episodeId: string | null;
  audience: 'customer' | 'staff';
  addressId: string;
}

export interface OwnerRow {
  episodeId: string;
  owner: 'bot' | 'queue' | 'agent';
  personId: string | null;
  personName: string | null;
  teamId: string | null;
}

const holdText = `SELECT id, epoch, last_seq AS "lastSeq", episode_id AS "episodeId", audience, address_id AS "addressId"
FROM conversation WHERE id = $1 FOR UPDATE`;

// Read after the lock, in its own snapshot, for the reason given at loadTurns.
const ownerText = `SELECT e.id AS "episodeId", e.owner, e.person_id AS "personId", p.name AS "personName", p.team_id AS "teamId"
FROM conversation c JOIN episode e ON e.id = c.episode_id LEFT JOIN person p ON p.id = e.person_id
WHERE c.id = $1`;

/** Locks a conversation for the rest of the transaction and says who owns it; undefined if there is none. */
export async function hold(sql: Sql, id: string): Promise<(HeldRow & { owner?: OwnerRow }) | undefined> {
  const held = await sql.query<HeldRow & Record<string, unknown>>({
    name: 'hold',
    text: holdText,
    values: [id],
  });
  const row = held.rows[0];
  if (!row) return undefined;
  const owner = await sql.query<OwnerRow & Record<string, unknown>>({
    name: 'owner',
    text: ownerText,
    values: [id],
  });
  return { ...row, owner: owner.rows[0] };
}

const appendText = `
WITH c AS (
  UPDATE conversation SET last_seq = last_seq + 1 WHERE id = $1 AND epoch = $2 RETURNING last_seq, episode_id
)
INSERT INTO message (id, created_at, conversation_id, seq, episode_id, author, person_id, visibility, kind, text, data)
SELECT $3, $4, $1, c.last_seq, coalesce($10, c.episode_id), $5, $6, $7, 'message', $8, $9 FROM c RETURNING seq, episode_id AS "episodeId"`;

/** Where somebody believes to write: the conversation at an epoch, in an episode that may just have been closed. */
export interface At {
  conversationId: string;
  epoch: number;
  episodeId?: string;
}

export interface Appended {
  id: string;
  author: 'agent' | 'system' | 'bot';
  personId: string | null;
  visibility: 'all' | 'customer' | 'staff';
  text: string;
  data: Record<string, unknown>;
}

/**
 * Writes one message of somebody who believes to own the conversation at `epoch`. Returns undefined, and
 * writes nothing, if the epoch has moved on: the row's lock decides, not a read before it.
 */
export async function append(sql: Sql, at: At, message: Appended, now: Date) {
  const { id, author, personId, visibility, text, data } = message;
  const values = [
    at.conversationId,
    at.epoch,
    id,
    now,
    author,
    personId,
    visibility,
    text,
    JSON.stringify(data),
    at.episodeId ?? null,
  ];
  const { rows } = await sql.query<{ seq: number; episodeId: string | null }>({
    name: 'append',
    text: appendText,
    values,
  });
  return rows[0];
}

const raiseText = `UPDATE conversation SET epoch = epoch + 1 WHERE id = $1 AND epoch = $2 RETURNING epoch`;
const supersedeText = `
WITH gone AS (
  UPDATE delivery SET state = 'superseded', ended_at = $2 WHERE conversation_id = $1 AND by_bot AND state = 'queued'
  RETURNING seq
)
UPDATE message SET state = 'superseded' WHERE conversation_id = $1 AND seq IN (SELECT seq FROM gone)`;

/** Raises the epoch of a held conversation; what the bot has not handed to its channel yet is superseded. */
export async function raiseEpoch(sql: Sql, id: string, epoch: number, now: Date): Promise<number> {
  const raised = await sql.query<{ epoch: number }>({ name: 'raise', text: raiseText, values: [id, epoch] });
  await sql.query({ name: 'supersede', text: supersedeText, values: [id, now] });
  return raised.rows[0]?.epoch ?? epoch;
}
