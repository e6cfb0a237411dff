import { type Sql, type Unit, uuidv7 } from '../../../prisma/client.ts';
import type { Person } from '../../people/person.ts';
import { tellPeople } from '../post.ts';
import { dueOf } from './due.ts';
import { leadersAt, leads } from './leaders.ts';
import type { AttendanceParts } from './parts.ts';
import { type AttendanceRecord, attendanceWhere } from './record.ts';
import { signOnTo } from './sign.ts';

/** A roll call 点名 with those who are to come. Instants in epoch ms. */
export interface RollCall {
  readonly id: string;
  readonly teamId: string;
  readonly teamName: string;
  readonly startsAt: number;
  readonly state: 'open' | 'done';
  readonly doneByName: string | null;
  readonly people: readonly AttendanceRecord[];
}

type Row = Omit<RollCall, 'startsAt' | 'people'> & { startsAt: Date } & Record<string, unknown>;

async function select(sql: Sql, where: string, values: unknown[]): Promise<RollCall | undefined> {
  const { rows } = await sql.query<Row>({
    text: `SELECT r.id, r.team_id AS "teamId", t.name AS "teamName", r.starts_at AS "startsAt", r.state, p.name AS "doneByName"
      FROM roll_call r JOIN team t ON t.id = r.team_id LEFT JOIN person p ON p.id = r.done_by
      WHERE ${where} ORDER BY r.starts_at DESC LIMIT 1`,
    values,
  });
  const [row] = rows;
  if (!row) return undefined;
  const people = await attendanceWhere(sql, `a.team_id = $1 AND a.due_from = $2 AND a.state <> 'void'`, [
    row.teamId,
    row.startsAt,
  ]);
  return { ...row, startsAt: row.startsAt.getTime(), people };
}

export const rollCallById = (sql: Sql, id: string) => select(sql, 'r.id = $1', [id]);

/** The newest one that is still open; without a team, of any. */
export const openRollCall = (sql: Sql, teamId: string | undefined) =>
  select(sql, `r.state = 'open' AND ($1::uuid IS NULL OR r.team_id = $1)`, [teamId ?? null]);

/** Opens one, unless somebody was quicker, and tells whoever leads the shift that comes. `startsAt` and `now` are epoch ms. */
export async function openRollCallOf(
  unit: Unit,
  parts: AttendanceParts,
  { teamId, startsAt }: { teamId: string; startsAt: number },
  now: number,
): Promise<void> {
  const id = uuidv7(now);
  const { rowCount } = await unit.sql.query({
    text: `INSERT INTO roll_call (id, team_id, starts_at, opened_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (team_id, starts_at) DO NOTHING`,
    values: [id, teamId, new Date(startsAt), new Date(now)],
  });
  if (rowCount !== 1) return;
  await parts.audit(unit, {
    ...{ actor: { kind: 'system' }, action: 'attendance.roll_call', object: 'roll_call', objectId: id },
  });
  const leaders = await leadersAt(unit.sql, teamId, startsAt);
  await tellPeople(unit, parts, leaders, { kind: 'attendance.roll_call', data: { rollCallId: id } }, now);
}

/** `own`: nobody marks themselves. `changed`: they have signed on, or nothing is theirs to work any more. */
export type Marked = 'done' | 'own' | 'forbidden' | 'changed';

/** The leader's word on one of those who are to come: there 到岗, or not. */
export async function markOne(
  unit: Unit,
  parts: AttendanceParts,
  call: RollCall,
  { personId, by, present }: { personId: string; by: Person; present: boolean },
  now: number,
): Promise<Marked> {
  if (!leads(by, call.teamId)) return 'forbidden';
  if (personId === by.id) return 'own';
  const one = call.people.find((each) => each.personId === personId);
  const due = one && (await dueOf(unit.sql, personId, one.shiftId));
  if (!one || !due) return 'changed';
  if (present) {
    const sign = { at: now, how: 'leader', by: by.id } as const;
    return (await signOnTo(unit, parts, due, sign, now)).kind === 'done' ? 'done' : 'changed';
  }
  const { rowCount } = await unit.sql.query({
    text: `UPDATE attendance SET roll_call = 'absent', roll_call_by = $2
      WHERE id = $1 AND state = 'expected' AND roll_call IS NULL`,
    values: [one.id, by.id],
  });
  if (rowCount !== 1) return 'changed';
  await parts.audit(unit, {
    ...{ actor: { kind: 'person', id: by.id }, action: 'attendance.roll_absent', object: 'attendance' },
    ...{ objectId: one.id, details: { person: personId } },
  });
  return 'done';
}

/** Ends it; who has not come by then stands there as absent from it. @returns false if it was ended before */
export async function endRollCall(
  unit: Unit,
  parts: AttendanceParts,
  call: RollCall,
  by: Person,
  now: number,
): Promise<boolean> {
  const { rowCount } = await unit.sql.query({
    text: `UPDATE roll_call SET state = 'done', done_by = $2, done_at = $3 WHERE id = $1 AND state = 'open'`,
    values: [call.id, by.id, new Date(now)],
  });
  if (rowCount !== 1) return false;
  for (const { personId, state } of call.people)
    if (state === 'expected') await markOne(unit, parts, call, { personId, by, present: false }, now);
  await parts.audit(unit, {
    ...{ actor: { kind: 'person', id: by.id }, action: 'attendance.roll_done', object: 'roll_call' },
    ...{ objectId: call.id, details: { people: call.people.length, present: presentIn(call).length } },
  });
  return true;
}

export const presentIn = ({ people }: RollCall) => people.filter(({ onAt }) => onAt !== null);
export const missingIn = ({ people }: RollCall) => people.filter(({ state }) => state === 'expected');

/** Read again, as after a mark. */
export async function reread(sql: Sql, call: RollCall): Promise<RollCall> {
  return (await rollCallById(sql, call.id)) ?? call;
}
