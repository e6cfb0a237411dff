import { type Unit, uuidv7 } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import { everybody, peopleInPosts, peopleOfRole } from '../../people/directory.ts';
import { may } from '../../people/permissions.ts';
import type { Person } from '../../people/person.ts';
import { leadersOf } from '../handover/leaders.ts';
import type { HandoverParts } from '../handover/parts.ts';
import { tellPeople } from '../post.ts';
import { sealContent } from '../seal.ts';
import { loadAgenda } from './agenda.ts';
import { contentOf, type MeetingRecord, meetingById, unreadBy } from './record.ts';
import { type Due, type MeetingRefusal, notWritable } from './rules.ts';

export type By = Pick<Person, 'id' | 'role' | 'teamId'>;
export type MeetingKept = { readonly record: MeetingRecord } | { readonly refused: MeetingRefusal };

/** Opens a meeting with the agenda as it is now, and tells who attends; nobody to chair it: none. Once, whoever is quicker. */
export async function openMeeting(unit: Unit, parts: HandoverParts, due: Due, now: number): Promise<void> {
  const { kind, teamId, startsAt } = due;
  const { chairId, members } = await attending(unit, parts, due);
  if (chairId === undefined) return;
  const { meetings } = parts.policy().policy;
  const agenda = await loadAgenda(unit.sql, due, meetings, parts.handover, now);
  const id = uuidv7(now);
  const { rowCount } = await unit.sql.query({
    text: `INSERT INTO meeting (id, kind, team_id, starts_at, chair_id, agenda, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    values: [id, kind, teamId, new Date(startsAt), chairId, JSON.stringify(agenda), new Date(now)],
  });
  if (rowCount !== 1) return;
  await invite(unit, id, members, 'member');
  await parts.audit(unit, {
    ...{ actor: { kind: 'system' }, action: 'meeting.open', object: 'meeting', objectId: id },
    details: { kind, members: members.length },
  });
  await tellPeople(unit, parts, members, { kind: 'meeting.opened', data: { meetingId: id } }, now);
}

async function attending({ sql }: Unit, { policy }: HandoverParts, { kind, teamId, members }: Due) {
  const { weekly, monthly } = policy().policy.meetings;
  if (teamId !== null) {
    const [leader] = await leadersOf(sql, teamId, []);
    return { chairId: leader?.id, members: [...new Set([...members, ...(leader ? [leader.id] : [])])] };
  }
  const role = kind === 'weekly' ? weekly?.chair : monthly?.chair;
  const [chair] = role ? await peopleOfRole(sql, role) : [];
  const roles = weekly?.attend ?? [];
  const people = kind === 'weekly' ? await peopleInPosts(sql, { roles, numbers: [] }) : await everybody(sql);
  const ids = people.map(({ id }) => id);
  return { chairId: chair?.id, members: [...new Set([...ids, ...(chair ? [chair.id] : [])])] };
}

async function invite({ sql }: Unit, id: string, people: readonly string[], role: 'member' | 'reader') {
  await sql.query({
    text: `INSERT INTO meeting_person (meeting_id, person_id, role) SELECT $1, unnest($2::uuid[]), $3 ON CONFLICT DO NOTHING`,
    values: [id, [...people], role],
  });
}

/** Whether somebody may write a meeting's minutes in its chair's place. */
export const leadsMeeting = (by: By, { teamId }: Pick<MeetingRecord, 'teamId'>) =>
  may(by, 'meeting.write', { personId: '', teamId });

async function held(unit: Unit, id: string, by: By, now: number, publish: boolean) {
  const record = await meetingById(unit.sql, id, { hold: true });
  if (!record) throw new AppError('not_found');
  const leads = leadsMeeting(by, record);
  return { record, refused: notWritable(record, { id: by.id, leads }, now, { publish }) };
}

/** Adds to the minutes, or a decision. */
export async function writeMinutes(
  unit: Unit,
  { audit }: HandoverParts,
  { id, by, what, text }: { id: string; by: By; what: 'minutes' | 'decision'; text: string },
  now: number,
): Promise<MeetingKept> {
  const { record: before, refused } = await held(unit, id, by, now, false);
  if (refused) return { refused };
  const minutes = what === 'minutes' ? [before.minutes, text].filter(Boolean).join('\n') : before.minutes;
  const decisions = what === 'decision' ? [...before.decisions, text] : before.decisions;
  const { rowCount } = await unit.sql.query({
    text: `UPDATE meeting SET minutes = $2, decisions = $3 WHERE id = $1 AND state = 'planned'`,
    values: [id, minutes, JSON.stringify(decisions)],
  });
  if (rowCount !== 1) throw new AppError('conflict');
  await audit(unit, {
    ...{ actor: { kind: 'person', id: by.id }, action: 'meeting.write', object: 'meeting', objectId: id },
    ...{ details: { what }, secrets: { text } },
  });
  return { record: { ...before, minutes, decisions } };
}

/** Publishes the minutes: they are sealed, and whoever attended, or is to read them, gets them to confirm. */
export async function publishMinutes(
  unit: Unit,
  parts: HandoverParts,
  { id, by }: { id: string; by: By },
  now: number,
): Promise<MeetingKept> {
  const { record: before, refused } = await held(unit, id, by, now, true);
  if (refused) return { refused };
  const { rowCount } = await unit.sql.query({
    text: `UPDATE meeting SET state = 'published', published_by = $2, published_at = $3 WHERE id = $1 AND state = 'planned'`,
    values: [id, by.id, new Date(now)],
  });
  if (rowCount !== 1) throw new AppError('conflict');
  const { weekly } = parts.policy().policy.meetings;
  if (before.kind === 'weekly' && weekly) {
    const readers = await peopleInPosts(unit.sql, { roles: weekly.readers, numbers: [] });
    await invite(
      unit,
      id,
      readers.map((each) => each.id),
      'reader',
    );
  }
  // Whoever publishes them knows them.
  await confirmMinutes(unit, { id, by: by.id }, now);
  await parts.audit(unit, {
    ...{ actor: { kind: 'person', id: by.id }, action: 'meeting.publish', object: 'meeting', objectId: id },
    details: { decisions: before.decisions.length },
  });
  const record = await meetingById(unit.sql, id);
  if (!record) throw new Error('a meeting vanished in its own transaction');
  await sealContent(unit, parts.audit, { object: 'meeting', id, by: by.id, content: contentOf(record) });
  const unread = unreadBy(record).map((each) => each.id);
  await tellPeople(unit, parts, unread, { kind: 'meeting.minutes', data: { meetingId: id } }, now);
  return { record };
}

/** 已阅: noted once over all channels. @returns whether they are to read it at all */
export async function confirmMinutes(
  { sql }: Unit,
  { id, by }: { id: string; by: string },
  now: number,
): Promise<boolean> {
  const { rowCount } = await sql.query({
    text: `UPDATE meeting_person SET read_at = coalesce(read_at, $3) WHERE meeting_id = $1 AND person_id = $2`,
    values: [id, by, new Date(now)],
  });
  return rowCount === 1;
}
