import { type Sql, type Unit, uuidv7 } from '../../../prisma/client.ts';
import type { Person } from '../../people/person.ts';
import { tellPeople } from '../post.ts';
import { recordBreach } from './breach.ts';
import { leadersAt, leads } from './leaders.ts';
import type { AttendanceParts } from './parts.ts';
import { atDesk } from './record.ts';
import { judgeAway, mayAskAway, mayPermit } from './rules.ts';
import type { Finding } from './types.ts';

const MINUTE_MS = 60_000;

/** Leaving the desk 离席: asked for, permitted, timed. Instants in epoch ms. */
export interface DeskLeave {
  readonly id: string;
  readonly attendanceId: string;
  readonly personId: string;
  readonly name: string;
  readonly teamId: string;
  readonly minutes: number;
  readonly reason: string;
  readonly state: 'asked' | 'permitted' | 'returned' | 'refused' | 'withdrawn' | 'expired';
  readonly askedAt: number;
  readonly deciderName: string | null;
  readonly dueAt: number | null;
  readonly returnedAt: number | null;
  readonly overMinutes: number;
}

/** Those for which `where` holds, with `d` for the row; the newest first. */
export async function deskLeavesWhere(sql: Sql, where: string, values: unknown[]): Promise<DeskLeave[]> {
  type Times = 'askedAt' | 'dueAt' | 'returnedAt';
  type Row = Omit<DeskLeave, Times> & Record<Times, Date | null> & Record<string, unknown>;
  const { rows } = await sql.query<Row>({
    text: `SELECT d.id, d.attendance_id AS "attendanceId", d.person_id AS "personId", p.name, d.team_id AS "teamId", d.minutes,
        d.reason, d.state, d.asked_at AS "askedAt", q.name AS "deciderName", d.due_at AS "dueAt",
        d.returned_at AS "returnedAt", d.over_minutes AS "overMinutes"
      FROM desk_leave d JOIN person p ON p.id = d.person_id LEFT JOIN person q ON q.id = d.decider_id
      WHERE ${where} ORDER BY d.asked_at DESC`,
    values,
  });
  const ms = (date: Date | null) => date?.getTime() ?? null;
  return rows.map((row) => ({
    ...{ ...row, askedAt: row.askedAt?.getTime() ?? 0, dueAt: ms(row.dueAt) },
    returnedAt: ms(row.returnedAt),
  }));
}

export async function deskLeaveById(sql: Sql, id: string): Promise<DeskLeave | undefined> {
  return (await deskLeavesWhere(sql, 'd.id = $1', [id]))[0];
}

export type Asked =
  | { readonly asked: DeskLeave }
  | { readonly refused: Finding }
  | { readonly open: DeskLeave };

/** Asks the leader. Only who has signed on can leave, and only once at a time. */
export async function askAway(
  unit: Unit,
  parts: AttendanceParts,
  { person, minutes, reason }: { person: Pick<Person, 'id'>; minutes: number; reason: string },
  now: number,
): Promise<Asked> {
  const { attendance } = parts.policy().policy;
  const desk = await atDesk(unit.sql, person.id, now);
  const refused = mayAskAway(minutes, desk !== undefined, attendance).find(
    ({ result }) => result === 'refuse',
  );
  if (refused || !desk) return { refused: refused as Finding };
  const id = uuidv7(now);
  const { rowCount } = await unit.sql.query({
    text: `INSERT INTO desk_leave (id, attendance_id, person_id, team_id, minutes, reason, asked_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    values: [id, desk.id, person.id, desk.teamId, minutes, reason, new Date(now)],
  });
  const [record] = await deskLeavesWhere(unit.sql, `d.person_id = $1 AND d.state IN ('asked', 'permitted')`, [
    person.id,
  ]);
  if (!record) throw new Error('a leave of the desk vanished in its own transaction');
  if (rowCount !== 1) return { open: record };
  await audited(unit, parts, record, 'away_ask', person.id);
  const leaders = await leadersAt(unit.sql, desk.teamId, now, [person.id]);
  await tell(unit, parts, leaders, 'ask', id, now);
  return { asked: record };
}

/** `closed`: it is no longer asked for; the record says what became of it. */
export type Decided = { readonly record: DeskLeave; readonly kind: 'decided' | 'closed' | 'refused' };

/** A leader's word; the first one counts. The time runs from then on. */
export async function decideAway(
  unit: Unit,
  parts: AttendanceParts,
  { id, by, permit }: { id: string; by: Person; permit: boolean },
  now: number,
): Promise<Decided | undefined> {
  const before = await deskLeaveById(unit.sql, id);
  if (!before) return undefined;
  if (mayPermit(before.personId, by.id, leads(by, before.teamId)).result === 'refuse')
    return { record: before, kind: 'refused' };
  const { rowCount } = await unit.sql.query({
    text: `UPDATE desk_leave SET state = $2, decider_id = $3, decided_at = $4, due_at = $5 WHERE id = $1 AND state = 'asked'`,
    values: [
      ...[id, permit ? 'permitted' : 'refused', by.id, new Date(now)],
      permit ? new Date(now + before.minutes * MINUTE_MS) : null,
    ],
  });
  const record = (await deskLeaveById(unit.sql, id)) ?? before;
  if (rowCount !== 1) return { record, kind: 'closed' };
  await audited(unit, parts, record, permit ? 'away_permit' : 'away_refuse', by.id);
  await tell(unit, parts, [record.personId], 'decided', id, now);
  return { record, kind: 'decided' };
}

/** Back at the desk: what was beyond the permitted time is on record. @returns undefined where they were not away */
export async function returnToDesk(
  unit: Unit,
  parts: AttendanceParts,
  personId: string,
  now: number,
): Promise<DeskLeave | undefined> {
  const [open] = await deskLeavesWhere(unit.sql, `d.person_id = $1 AND d.state IN ('asked', 'permitted')`, [
    personId,
  ]);
  return open && closeAway(unit, parts, open, personId, now);
}

/** Ends one: `at` is when they came back, or the shift ended. Whoever was not permitted yet takes it back. */
export async function closeAway(
  unit: Unit,
  parts: AttendanceParts,
  open: DeskLeave,
  by: string | undefined,
  at: number,
): Promise<DeskLeave | undefined> {
  const { id, attendanceId, personId, dueAt } = open;
  const back = open.state === 'permitted' && dueAt !== null;
  const over = judgeAway(back ? dueAt : at, at, parts.policy().policy.attendance);
  const { rowCount } = await unit.sql.query({
    text: 'UPDATE desk_leave SET state = $3, returned_at = $4, over_minutes = $5 WHERE id = $1 AND state = $2',
    values: [id, open.state, back ? 'returned' : 'withdrawn', new Date(at), over.minutes],
  });
  if (rowCount !== 1) return undefined;
  await audited(
    unit,
    parts,
    { ...open, overMinutes: over.minutes },
    back ? 'away_return' : 'away_withdraw',
    by,
  );
  if (back && over.result === 'breach') {
    const { minutes } = over;
    await recordBreach(unit, parts, { attendanceId, personId, kind: 'away', since: dueAt, minutes }, at);
  }
  return deskLeaveById(unit.sql, id);
}

async function audited(
  unit: Unit,
  { audit }: AttendanceParts,
  { id, personId, minutes, reason, overMinutes }: DeskLeave,
  act: string,
  by: string | undefined,
): Promise<void> {
  await audit(unit, {
    actor: by ? { kind: 'person', id: by } : { kind: 'system' },
    ...{ action: `attendance.${act}`, object: 'desk_leave', objectId: id },
    details: { person: personId, minutes, over: overMinutes },
    secrets: { reason: reason || undefined },
  });
}

const tell = (
  unit: Unit,
  parts: AttendanceParts,
  ids: readonly string[],
  kind: string,
  id: string,
  now: number,
) => tellPeople(unit, parts, ids, { kind: `attendance.away_${kind}`, data: { deskLeaveId: id } }, now);
