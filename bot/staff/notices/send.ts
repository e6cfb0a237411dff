import { type Unit, uuidv7 } from '../../../prisma/client.ts';
import { closeCards, inEachLocale } from '../../dialog/cards.ts';
import { AppError } from '../../errors.ts';
import { t } from '../../i18n/index.ts';
import type { Audit } from '../../people/audit.ts';
import { type Post, tellPeople } from '../post.ts';
import { type Audience, inAudience } from './audience.ts';
import { NOTICE_CARD } from './card.ts';
import { type NoticeRow, noticeById, unreadIs, validAt } from './store.ts';

export interface NoticePost extends Post {
  readonly audit: Audit;
}

export interface Written {
  title: string;
  text: string;
  audience: Audience;
  files: { id: string; name: string }[];
  mustRead: boolean;
  validUntil: number | null;
}

/** Publishes a notice, to whoever is in its audience now; who joins it later is told by `tellNew`. */
export async function publishNotice(
  unit: Unit,
  post: NoticePost,
  { daily, ...written }: Written & { daily?: string },
  authorId: string | null,
  now: number,
): Promise<string | undefined> {
  const id = uuidv7(now);
  const { rowCount } = await unit.sql.query({
    text: `INSERT INTO notice (id, title, text, audience, files, must_read, valid_until, author_id, daily, created_at, changed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) ON CONFLICT (daily) DO NOTHING`,
    values: [...[id, ...columnsOf(written)], authorId, daily ?? null, new Date(now)],
  });
  if (rowCount !== 1) return undefined;
  await act(unit, post, 'notice.publish', { id, authorId });
  await tellNew(unit, post, now, id);
  return id;
}

const columnsOf = ({ title, text, audience, files, mustRead, validUntil }: Written) => [
  ...[title, text, JSON.stringify(audience), JSON.stringify(files), mustRead],
  validUntil === null ? null : new Date(validUntil),
];

function act(
  unit: Unit,
  { audit }: NoticePost,
  action: `notice.${string}`,
  { id, authorId }: { id: string; authorId: string | null },
) {
  const actor = authorId === null ? { kind: 'system' as const } : { kind: 'person' as const, id: authorId };
  return audit(unit, { actor, action, object: 'notice', objectId: id });
}

/** Tells valid notices to those in their audience who have no receipt yet: at once, and new colleagues later. */
export async function tellNew(unit: Unit, post: Post, now: number, noticeId?: string): Promise<number> {
  const { rows } = await unit.sql.query<{ noticeId: string; personId: string; version: number }>({
    text: `INSERT INTO notice_receipt (notice_id, person_id, version, told_at)
      SELECT n.id, p.id, n.version, $1 FROM notice n JOIN person p ON ${inAudience('n.audience')}
      WHERE ${validAt('$1')} AND ($2::uuid IS NULL OR n.id = $2)
        AND NOT EXISTS (SELECT FROM notice_receipt r WHERE r.notice_id = n.id AND r.person_id = p.id)
      ON CONFLICT DO NOTHING RETURNING notice_id AS "noticeId", person_id AS "personId", version`,
    values: [new Date(now), noticeId ?? null],
  });
  for (const [id, { version, ids }] of byNotice(rows))
    await tellPeople(unit, post, ids, { kind: 'notice.told', data: { noticeId: id, version } }, now);
  return rows.length;
}

/** Whom each notice concerns. */
export function byNotice(rows: readonly { noticeId: string; personId: string; version?: number }[]) {
  const notices = new Map<string, { version: number | undefined; ids: string[] }>();
  for (const { noticeId, personId, version } of rows) {
    const known = notices.get(noticeId);
    if (known) known.ids.push(personId);
    else notices.set(noticeId, { version, ids: [personId] });
  }
  return notices;
}

/** A new version in the place of the last: everybody has to read it again. @throws version_changed, gone */
export async function correctNotice(
  unit: Unit,
  post: NoticePost,
  { id, version, ...written }: Written & { id: string; version: number },
  by: string,
  now: number,
): Promise<void> {
  const before = await held(unit, id);
  if (before.version !== version)
    throw new AppError('version_changed', undefined, { version: before.version });
  await unit.sql.query({
    text: `UPDATE notice SET title = $2, text = $3, audience = $4, files = $5, must_read = $6, valid_until = $7,
      version = version + 1, changed_at = $8 WHERE id = $1`,
    values: [...[id, ...columnsOf(written)], new Date(now)],
  });
  await act(unit, post, 'notice.correct', { id, authorId: by });
  await close(unit, before, 'notice.corrected', now);
  await unit.sql.query({ text: 'DELETE FROM notice_receipt WHERE notice_id = $1', values: [id] });
  await tellNew(unit, post, now, id);
}

/** Takes it back: nobody has to read it any more, and those who had it are told. @throws gone */
export async function withdrawNotice(
  unit: Unit,
  post: NoticePost,
  id: string,
  by: string,
  now: number,
): Promise<void> {
  const before = await held(unit, id);
  await unit.sql.query({
    text: 'UPDATE notice SET withdrawn_at = $2 WHERE id = $1',
    values: [id, new Date(now)],
  });
  await act(unit, post, 'notice.withdraw', { id, authorId: by });
  await close(unit, before, 'notice.withdrawn', now);
  const { rows } = await unit.sql.query<{ id: string }>({
    text: 'SELECT person_id AS id FROM notice_receipt WHERE notice_id = $1 AND delivered_at IS NOT NULL',
    values: [id],
  });
  const ids = rows.map((row) => row.id);
  await tellPeople(unit, post, ids, { kind: 'notice.withdrawn', data: { noticeId: id } }, now);
}

async function held(unit: Unit, id: string): Promise<NoticeRow> {
  const notice = await noticeById(unit.sql, id, { hold: true });
  if (!notice) throw new AppError('not_found');
  if (notice.withdrawnAt !== null) throw new AppError('gone');
  return notice;
}

/** Cards that are out lose their buttons; whoever had confirmed keeps that word. */
async function close(
  unit: Unit,
  { id, title }: NoticeRow,
  key: 'notice.corrected' | 'notice.withdrawn',
  now: number,
) {
  const outcomes = await inEachLocale((locale) => {
    return { title: t(locale, 'notice.title', { title }), outcome: t(locale, key) };
  });
  await closeCards(unit, { kind: NOTICE_CARD, subjectId: id, outcomes, now });
}

/** Reminds whoever has not read it, of one team or of all; nobody twice within ten minutes. */
export async function remindNotice(
  unit: Unit,
  post: NoticePost,
  { id, teamId, by }: { id: string; teamId?: string | undefined; by: string },
  now: number,
): Promise<number> {
  const { rows } = await unit.sql.query<{ id: string }>({
    text: `UPDATE notice_receipt r SET reminded_at = $2 FROM notice n, person p
      WHERE n.id = $1 AND r.notice_id = n.id AND p.id = r.person_id AND ($3::uuid IS NULL OR p.team_id = $3)
        AND ${validAt('$2')} AND ${unreadIs}
        AND (r.reminded_at IS NULL OR r.reminded_at <= $2::timestamptz - interval '10 minutes')
      RETURNING r.person_id AS id`,
    values: [id, new Date(now), teamId ?? null],
  });
  await act(unit, post, 'notice.remind', { id, authorId: by });
  const ids = rows.map((row) => row.id);
  await tellPeople(unit, post, ids, { kind: 'notice.remind', data: { noticeId: id } }, now);
  return ids.length;
}
