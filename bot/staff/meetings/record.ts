import type { Sql } from '../../../prisma/client.ts';
import { sorted } from '../../people/audit-chain.ts';
import type { Agenda } from './agenda.ts';
import type { MeetingKind } from './rules.ts';

/** A meeting 会议 as it is stored. Instants in epoch ms. */
export interface MeetingRecord {
  readonly id: string;
  readonly no: number;
  readonly kind: MeetingKind;
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly startsAt: number;
  readonly chairId: string;
  readonly chairName: string;
  readonly state: 'planned' | 'published';
  readonly agenda: Agenda;
  readonly minutes: string;
  readonly decisions: readonly string[];
  readonly publishedBy: string | null;
  readonly publishedAt: number | null;
  readonly people: readonly MeetingPerson[];
}

export interface MeetingPerson {
  readonly id: string;
  readonly name: string;
  /** `reader`: gets the minutes only. */
  readonly role: 'member' | 'reader';
  readonly readAt: number | null;
}

type Row = Omit<MeetingRecord, 'startsAt' | 'publishedAt' | 'people'> & {
  startsAt: Date;
  publishedAt: Date | null;
  people: (Omit<MeetingPerson, 'readAt'> & { readAt: string | null })[];
};

/** With `hold` it stays as it is until the transaction ends: whatever is written is written under that lock. */
export async function meetingById(
  sql: Sql,
  id: string,
  { hold = false }: { hold?: boolean } = {},
): Promise<MeetingRecord | undefined> {
  if (hold) await sql.query({ text: 'SELECT FROM meeting WHERE id = $1 FOR UPDATE', values: [id] });
  return (await select(sql, 'm.id = $1', [id]))[0];
}

const concerns = `(m.chair_id = $1 OR EXISTS (SELECT FROM meeting_person w WHERE w.meeting_id = m.id AND w.person_id = $1))`;

/** What a colleague has to do with and is not over: meetings to come, and minutes that they have not confirmed. */
export function openMeetings(sql: Sql, personId: string, now: number): Promise<MeetingRecord[]> {
  const unread = `EXISTS (SELECT FROM meeting_person w WHERE w.meeting_id = m.id AND w.person_id = $1 AND w.read_at IS NULL)`;
  const where = `${concerns} AND ((m.state = 'planned' AND (m.starts_at > $2 OR m.chair_id = $1))
    OR (m.state = 'published' AND ${unread}))`;
  return select(sql, where, [personId, new Date(now)], 8);
}

/** Meetings that concern a colleague, or with null all, that begin between two instants (epoch ms); the newest first. */
export function meetingsBetween(
  sql: Sql,
  personId: string | null,
  { from, to }: { from: number; to: number },
): Promise<MeetingRecord[]> {
  const where = `($1::uuid IS NULL OR ${concerns}) AND m.starts_at >= $2 AND m.starts_at < $3`;
  return select(sql, where, [personId, new Date(from), new Date(to)], 8);
}

/** Begun and without published minutes: what this colleague chairs, or with `no` that one; the newest first. */
export function unwritten(
  sql: Sql,
  { chairId, no, now }: { chairId: string; no: number | undefined; now: number },
): Promise<MeetingRecord[]> {
  if (no !== undefined) return select(sql, 'm.no = $1', [no]);
  const where = `m.chair_id = $1 AND m.state = 'planned' AND m.starts_at <= $2`;
  return select(sql, where, [chairId, new Date(now)], 8);
}

async function select(sql: Sql, where: string, values: unknown[], limit = 1): Promise<MeetingRecord[]> {
  const { rows } = await sql.query<Row & Record<string, unknown>>({
    text: `SELECT m.id, m.no, m.kind, m.team_id AS "teamId", t.name AS "teamName", m.starts_at AS "startsAt",
        m.chair_id AS "chairId", c.name AS "chairName", m.state, m.agenda, m.minutes, m.decisions,
        m.published_by AS "publishedBy", m.published_at AS "publishedAt",
        coalesce((SELECT json_agg(json_build_object('id', p.id, 'name', p.name, 'role', w.role, 'readAt', w.read_at)
          ORDER BY p.number) FROM meeting_person w JOIN person p ON p.id = w.person_id WHERE w.meeting_id = m.id), '[]') AS people
      FROM meeting m JOIN person c ON c.id = m.chair_id LEFT JOIN team t ON t.id = m.team_id
      WHERE ${where} ORDER BY m.starts_at DESC, m.no DESC LIMIT ${limit}`,
    values,
  });
  return rows.map((row) => ({
    ...row,
    ...{ startsAt: row.startsAt.getTime(), publishedAt: row.publishedAt?.getTime() ?? null },
    people: row.people.map((each) => ({
      ...each,
      readAt: each.readAt === null ? null : Date.parse(each.readAt),
    })),
  }));
}

export const unreadBy = ({ people }: Pick<MeetingRecord, 'people'>) =>
  people.filter(({ readAt }) => readAt === null);

/** What is sealed: the minutes and who was to be there; who has read them comes later. */
export function contentOf(record: MeetingRecord): string {
  const { id, kind, teamId, startsAt, chairId, agenda, minutes, decisions, publishedBy, publishedAt } =
    record;
  const members = record.people.filter(({ role }) => role === 'member').map((each) => each.id);
  return JSON.stringify(
    sorted({
      ...{ id, kind, teamId, startsAt, chairId, agenda, minutes, decisions, publishedBy, publishedAt },
      members: members.sort(),
    }),
  );
}
