import { type Sql, type Unit, uuidv7 } from '../../../prisma/client.ts';
import type { AttendancePolicy, HandoverPolicy } from '../../policy/schema.ts';
import { shiftChanges } from '../handover/change.ts';
import { loadRoster } from '../roster/store.ts';
import { closeAway, deskLeavesWhere } from './away.ts';
import { recordBreach } from './breach.ts';
import { dueOf, duesBetween } from './due.ts';
import type { AttendanceParts } from './parts.ts';
import { type AttendanceRecord, atDesk, attendanceOf } from './record.ts';
import { judgeArrival, judgeDeparture, mayGo } from './rules.ts';
import type { Due, Finding, How } from './types.ts';

const MINUTE_MS = 60_000;

/** `none`: no shift of theirs is near. `repeat`: it was so already. `refused`: by a rule. */
export interface Signed {
  readonly kind: 'done' | 'repeat' | 'none' | 'refused';
  readonly record?: AttendanceRecord;
  readonly findings: readonly Finding[];
}

/** How it came about, when (epoch ms), and who did it if it was a leader. */
export interface Sign {
  readonly at: number;
  readonly how: How;
  readonly by?: string;
}

/** Opens the row of a shift, unless it is there. */
async function openRow({ sql }: Unit, due: Due, now: number): Promise<void> {
  const { personId, teamId, shiftId, businessDate, name, from, to } = due;
  await sql.query({
    text: `INSERT INTO attendance (id, person_id, team_id, shift_id, business_date, shift_name, due_from, due_to)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (person_id, shift_id) DO NOTHING`,
    values: [uuidv7(now), personId, teamId, shiftId, businessDate, name, new Date(from), new Date(to)],
  });
}

/** Opens the rows of those whose attendance is kept. */
export async function openRowsOf(
  unit: Unit,
  dues: readonly Due[],
  { jobTypes }: AttendancePolicy,
  now: number,
): Promise<void> {
  const { rows } = await unit.sql.query<{ id: string }>({
    text: 'SELECT id FROM person WHERE active AND job_type = ANY($2) AND id = ANY($1)',
    values: [dues.map(({ personId }) => personId), jobTypes],
  });
  const kept = new Set(rows.map(({ id }) => id));
  for (const due of dues) if (kept.has(due.personId)) await openRow(unit, due, now);
}

/**
 * Signs a colleague on for the shift that is theirs now, or the next one if it is near: they are late or not from this
 * moment, and what is a breach is on record.
 */
export async function signOn(
  unit: Unit,
  parts: AttendanceParts,
  personId: string,
  sign: Sign,
  now: number,
): Promise<Signed> {
  const { attendance } = parts.policy().policy;
  const until = sign.at + attendance.opensMinutes * MINUTE_MS + 1;
  const dues = await duesBetween(unit.sql, { from: sign.at, to: until, person: personId });
  let had: AttendanceRecord | undefined;
  for (const due of dues) {
    const known = await attendanceOf(unit.sql, personId, due.shiftId);
    if (known && known.state !== 'expected' && known.state !== 'void') had ??= known;
    else return signOnTo(unit, parts, due, sign, now);
  }
  return { kind: had ? 'repeat' : 'none', findings: [], ...(had && { record: had }) };
}

/** The same for a shift that is known. */
export async function signOnTo(
  unit: Unit,
  parts: AttendanceParts,
  due: Due,
  { at, how, by }: Sign,
  now: number,
): Promise<Signed> {
  const { attendance } = parts.policy().policy;
  const { personId, shiftId, from, to } = due;
  await openRow(unit, due, now);
  const called = await isCalled(unit.sql, due, attendance);
  const findings = judgeArrival(due, at, attendance, called);
  const late = findings.find(({ rule }) => rule === 'late');
  const { rowCount } = await unit.sql.query({
    text: `UPDATE attendance SET state = 'on', on_at = $3, on_how = $4, due_from = $5, due_to = $6, late_minutes = $7,
        roll_call = coalesce($8, roll_call), roll_call_by = coalesce($9, roll_call_by)
      WHERE person_id = $1 AND shift_id = $2 AND state IN ('expected', 'void')`,
    values: [
      ...[personId, shiftId, new Date(at), how, new Date(from), new Date(to), late?.minutes ?? 0],
      ...[called ? atRollCall(findings, how) : null, by ?? null],
    ],
  });
  const record = await attendanceOf(unit.sql, personId, shiftId);
  if (!record) throw new Error('an attendance vanished in its own transaction');
  if (rowCount !== 1) return { kind: 'repeat', record, findings: [] };
  await audited(unit, parts, record, 'sign_on', { how, by, minutes: record.lateMinutes });
  if (late?.result === 'breach') {
    const { id: attendanceId } = record;
    const breach = { attendanceId, personId, kind: 'late', since: from, minutes: late.minutes } as const;
    await recordBreach(unit, parts, breach, now);
  }
  return { kind: 'done', record, findings };
}

/** Who comes while it goes on is what the leader says; who is late for the shift has missed it. */
function atRollCall(findings: readonly Finding[], how: How): 'present' | 'absent' | null {
  if (findings.some(({ rule, result }) => rule === 'late' && result !== 'pass')) return 'absent';
  return how === 'leader' || findings.every(({ result }) => result === 'pass') ? 'present' : null;
}

/** Whether this shift begins with a roll call: its team's does, and they come at its beginning. */
async function isCalled(sql: Sql, { teamId, from, startsAt, calledIn }: Due, { rollCall }: AttendancePolicy) {
  if (from !== startsAt || calledIn) return false;
  const { rowCount } = await sql.query({
    text: 'SELECT FROM team WHERE id = $1 AND job_type = ANY($2)',
    values: [teamId, rollCall.jobTypes],
  });
  return rowCount === 1;
}

/** Signs a colleague off, unless the handover that they go in has not ended, or has yet to be opened. */
export async function signOff(
  unit: Unit,
  parts: AttendanceParts,
  personId: string,
  { at, how }: Sign,
  now: number,
): Promise<Signed> {
  const { attendance, handover } = parts.policy().policy;
  const record = await atDesk(unit.sql, personId);
  if (!record) return { kind: 'none', findings: [] };
  // Leave may have been granted for the rest of it meanwhile.
  const due = await dueOf(unit.sql, personId, record.shiftId);
  const to = due?.to ?? Math.min(at, record.dueTo);
  const early = judgeDeparture({ to }, at, attendance);
  // Who goes so early that it is a breach is not there for the handover; it is on record as that. And once the change
  // has come, its handover says who is still wanted.
  const open =
    (await hasOpenHandover(unit.sql, record)) ||
    (early.result === 'record' &&
      now < to &&
      (await willHandOver(unit.sql, { ...record, dueTo: to }, handover)));
  const stay = mayGo(open, attendance);
  if (stay.result === 'refuse') return { kind: 'refused', record, findings: [stay] };
  const { rowCount } = await unit.sql.query({
    text: `UPDATE attendance SET state = 'off', off_at = $2, off_how = $3, early_minutes = $4, due_to = $5
      WHERE id = $1 AND state = 'on'`,
    values: [record.id, new Date(at), how, early.minutes, new Date(to)],
  });
  if (rowCount !== 1) return { kind: 'none', findings: [] };
  await audited(unit, parts, record, 'sign_off', { how, minutes: early.minutes });
  const [away] = await deskLeavesWhere(
    unit.sql,
    `d.attendance_id = $1 AND d.state IN ('asked', 'permitted')`,
    [record.id],
  );
  if (away) await closeAway(unit, parts, away, undefined, Math.min(at, to));
  if (early.result === 'breach') {
    const { id: attendanceId } = record;
    const breach = { attendanceId, personId, kind: 'early', since: at, minutes: early.minutes } as const;
    await recordBreach(unit, parts, breach, now);
  }
  return { kind: 'done', record: { ...record, offAt: at, earlyMinutes: early.minutes }, findings: [early] };
}

/** The handover at the end of this shift, in which they go, is open or waits for those who come. */
async function hasOpenHandover(sql: Sql, { personId, dueTo }: AttendanceRecord): Promise<boolean> {
  const { rowCount } = await sql.query({
    text: `SELECT FROM handover h JOIN handover_person p ON p.handover_id = h.id AND p.side = 'out' AND p.person_id = $1
      WHERE h.state IN ('open', 'completed') AND h.change_at = $2`,
    values: [personId, new Date(dueTo)],
  });
  return (rowCount ?? 0) > 0;
}

/** Before it is opened: they go in the change of shift at the end of this one, of a team that hands over. */
async function willHandOver(
  sql: Sql,
  { personId, teamId, dueTo }: AttendanceRecord,
  { jobTypes }: HandoverPolicy,
): Promise<boolean> {
  const { rowCount } = await sql.query({
    text: `SELECT FROM team t WHERE id = $1 AND job_type = ANY($2)
      AND NOT EXISTS (SELECT FROM handover h WHERE h.team_id = t.id AND h.change_at = $3)`,
    values: [teamId, jobTypes, new Date(dueTo)],
  });
  if (rowCount !== 1) return false;
  const { duties } = await loadRoster(sql, { from: dueTo - 1, to: dueTo + 1 });
  return shiftChanges(duties, dueTo - 1, dueTo).some(
    (change) => change.teamId === teamId && change.outgoing.includes(personId),
  );
}

async function audited(
  unit: Unit,
  { audit }: AttendanceParts,
  { id, personId }: AttendanceRecord,
  act: 'sign_on' | 'sign_off',
  { how, by, minutes }: { how: How; by?: string | undefined; minutes: number },
): Promise<void> {
  const self = how === 'self' || how === 'handover' ? personId : undefined;
  const actor = by ?? self;
  await audit(unit, {
    actor: actor ? { kind: 'person', id: actor } : { kind: 'system' },
    ...{ action: `attendance.${act}`, object: 'attendance', objectId: id },
    details: { person: personId, how, minutes },
  });
}
