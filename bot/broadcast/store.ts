import { hot, Prisma, type Sql, type Unit } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';
import type { Found, Recipient } from './audience.ts';
import { type ChosenFilter, countOf, freeze } from './criteria.ts';
import type { State } from './rules.ts';

export interface BroadcastRow {
  id: string;
  title: string;
  text: string;
  account: string;
  accountName: string | null;
  state: State;
  revision: number;
  perMinute: number;
  segments: number | null;
  recipients: number;
  audience: Found | null;
  filter: ChosenFilter | null;
  authorId: string;
  authorName: string | null;
  approverName: string | null;
  remark: string | null;
  startAt: Date | null;
  startedAt: Date | null;
  endedAt: Date | null;
  createdAt: Date;
  [column: string]: unknown;
}

const columns = `b.id, b.title, b.text, b.account_id AS account, ca.name AS "accountName", b.state, b.revision,
  b.per_minute AS "perMinute", b.segments, b.recipients, b.audience, b.filter, b.author_id AS "authorId", p.name AS "authorName",
  q.name AS "approverName", b.remark, b.start_at AS "startAt", b.started_at AS "startedAt", b.ended_at AS "endedAt",
  b.created_at AS "createdAt"
FROM broadcast b LEFT JOIN channel_account ca ON ca.id = b.account_id
LEFT JOIN person p ON p.id = b.author_id LEFT JOIN person q ON q.id = b.approver_id`;

export async function readBroadcast(sql: Sql, id: string): Promise<BroadcastRow> {
  const text = `SELECT ${columns} WHERE b.id = $1`;
  const [row] = (await sql.query<BroadcastRow>({ text, values: [id] })).rows;
  if (!row) throw new AppError('not_found');
  return row;
}

/** The newest first. */
export async function listBroadcasts(
  sql: Sql,
  after: { at: Date; id: string } | undefined,
  limit: number,
): Promise<BroadcastRow[]> {
  const text = `SELECT ${columns} WHERE $1::timestamptz IS NULL OR (b.created_at, b.id) < ($1, $2::uuid)
    ORDER BY b.created_at DESC, b.id DESC LIMIT $3`;
  const values = [after?.at ?? null, after?.id ?? null, limit];
  return (await sql.query<BroadcastRow>({ text, values })).rows;
}

/** Locks a broadcast for the rest of the transaction: each move is a claim on its row. */
export async function holdBroadcast({ sql }: Pick<Unit, 'sql'>, id: string): Promise<BroadcastRow> {
  const held = await sql.query({ text: 'SELECT id FROM broadcast WHERE id = $1 FOR UPDATE', values: [id] });
  if (held.rowCount === 0) throw new AppError('not_found');
  return readBroadcast(sql, id);
}

/** Puts these in the place of the recipients that a held broadcast had. */
export async function replaceRecipients(
  { sql, prisma }: Unit,
  id: string,
  recipients: readonly Recipient[],
  found: Found | null,
): Promise<void> {
  await sql.query({ text: 'DELETE FROM broadcast_recipient WHERE broadcast_id = $1', values: [id] });
  const text = `INSERT INTO broadcast_recipient (broadcast_id, position, key_hmac, value_sealed)
    SELECT $1, r.position, r.hmac, r.sealed FROM unnest($2::bytea[], $3::bytea[]) WITH ORDINALITY AS r(hmac, sealed, position)`;
  const values = [id, recipients.map(({ hmac }) => hmac), recipients.map(({ sealed }) => sealed)];
  await sql.query({ text, values });
  const audience = found ? JSON.parse(JSON.stringify(found)) : Prisma.DbNull;
  const revision = { increment: 1 };
  await prisma.broadcast.update({
    where: { id },
    data: { audience, recipients: recipients.length, filter: Prisma.DbNull, revision },
  });
}

/** A filter in the place of what was the audience of a held broadcast. Who it finds is found again at the approval. */
export async function takeFound(
  unit: Unit,
  held: BroadcastRow,
  filter: ChosenFilter,
  now: number,
): Promise<void> {
  await replaceRecipients(unit, held.id, [], null);
  await unit.prisma.broadcast.update({ where: { id: held.id }, data: { filter } });
  await findAgain(unit, { ...held, filter }, now, false);
}

/** Asks the filter of a held broadcast again; `last`: these are its recipients from now on. Returns how many. */
export async function findAgain(
  unit: Unit,
  { id, account, filter, recipients }: BroadcastRow,
  now: number,
  last: boolean,
): Promise<number> {
  if (!filter) return recipients;
  const asked = { account, criteria: filter.criteria, now };
  const found = await countOf(unit.sql, asked);
  if (last) await freeze(unit, id, asked);
  const audience = JSON.parse(JSON.stringify(found));
  await unit.prisma.broadcast.update({ where: { id }, data: { audience, recipients: found.usable } });
  return found.usable;
}

export function assertOwnDraft({ authorId, state }: BroadcastRow, personId: string): void {
  if (authorId !== personId) throw new AppError('forbidden');
  if (state !== 'draft') throw new AppError('not_allowed_now', undefined, { state });
}

/** How far a broadcast has come. Each recipient is in one of the first six. */
export interface Progress {
  waiting: number;
  /** Handed to the channel's queue. */
  queued: number;
  sent: number;
  failed: number;
  /** Opted out, or refused by the platform, before it was sent. */
  skipped: number;
  /** Not sent, since it was cancelled. */
  stopped: number;
  /** Of those sent: reported as arrived. */
  delivered: number;
  /** Recipients who opted out since it began. */
  optedOut: number;
}

const progressText = `SELECT count(*) FILTER (WHERE r.state = 'waiting' AND b.state <> 'cancelled')::int AS waiting,
  count(*) FILTER (WHERE d.state IN ('queued', 'sending'))::int AS queued,
  count(*) FILTER (WHERE d.state = 'sent' AND d.receipt IS DISTINCT FROM 'failed')::int AS sent,
  count(*) FILTER (WHERE d.state IN ('dead', 'superseded') OR d.receipt = 'failed')::int AS failed,
  count(*) FILTER (WHERE r.state = 'skipped' OR (d.state = 'suppressed' AND d.error <> '${hot.BROADCAST_CANCELLED}'))::int AS skipped,
  count(*) FILTER (WHERE (r.state = 'waiting' AND b.state = 'cancelled') OR d.error = '${hot.BROADCAST_CANCELLED}')::int AS stopped,
  count(*) FILTER (WHERE d.receipt = 'delivered')::int AS delivered,
  count(*) FILTER (WHERE a.opted_out_at >= b.started_at)::int AS "optedOut"
FROM broadcast_recipient r JOIN broadcast b ON b.id = r.broadcast_id
LEFT JOIN delivery d ON d.id = r.delivery_id LEFT JOIN address a ON a.id = d.address_id
WHERE r.broadcast_id = $1`;

export async function progressOf(sql: Sql, id: string): Promise<Progress> {
  const { rows } = await sql.query<Progress & Record<string, unknown>>({ text: progressText, values: [id] });
  return rows[0] as Progress;
}
