import type { Sql } from '../sql.ts';

/** A conversation that is due, its row locked for this transaction. */
export interface ClaimedRow {
  id: string;
  audience: 'customer' | 'staff';
  locale: string;
  epoch: number;
  lastSeq: number;
  handledSeq: number;
  state: Record<string, unknown>;
  attempts: number;
  dueSince: Date | null;
  addressId: string;
}

export interface HeardRow {
  seq: number;
  text: string;
  data: Record<string, unknown>;
}

export interface InboxRow {
  id: string;
  kind: string;
  data: Record<string, unknown>;
}

/** What belongs to a claimed conversation, read after the lock was taken. */
export interface LoadedRow {
  id: string;
  account: string;
  channel: string;
  customerId: string | null;
  staffId: string | null;
  /** The platform had refused its address. */
  mark: string | null;
  episodeId: string | null;
  owner: 'bot' | 'queue' | 'agent';
  ownerId: string | null;
  queuedAt: Date | null;
  queue: string | null;
  messages: HeardRow[];
  inbox: InboxRow[];
}

const claimed = `id, audience, locale, epoch, last_seq AS "lastSeq", handled_seq AS "handledSeq", state, attempts,
  due_since AS "dueSince", address_id AS "addressId"`;
const isDue = `due_at <= $1 AND (lease_until IS NULL OR lease_until <= $1)`;

const claimText = `SELECT ${claimed} FROM conversation WHERE ${isDue} ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED`;
const claimOneText = `SELECT ${claimed} FROM conversation WHERE id = $2 AND ${isDue} FOR UPDATE SKIP LOCKED`;

/** Claims up to `limit` conversations that are due. Their rows stay locked until the transaction ends. */
export async function claimTurns(sql: Sql, now: Date, limit: number): Promise<ClaimedRow[]> {
  return (
    await sql.query<ClaimedRow & Record<string, unknown>>({
      name: 'claim',
      text: claimText,
      values: [now, limit],
    })
  ).rows;
}

/** Claims one conversation, if it is (still) due and nobody else has it. */
export async function claimTurn(sql: Sql, now: Date, id: string): Promise<ClaimedRow[]> {
  return (
    await sql.query<ClaimedRow & Record<string, unknown>>({
      name: 'claim-one',
      text: claimOneText,
      values: [now, id],
    })
  ).rows;
}

// A statement of its own, after the claim: its snapshot is taken when the rows are already locked. Joined to
// the claim it would pair a fresh conversation row with an owner and messages from before a take-over.
const loadText = `
SELECT c.id, ca.id AS account, ca.channel, a.customer_id AS "customerId", a.person_id AS "staffId", a.mark,
  e.id AS "episodeId", coalesce(e.owner, 'bot') AS owner, e.person_id AS "ownerId", e.queued_at AS "queuedAt", e.queue,
  coalesce((SELECT json_agg(json_build_object('seq', m.seq, 'text', m.text, 'data', m.data) ORDER BY m.seq)
    FROM message m WHERE m.conversation_id = c.id AND m.seq > c.handled_seq AND m.created_at >= $2
      AND m.author IN ('customer', 'staff')), '[]') AS messages,
  coalesce((SELECT json_agg(json_build_object('id', i.id, 'kind', i.kind, 'data', i.data) ORDER BY i.created_at, i.id)
    FROM inbox i WHERE i.conversation_id = c.id AND i.handled_at IS NULL), '[]') AS inbox
FROM conversation c JOIN address a ON a.id = c.address_id JOIN channel_account ca ON ca.id = a.channel_account_id
LEFT JOIN episode e ON e.id = c.episode_id
WHERE c.id = ANY($1)`;

/** Reads what was said to the claimed conversations since `since` (the oldest `dueSince` among them). */
export async function loadTurns(sql: Sql, ids: string[], since: Date): Promise<LoadedRow[]> {
  return (
    await sql.query<LoadedRow & Record<string, unknown>>({
      name: 'load',
      text: loadText,
      values: [ids, since],
    })
  ).rows;
}

const leaseText = `UPDATE conversation SET lease_token = $2, lease_until = $3, attempts = attempts + 1 WHERE id = ANY($1)`;

/** A turn that works without an open transaction: keeps others off its conversation until the lease ends. */
export interface Lease {
  token: string;
  until: Date;
}

/**
 * Leases conversations whose rows the caller holds locked. It counts as an attempt, so that a turn whose remote work
 * ends the process is not tried for ever.
 */
export async function leaseTurns(sql: Sql, ids: string[], { token, until }: Lease): Promise<void> {
  await sql.query({ name: 'lease', text: leaseText, values: [ids, token, until] });
}

const renewText = `UPDATE conversation SET lease_until = $3 WHERE id = $1 AND lease_token = $2`;

/** Extends a lease; false if it is somebody else's now. */
export async function renewTurn(sql: Sql, id: string, { token, until }: Lease): Promise<boolean> {
  return (await sql.query({ name: 'renew', text: renewText, values: [id, token, until] })).rowCount === 1;
}

// The lease itself counted as an attempt: the turn is still in it.
const claimLeasedText = `SELECT ${claimed.replace('attempts', 'attempts - 1 AS attempts')} FROM conversation WHERE id = $1 AND lease_token = $2 FOR UPDATE`;

/** Claims a conversation by its lease, to commit what was worked out under it; nothing if the lease was lost. */
export async function claimLeased(sql: Sql, id: string, token: string): Promise<ClaimedRow[]> {
  const statement = { name: 'claim-leased', text: claimLeasedText, values: [id, token] };
  return (await sql.query<ClaimedRow & Record<string, unknown>>(statement)).rows;
}

const postponeText = `UPDATE conversation
SET lease_until = NULL, lease_token = NULL, attempts = attempts + CASE WHEN $3::uuid IS NULL THEN 1 ELSE 0 END,
  due_at = $2::timestamptz + interval '250 ms' * power(2, least(attempts, 7))
WHERE id = $1 AND due_at IS NOT NULL AND (lease_token IS NULL OR lease_token = $3::uuid OR lease_until <= $2)`;

/**
 * A turn failed: counts the attempt and makes the conversation due again, each time later (0.25 s to 32 s).
 * `token`: the lease it ran under, which was counted when it was taken; one that somebody else holds is left alone.
 */
export async function postponeTurn(sql: Sql, id: string, now: Date, token?: string): Promise<void> {
  await sql.query({ text: postponeText, values: [id, now, token ?? null] });
}

const wakeText = `
WITH told AS (
  INSERT INTO inbox (id, conversation_id, kind, data, created_at) VALUES ($1, $2, $3, $4, $5)
)
UPDATE conversation SET due_at = least(due_at, $5), due_since = least(due_since, $5) WHERE id = $2`;

const greetText = `
WITH c AS (SELECT id FROM conversation WHERE id = $2 AND last_seq = 0 FOR UPDATE), told AS (
  INSERT INTO inbox (id, conversation_id, kind, data, created_at) SELECT $1, c.id, $3, $4, $5 FROM c
  WHERE NOT EXISTS (SELECT FROM inbox i WHERE i.conversation_id = $2) RETURNING conversation_id
)
UPDATE conversation SET due_at = least(due_at, $5), due_since = least(due_since, $5)
FROM told WHERE id = told.conversation_id`;

/** As `wake`, for a conversation in which nothing was said yet, and once. False: there is nothing to greet. */
export async function greet(
  sql: Sql,
  word: { id: string; conversationId: string; kind: string; data: object },
  now: Date,
): Promise<boolean> {
  const values = [word.id, word.conversationId, word.kind, JSON.stringify(word.data), now];
  return (await sql.query({ name: 'greet', text: greetText, values })).rowCount === 1;
}

const tellText = `INSERT INTO inbox (id, conversation_id, kind, data, created_at) VALUES ($1, $2, $3, $4, $5)`;

/** Leaves a word for a conversation and wakes it. Outside turns only: it locks the conversation's row. */
export async function wake(
  sql: Sql,
  word: { id: string; conversationId: string; kind: string; data: object },
  now: Date,
) {
  const values = [word.id, word.conversationId, word.kind, JSON.stringify(word.data), now];
  await sql.query({ name: 'wake', text: wakeText, values });
}

/** Leaves a word without waking: for turns, which must not lock a second conversation. `wakeTold` follows the commit. */
export async function tell(
  sql: Sql,
  word: { id: string; conversationId: string; kind: string; data: object },
  now: Date,
) {
  const values = [word.id, word.conversationId, word.kind, JSON.stringify(word.data), now];
  await sql.query({ name: 'tell', text: tellText, values });
}

// In id order, as everybody who locks several conversations does. Rows that are due already are updated too:
// a turn in progress may have read its inbox before the word came, and will set the row to rest.
const wakeToldText = `
WITH told AS (
  SELECT id FROM conversation c WHERE id IN (SELECT conversation_id FROM inbox WHERE handled_at IS NULL)
    AND NOT EXISTS (SELECT FROM episode e WHERE e.id = c.episode_id AND e.owner = 'agent')
  ORDER BY id FOR UPDATE
)
UPDATE conversation c SET due_at = least(c.due_at, $1), due_since = least(c.due_since, $1)
FROM told WHERE c.id = told.id`;

/** Makes every conversation due that has an unread word and isn't with an agent: after a commit, and at each poll should a process have died between. */
export async function wakeTold(sql: Sql, now: Date): Promise<number> {
  return (await sql.query({ name: 'wake-told', text: wakeToldText, values: [now] })).rowCount ?? 0;
}
