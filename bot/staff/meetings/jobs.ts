import type { Database, Sql, Unit } from '../../../prisma/client.ts';
import { shiftChanges } from '../handover/change.ts';
import { teamsOf } from '../handover/jobs.ts';
import type { HandoverParts } from '../handover/parts.ts';
import type { ShiftChange } from '../handover/types.ts';
import { tellPeople } from '../post.ts';
import { loadRoster } from '../roster/store.ts';
import { openMeeting } from './keep.ts';
import { meetingById, unreadBy } from './record.ts';
import { type Due, dueMeetings } from './rules.ts';

const HOUR_MS = 3_600_000;

/**
 * What meetings need of the clock: announcing them, reminding of minutes that are not there and of those that are not
 * read. Each is a claim on a row, so that of several processes, or after a restart, one does it and once.
 */
export async function meetingRound(db: Database, parts: HandoverParts, now: number): Promise<void> {
  const { meetings, centre } = parts.policy().policy;
  const due = dueMeetings(meetings, centre.timeZone, await changesAround(db.sql, parts, now), now);
  const known = await knownOf(db.sql, now);
  for (const each of due)
    if (!known.has(keyOf(each))) await db.transaction((unit) => openMeeting(unit, parts, each, now));
  await db.transaction((unit) => remindChairs(unit, parts, now));
  await db.transaction((unit) => remindReaders(unit, parts, now));
}

/** The changes of shift around which a meeting can be due. */
async function changesAround(sql: Sql, { policy }: HandoverParts, now: number): Promise<ShiftChange[]> {
  const { before, after, announceMinutes, jobTypes } = policy().policy.meetings;
  if (!before && !after) return [];
  const [from, to] = [
    now - (after?.minutes ?? 0) * 60_000,
    now + ((before?.minutes ?? 0) + announceMinutes) * 60_000,
  ];
  const teams = await teamsOf(sql, jobTypes);
  const { duties } = await loadRoster(sql, { from: from - 24 * HOUR_MS, to: to + 1 });
  return shiftChanges(duties, from, to).filter(({ teamId }) => teams.has(teamId));
}

const keyOf = ({ kind, teamId, startsAt }: Omit<Due, 'members'>) => `${kind} ${teamId} ${startsAt}`;

async function knownOf(sql: Sql, now: number): Promise<Set<string>> {
  type Row = { kind: Due['kind']; teamId: string | null; startsAt: Date };
  const { rows } = await sql.query<Row>({
    text: 'SELECT kind, team_id AS "teamId", starts_at AS "startsAt" FROM meeting WHERE starts_at > $1',
    values: [new Date(now)],
  });
  return new Set(rows.map((row) => keyOf({ ...row, startsAt: row.startsAt.getTime() })));
}

async function claimed({ sql }: Unit, set: string, where: string, values: unknown[]): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>({
    text: `UPDATE meeting SET ${set} WHERE id IN (
      SELECT id FROM meeting WHERE ${where} ORDER BY starts_at, id FOR UPDATE SKIP LOCKED) RETURNING id`,
    values,
  });
  return rows.map(({ id }) => id);
}

async function remindChairs(unit: Unit, parts: HandoverParts, now: number): Promise<void> {
  const { minutesHours } = parts.policy().policy.meetings;
  const where = `state = 'planned' AND minutes_reminded_at IS NULL AND starts_at <= $2`;
  const values = [new Date(now), new Date(now - minutesHours * HOUR_MS)];
  for (const id of await claimed(unit, 'minutes_reminded_at = $1', where, values)) {
    const meeting = await meetingById(unit.sql, id);
    const word = { kind: 'meeting.unwritten', data: { meetingId: id } };
    if (meeting) await tellPeople(unit, parts, [meeting.chairId], word, now);
  }
}

/** Those who have not confirmed the minutes are reminded; the chair is told who they are. */
async function remindReaders(unit: Unit, parts: HandoverParts, now: number): Promise<void> {
  const { readHours } = parts.policy().policy.meetings;
  const where = `state = 'published' AND unread_told_at IS NULL AND published_at <= $2`;
  const values = [new Date(now), new Date(now - readHours * HOUR_MS)];
  for (const id of await claimed(unit, 'unread_told_at = $1', where, values)) {
    const meeting = await meetingById(unit.sql, id);
    const unread = meeting ? unreadBy(meeting).map((each) => each.id) : [];
    if (!meeting || unread.length === 0) continue;
    const word = (kind: string) => ({ kind: `meeting.${kind}`, data: { meetingId: id } });
    await tellPeople(unit, parts, unread, word('remind'), now);
    await tellPeople(unit, parts, [meeting.chairId], word('unread'), now);
  }
}
