import type { Unit } from '../../../prisma/client.ts';
import { recordBreach } from './breach.ts';
import { dueOf } from './due.ts';
import type { AttendanceParts } from './parts.ts';
import { judgeAway } from './rules.ts';
import { signOff, signOnTo } from './sign.ts';

const MINUTE_MS = 60_000;

/**
 * What the console and the handover show counts as a signature: who is ready there 示闲, or has taken over, has come;
 * who came so and leaves the console without leave is away from the desk, and has gone once the shift is over. Times are
 * those of the change. `now` is epoch ms.
 */
export async function seePresence(unit: Unit, parts: AttendanceParts, now: number): Promise<void> {
  const { attendance } = parts.policy().policy;
  if (attendance.presence) await comeByPresence(unit, parts, attendance.opensMinutes, now);
  await comeByHandover(unit, parts, now);
  if (!attendance.presence) return;
  await awayByPresence(unit, parts, now);
  await goneByPresence(unit, parts, now);
}

async function comeByPresence(unit: Unit, parts: AttendanceParts, opens: number, now: number): Promise<void> {
  const { rows } = await unit.sql.query<Seen>({
    text: `SELECT a.person_id AS "personId", a.shift_id AS "shiftId", p.changed_at AS at FROM attendance a
      JOIN presence p ON p.person_id = a.person_id AND p.status <> 'offline'
      WHERE a.state = 'expected' AND a.due_from - $2 * interval '1 minute' <= $1 AND a.due_to > $1`,
    values: [new Date(now), opens],
  });
  // At the console since the shift before: they have come when they could.
  for (const each of rows) await come(unit, parts, each, 'presence', opens * MINUTE_MS, now);
}

/** 接班 is said at the desk. */
async function comeByHandover(unit: Unit, parts: AttendanceParts, now: number): Promise<void> {
  const { rows } = await unit.sql.query<Seen>({
    text: `SELECT a.person_id AS "personId", a.shift_id AS "shiftId", p.accepted_at AS at FROM attendance a
      JOIN shift s ON s.id = a.shift_id JOIN handover h ON h.change_at = s.starts_at
      JOIN handover_person p ON p.handover_id = h.id AND p.side = 'in' AND p.person_id = a.person_id
      WHERE a.state = 'expected' AND p.accepted_at IS NOT NULL AND a.due_to > $1`,
    values: [new Date(now)],
  });
  for (const each of rows) await come(unit, parts, each, 'handover', Infinity, now);
}

type Seen = { personId: string; shiftId: string; at: Date };

async function come(
  unit: Unit,
  parts: AttendanceParts,
  { personId, shiftId, at }: Seen,
  how: 'presence' | 'handover',
  earliestMs: number,
  now: number,
): Promise<void> {
  const due = await dueOf(unit.sql, personId, shiftId);
  // Another stands in for them: what is left of it is not theirs.
  if (due && due.to > at.getTime())
    await signOnTo(unit, parts, due, { at: Math.max(at.getTime(), due.from - earliestMs), how }, now);
}

/** Twenty minutes away from the desk without asking (leave 9). */
async function awayByPresence(unit: Unit, parts: AttendanceParts, now: number): Promise<void> {
  const { attendance } = parts.policy().policy;
  const { rows } = await unit.sql.query<{ id: string; personId: string; since: Date }>({
    text: `SELECT a.id, a.person_id AS "personId", greatest(p.changed_at, a.due_from) AS since FROM attendance a
      JOIN presence p ON p.person_id = a.person_id AND p.status = 'offline' AND p.changed_at > a.on_at
      WHERE a.state = 'on' AND a.on_how = 'presence' AND a.due_from <= $1 AND a.due_to > $1
        AND NOT EXISTS (SELECT FROM desk_leave d WHERE d.attendance_id = a.id AND d.decided_at IS NOT NULL
          AND d.state IN ('permitted', 'returned') AND coalesce(d.returned_at, $1) > p.changed_at)`,
    values: [new Date(now)],
  });
  for (const { id: attendanceId, personId, since } of rows) {
    const { result, minutes } = judgeAway(since.getTime(), now, attendance);
    const breach = { attendanceId, personId, kind: 'away', since: since.getTime(), minutes } as const;
    if (result === 'breach') await recordBreach(unit, parts, breach, now);
  }
}

async function goneByPresence(unit: Unit, parts: AttendanceParts, now: number): Promise<void> {
  const { rows } = await unit.sql.query<{ personId: string; changedAt: Date }>({
    text: `SELECT a.person_id AS "personId", p.changed_at AS "changedAt" FROM attendance a
      JOIN presence p ON p.person_id = a.person_id AND p.status = 'offline' AND p.changed_at > a.on_at
      WHERE a.state = 'on' AND a.on_how = 'presence' AND a.due_to <= $1`,
    values: [new Date(now)],
  });
  for (const { personId, changedAt } of rows)
    await signOff(unit, parts, personId, { at: changedAt.getTime(), how: 'presence' }, now);
}
