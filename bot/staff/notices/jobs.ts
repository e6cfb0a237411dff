import { Temporal } from 'temporal-polyfill';
import type { Database, Sql, Unit } from '../../../prisma/client.ts';
import { describeDate } from '../../dialog/dates/index.ts';
import { t } from '../../i18n/index.ts';
import type { Policy } from '../../policy/schema.ts';
import { tellPeople } from '../post.ts';
import { restored } from '../restored.ts';
import { loadRoster } from '../roster/store.ts';
import type { Duty } from '../roster/types.ts';
import { byNotice, type NoticePost, publishNotice, tellNew } from './send.ts';
import { unreadIs, validAt } from './store.ts';

const MINUTE_MS = 60_000;
const LISTED = 60;

/** What is due each minute, in whichever process comes first: every act is a claim on its rows. */
export async function noticeJobs(db: Database, post: NoticePost, policy: Policy, now: number): Promise<void> {
  await db.transaction((unit) => tellNew(unit, post, now));
  await db.transaction((unit) => remindDue(unit, post, policy, now));
  await db.transaction((unit) => dailyKnowledge(unit, post, policy, now));
}

/** Reminds of what must be read: so long after it was told, and before the next shift. */
async function remindDue(unit: Unit, post: NoticePost, { notices }: Policy, now: number): Promise<void> {
  const { remindAfterMinutes, remindBeforeShiftMinutes } = notices;
  const coming =
    remindBeforeShiftMinutes === null
      ? []
      : await comingOn(unit.sql, now, now + remindBeforeShiftMinutes * MINUTE_MS);
  const { rows } = await unit.sql.query<{ noticeId: string; personId: string }>({
    text: `WITH due AS (
        SELECT r.notice_id, r.person_id, r.told_at + ($2::int[])[r.reminders + 1] * interval '1 minute' <= $1 AS timed
        FROM notice_receipt r JOIN notice n ON n.id = r.notice_id JOIN person p ON p.id = r.person_id AND p.active
        WHERE n.must_read AND ${unreadIs} AND ${validAt('$1')} AND (
          r.told_at + ($2::int[])[r.reminders + 1] * interval '1 minute' <= $1
          OR EXISTS (SELECT FROM unnest($4::uuid[], $5::timestamptz[]) AS s (person_id, starts_at)
            WHERE s.person_id = r.person_id AND s.starts_at - $3 * interval '1 minute' > greatest(r.told_at, coalesce(r.reminded_at, r.told_at))
              AND s.starts_at - $3 * interval '1 minute' <= $1))
        FOR UPDATE OF r SKIP LOCKED)
      UPDATE notice_receipt r SET reminded_at = $1, reminders = r.reminders + coalesce(due.timed, false)::int FROM due
      WHERE r.notice_id = due.notice_id AND r.person_id = due.person_id
      RETURNING r.notice_id AS "noticeId", r.person_id AS "personId"`,
    values: [
      ...[new Date(now), remindAfterMinutes, remindBeforeShiftMinutes],
      ...[coming.map(({ personId }) => personId), coming.map(({ from }) => new Date(from))],
    ],
  });
  for (const [noticeId, { ids }] of byNotice(rows))
    await tellPeople(unit, post, ids, { kind: 'notice.remind', data: { noticeId } }, now);
}

/** Who comes on after `from` (epoch ms), until `to`, as the roster says after swaps and leave; who stays on is not among them. */
async function comingOn(sql: Sql, from: number, to: number): Promise<Duty[]> {
  const { duties } = await loadRoster(sql, { from, to: to + 1 });
  return duties.filter(
    (duty) =>
      duty.from > from &&
      duty.from <= to &&
      !duties.some(({ personId, to: end }) => personId === duty.personId && end === duty.from),
  );
}

/** The knowledge added and removed since this time yesterday (RULEBOOK §3.3), once a day; nothing changed, nothing said. */
export async function dailyKnowledge(
  unit: Unit,
  post: NoticePost,
  { notices, centre }: Policy,
  now: number,
): Promise<void> {
  if (notices.dailyKnowledgeAt === null) return;
  const zoned = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(centre.timeZone);
  const today = zoned.toPlainDate();
  const at = today.toZonedDateTime({ timeZone: centre.timeZone, plainTime: notices.dailyKnowledgeAt });
  if (now < at.epochMilliseconds || now >= at.epochMilliseconds + 60 * MINUTE_MS) return;
  const daily = today.toString();
  const known = await unit.sql.query({ text: 'SELECT FROM notice WHERE daily = $1', values: [daily] });
  if (known.rowCount) return;
  const { added, removed } = await changedKnowledge(
    unit,
    at.subtract({ days: 1 }).epochMilliseconds,
    at.epochMilliseconds,
  );
  if (added.length + removed.length === 0) return;
  const locale = 'zh-CN';
  const text = [
    ...(added.length > 0 ? [t(locale, 'notice.daily_added', { list: added.join('\n') })] : []),
    ...(removed.length > 0 ? [t(locale, 'notice.daily_removed', { list: removed.join('\n') })] : []),
  ].join('\n\n');
  const title = t(locale, 'notice.daily_title', { date: describeDate(today, locale) });
  const audience = { everyone: true, teams: [], jobTypes: [], roles: [], persons: [] };
  const validUntil = at.add({ days: 7 }).epochMilliseconds;
  await publishNotice(
    unit,
    post,
    { title, text, audience, files: [], mustRead: false, validUntil, daily },
    null,
    now,
  );
}

async function changedKnowledge({ sql }: Unit, from: number, to: number) {
  const { rows } = await sql.query<{ title: string; added: boolean }>({
    text: `SELECT title, state = 'published' AND (created_at > $1 OR ${restored('$1', '$2')}) AS added FROM entry
      WHERE (state = 'published' AND created_at <= $2 AND (created_at > $1 OR ${restored('$1', '$2')}))
        OR (state = 'withdrawn' AND updated_at > $1 AND updated_at <= $2)
        OR (state = 'published' AND valid_to >= $1::date AND valid_to < $2::date)
      ORDER BY title LIMIT ${LISTED}`,
    values: [new Date(from), new Date(to)],
  });
  const list = (added: boolean) => rows.filter((row) => row.added === added).map(({ title }) => `· ${title}`);
  return { added: list(true), removed: list(false) };
}
