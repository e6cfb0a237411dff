import type { Sql } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import type { Policy } from '../../policy/schema.ts';
import { unreadIs, validAt } from './store.ts';

const marks = {
  delivered: 'delivered_at = coalesce(delivered_at, $4)',
  opened: 'delivered_at = coalesce(delivered_at, $4), opened_at = coalesce(opened_at, $4)',
  confirmed: `delivered_at = coalesce(delivered_at, $4), opened_at = coalesce(opened_at, $4),
    confirmed_at = coalesce(confirmed_at, $4)`,
} as const;

/**
 * Delivered ≠ opened ≠ confirmed 已阅知悉: each is noted once, with its time, of the version that the colleague has before
 * them; a later one says the earlier too. @returns false where the notice isn't theirs, or that version was corrected
 */
export async function mark(
  sql: Sql,
  what: keyof typeof marks,
  { noticeId, personId, version }: { noticeId: string; personId: string; version: number },
  now: number,
): Promise<boolean> {
  const { rowCount } = await sql.query({
    text: `UPDATE notice_receipt SET ${marks[what]} WHERE notice_id = $1 AND person_id = $2 AND version = $3`,
    values: [noticeId, personId, version, new Date(now)],
  });
  return rowCount === 1;
}

/** What a colleague must still confirm, the oldest first: asked before they take over a conversation or accept a handover. */
export async function unreadMustReads(
  sql: Sql,
  personId: string,
  now: number,
): Promise<{ id: string; title: string }[]> {
  const { rows } = await sql.query<{ id: string; title: string }>({
    text: `SELECT n.id, n.title FROM notice_receipt r JOIN notice n ON n.id = r.notice_id
      WHERE r.person_id = $1 AND n.must_read AND ${unreadIs} AND ${validAt('$2')} ORDER BY n.created_at, n.id`,
    values: [personId, new Date(now)],
  });
  return rows;
}

/**
 * Where the policy says so, whoever takes a customer or a handover on has read what must be read.
 * @throws notices_unread with the notices' ids and titles
 */
export async function assertNoticesRead(
  sql: Sql,
  { notices: { blockTakingOver } }: Pick<Policy, 'notices'>,
  personId: string,
  now: number,
): Promise<void> {
  if (!blockTakingOver) return;
  const notices = await unreadMustReads(sql, personId, now);
  if (notices.length > 0) throw new AppError('notices_unread', undefined, { notices });
}
