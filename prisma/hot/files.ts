import type { Sql } from '../sql.ts';

/** A file that a message only named: it is fetched from its channel after the commit. */
export interface FileFetchRow {
  /** The file's own id, once it is stored. */
  id: string;
  conversationId: string;
  messageId: string;
  account: string;
  /** What the channel finds it by. */
  ref: string;
  name: string;
  /** This attempt included. */
  attempts: number;
}

type NewFetch = Omit<FileFetchRow, 'attempts'>;

/** Notes that a file is to be fetched, as from `now`. */
export async function queueFetch(sql: Sql, fetch: NewFetch, now: Date): Promise<void> {
  const { id, conversationId, messageId, account, ref, name } = fetch;
  await sql.query({
    name: 'queue-fetch',
    text: `INSERT INTO file_fetch (id, conversation_id, message_id, account, ref, name, due_at, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
    values: [id, conversationId, messageId, account, ref, name, now],
  });
}

const claimText = `UPDATE file_fetch SET attempts = attempts + 1, due_at = $2
WHERE id IN (SELECT id FROM file_fetch WHERE due_at <= $1 AND account <> ALL($4::text[]) ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
RETURNING id, conversation_id AS "conversationId", message_id AS "messageId", account, ref, name, attempts`;

/** Claims fetches that are due, none of the accounts in `except`; they come due again at `until`, should this process die. */
export async function claimFetches(
  sql: Sql,
  { now, until }: { now: Date; until: Date },
  limit: number,
  except: string[] = [],
): Promise<FileFetchRow[]> {
  const values = [now, until, limit, except];
  return (
    await sql.query<FileFetchRow & Record<string, unknown>>({
      name: 'claim-fetches',
      text: claimText,
      values,
    })
  ).rows;
}

export async function postponeFetch(sql: Sql, id: string, dueAt: Date): Promise<void> {
  await sql.query({ text: 'UPDATE file_fetch SET due_at = $2 WHERE id = $1', values: [id, dueAt] });
}

/** Ends a fetch; false if somebody else has ended it: then nothing may be stored. */
export async function endFetch(sql: Sql, id: string): Promise<boolean> {
  return (await sql.query({ text: 'DELETE FROM file_fetch WHERE id = $1', values: [id] })).rowCount === 1;
}

const markText = `UPDATE message SET data = jsonb_set(data, '{files}', (
  SELECT jsonb_agg(CASE WHEN f ->> 'id' = $3::text THEN f || $4::jsonb ELSE f END ORDER BY n)
  FROM jsonb_array_elements(data -> 'files') WITH ORDINALITY AS each(f, n)))
WHERE conversation_id = $1 AND id = $2 AND data ? 'files' RETURNING seq`;

/** Changes what a message says of one of its files. Returns the message's seq. */
export async function markFile(
  sql: Sql,
  { conversationId, messageId, id }: Pick<FileFetchRow, 'conversationId' | 'messageId' | 'id'>,
  change: object,
): Promise<number | undefined> {
  const values = [conversationId, messageId, id, JSON.stringify(change)];
  return (await sql.query<{ seq: number }>({ text: markText, values })).rows[0]?.seq;
}

const giveText = `UPDATE file SET owner = $3 WHERE id = ANY($1::uuid[]) AND owner = $2
RETURNING id, name, content_type AS type, size`;

/** Hands files from one owner to another. Returns those that were the first one's. */
export async function giveFiles(sql: Sql, ids: string[], from: string, to: string) {
  type Given = { id: string; name: string; type: string; size: number };
  return (await sql.query<Given>({ text: giveText, values: [ids, from, to] })).rows;
}

/** Whether a file went with something that was said to a conversation by us. */
export async function wasSaid(sql: Sql, conversationId: string, fileId: string): Promise<boolean> {
  const { rowCount } = await sql.query({
    name: 'file-was-said',
    text: `SELECT FROM message WHERE conversation_id = $1 AND author IN ('bot', 'agent') AND data -> 'files' @> $2::jsonb LIMIT 1`,
    values: [conversationId, JSON.stringify([{ id: fileId }])],
  });
  return rowCount === 1;
}
