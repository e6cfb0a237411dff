import type { Sql } from '../../../prisma/client.ts';
import type { Audience } from './audience.ts';

/** A notice 通告 as it stands. Times in epoch ms. */
export interface NoticeRow {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly audience: Audience;
  readonly files: readonly { id: string; name: string }[];
  readonly mustRead: boolean;
  readonly validUntil: number | null;
  readonly version: number;
  readonly authorId: string | null;
  readonly authorName: string | null;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly withdrawnAt: number | null;
}

/** How far it has come with one colleague. */
export interface Receipt {
  readonly version: number;
  readonly deliveredAt: number | null;
  readonly openedAt: number | null;
  readonly confirmedAt: number | null;
}

export interface Counts {
  readonly audience: number;
  readonly delivered: number;
  readonly opened: number;
  readonly confirmed: number;
}

const ms = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;

const columns = `n.id, n.title, n.text, n.audience, n.files, n.must_read AS "mustRead",
  ${ms('n.valid_until')} AS "validUntil", n.version, n.author_id AS "authorId", a.name AS "authorName",
  ${ms('n.created_at')} AS "createdAt", ${ms('n.changed_at')} AS "changedAt", ${ms('n.withdrawn_at')} AS "withdrawnAt"`;
const receiptColumns = `r.version AS "rVersion", ${ms('r.delivered_at')} AS "deliveredAt",
  ${ms('r.opened_at')} AS "openedAt", ${ms('r.confirmed_at')} AS "confirmedAt"`;
const from = 'notice n LEFT JOIN person a ON a.id = n.author_id';

/** Neither withdrawn nor past its end, at $now. */
export const validAt = (now: string) =>
  `n.withdrawn_at IS NULL AND (n.valid_until IS NULL OR n.valid_until > ${now})`;
/** What is still to be read: confirmed where it must be, opened otherwise. */
export const unreadIs = `(r.opened_at IS NULL OR (n.must_read AND r.confirmed_at IS NULL))`;

type Stored = NoticeRow & Record<string, unknown>;

/** @param hold keeps it as it is until the transaction ends */
export async function noticeById(
  sql: Sql,
  id: string,
  { hold = false } = {},
): Promise<NoticeRow | undefined> {
  const text = `SELECT ${columns} FROM ${from} WHERE n.id = $1 ${hold ? 'FOR UPDATE OF n' : ''}`;
  return (await sql.query<Stored>({ text, values: [id] })).rows[0];
}

export type OwnNotice = NoticeRow & { readonly receipt: Receipt };

/** A colleague's own, the newest first; `unread`: only what is valid and still to be read. */
export async function noticesOf(
  sql: Sql,
  personId: string,
  { now, unread, limit }: { now: number; unread: boolean; limit: number },
): Promise<OwnNotice[]> {
  const only = unread ? `AND ${validAt('$2')} AND ${unreadIs}` : 'AND $2::timestamptz IS NOT NULL';
  const { rows } = await sql.query<Stored & Receipt & { rVersion: number }>({
    text: `SELECT ${columns}, ${receiptColumns} FROM ${from} JOIN notice_receipt r ON r.notice_id = n.id
      WHERE r.person_id = $1 ${only} ORDER BY n.changed_at DESC, n.id DESC LIMIT ${limit}`,
    values: [personId, new Date(now)],
  });
  return rows.map(({ rVersion, deliveredAt, openedAt, confirmedAt, ...notice }) => {
    return { ...notice, receipt: { version: rVersion, deliveredAt, openedAt, confirmedAt } };
  });
}

/** For who writes notices: all, or those of a team's own leader; with how far each has come. */
export async function writtenNotices(
  sql: Sql,
  { authorId, limit }: { authorId?: string | undefined; limit: number },
): Promise<(NoticeRow & { counts: Counts })[]> {
  const { rows } = await sql.query<Stored & { counts: Counts }>({
    text: `SELECT ${columns}, (${countsText}) AS counts FROM ${from}
      WHERE $1::uuid IS NULL OR n.author_id = $1 ORDER BY n.changed_at DESC, n.id DESC LIMIT ${limit}`,
    values: [authorId ?? null],
  });
  return rows;
}

const countsText = `SELECT json_build_object('audience', count(*), 'delivered', count(delivered_at),
  'opened', count(opened_at), 'confirmed', count(confirmed_at)) FROM notice_receipt r WHERE r.notice_id = n.id`;

export async function countsOf(sql: Sql, noticeId: string): Promise<Counts> {
  const { rows } = await sql.query<{ counts: Counts }>({
    text: `SELECT (${countsText}) AS counts FROM notice n WHERE n.id = $1`,
    values: [noticeId],
  });
  return rows[0]?.counts ?? { audience: 0, delivered: 0, opened: 0, confirmed: 0 };
}

export interface Reader {
  readonly personId: string;
  readonly name: string;
  readonly number: string;
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly deliveredAt: number | null;
  readonly openedAt: number | null;
  readonly confirmedAt: number | null;
  readonly remindedAt: number | null;
}

/** Everybody whom it reaches, by team; of one team only, for its leader. */
export async function readersOf(sql: Sql, noticeId: string, teamId: string | undefined): Promise<Reader[]> {
  const { rows } = await sql.query<Reader & Record<string, unknown>>({
    text: `SELECT r.person_id AS "personId", p.name, p.number, p.team_id AS "teamId", t.name AS "teamName",
        ${ms('r.delivered_at')} AS "deliveredAt", ${ms('r.opened_at')} AS "openedAt",
        ${ms('r.confirmed_at')} AS "confirmedAt", ${ms('r.reminded_at')} AS "remindedAt"
      FROM notice_receipt r JOIN person p ON p.id = r.person_id LEFT JOIN team t ON t.id = p.team_id
      WHERE r.notice_id = $1 AND ($2::uuid IS NULL OR p.team_id = $2) ORDER BY t.name NULLS LAST, p.number`,
    values: [noticeId, teamId ?? null],
  });
  return rows;
}
