import type { Database, Unit } from '../../../prisma/client.ts';
import { tellPeople } from '../post.ts';
import { closeAway, deskLeavesWhere } from './away.ts';
import { recordBreach } from './breach.ts';
import { duesBetween, owedBy } from './due.ts';
import { leadersAt } from './leaders.ts';
import type { AttendanceParts } from './parts.ts';
import { seePresence } from './presence.ts';
import { type AttendanceRecord, attendanceWhere } from './record.ts';
import { openRollCallOf } from './roll-call.ts';
import { judgeArrival, judgeAway } from './rules.ts';
import { openRowsOf } from './sign.ts';
import type { Due } from './types.ts';

const MINUTE_MS = 60_000;
/**
 * A shift that began while nobody ran is not accused of lateness later: it must have been seen before it began, or just
 * after.
 */
const CATCH_UP_MS = 5 * MINUTE_MS;

type Job = (unit: Unit, parts: AttendanceParts, now: number) => Promise<void>;

/** One minute's work 考勤. Each act claims its rows, in the transaction in which it says what it says. `now` is epoch ms. */
export async function attendanceRound(db: Database, parts: AttendanceParts, now: number): Promise<void> {
  for (const job of [
    openRows,
    callRolls,
    seePresence,
    seeLate,
    endRolls,
    seeAway,
    tellBreaches,
    expireAsked,
    settle,
  ])
    await db.transaction((unit) => job(unit, parts, now));
}

/** A row for each who is to come soon. */
const openRows: Job = async (unit, parts, now) => {
  const { attendance } = parts.policy().policy;
  const [from, to] = [now - CATCH_UP_MS, now + attendance.opensMinutes * MINUTE_MS];
  const dues = (await duesBetween(unit.sql, { from, to: to + 1 })).filter((due) => due.from >= from);
  await openRowsOf(unit, dues, attendance, now);
};

/** Ten minutes before a shift its leader gets the list (handover 1). */
const callRolls: Job = async (unit, parts, now) => {
  const { rollCall } = parts.policy().policy.attendance;
  const { rows } = await unit.sql.query<{ teamId: string; startsAt: Date }>({
    text: `SELECT DISTINCT a.team_id AS "teamId", a.due_from AS "startsAt" FROM attendance a
      JOIN team t ON t.id = a.team_id AND t.job_type = ANY($3) JOIN shift s ON s.id = a.shift_id AND s.starts_at = a.due_from
      WHERE a.state IN ('expected', 'on') AND a.due_from > $1 AND a.due_from <= $2
        AND NOT EXISTS (SELECT FROM roll_call r WHERE r.team_id = a.team_id AND r.starts_at = a.due_from)`,
    values: [new Date(now - CATCH_UP_MS), new Date(now + rollCall.minutes * MINUTE_MS), rollCall.jobTypes],
  });
  for (const { teamId, startsAt } of rows)
    await openRollCallOf(unit, parts, { teamId, startsAt: startsAt.getTime() }, now);
};

type StillDue = AttendanceRecord & Pick<Due, 'calledIn'>;

/** Held rows whose roster is looked at once more: what is no longer theirs to work is void. */
async function stillDue(unit: Unit, where: string, values: unknown[]): Promise<StillDue[]> {
  const held = await attendanceWhere(unit.sql, where, values, { hold: true });
  const due: StillDue[] = [];
  for (const record of held) {
    const now = await owedBy(unit.sql, record.personId, record.shiftId);
    await unit.sql.query({
      text: `UPDATE attendance SET state = CASE WHEN $2::timestamptz IS NULL THEN 'void' ELSE state END,
          due_from = coalesce($2, due_from), due_to = coalesce($3, due_to) WHERE id = $1`,
      values: [record.id, now ? new Date(now.from) : null, now ? new Date(now.to) : null],
    });
    if (now)
      due.push({
        ...{ ...record, dueFrom: now.from, dueTo: now.to },
        ...(now.calledIn && { calledIn: now.calledIn }),
      });
  }
  return due;
}

/** Twenty minutes have passed and they are not there (leave 9). */
const seeLate: Job = async (unit, parts, now) => {
  const { attendance } = parts.policy().policy;
  const latest = new Date(now - attendance.late.breachMinutes * MINUTE_MS);
  const where = `a.state = 'expected' AND a.due_from <= $1 AND a.due_to > $2
    AND NOT EXISTS (SELECT FROM attendance_breach b WHERE b.attendance_id = a.id AND b.since = a.due_from)`;
  for (const row of await stillDue(unit, where, [latest, new Date(now)])) {
    const { id: attendanceId, personId, dueFrom } = row;
    const [late] = judgeArrival({ ...row, from: dueFrom }, now, attendance, false);
    if (late?.result !== 'breach') continue;
    const { minutes } = late;
    await recordBreach(unit, parts, { attendanceId, personId, kind: 'late', since: dueFrom, minutes }, now);
  }
};

/** A roll call that its leader left open ends with the shift's first twenty minutes; who is not there has missed it. */
const endRolls: Job = async (unit, parts, now) => {
  const { late } = parts.policy().policy.attendance;
  const { rows } = await unit.sql.query<{ id: string; people: number }>({
    text: `WITH over AS (UPDATE roll_call SET state = 'done', done_at = $1 WHERE state = 'open' AND starts_at <= $2
        RETURNING id, team_id, starts_at),
      missed AS (UPDATE attendance a SET roll_call = 'absent' FROM over o WHERE a.team_id = o.team_id
        AND a.due_from = o.starts_at AND a.state = 'expected' AND a.roll_call IS NULL RETURNING o.id)
      SELECT o.id, (SELECT count(*)::int FROM missed m WHERE m.id = o.id) AS people FROM over o`,
    values: [new Date(now), new Date(now - late.breachMinutes * MINUTE_MS)],
  });
  for (const { id: objectId, people } of rows)
    await parts.audit(unit, {
      ...{ actor: { kind: 'system' }, action: 'attendance.roll_over', object: 'roll_call', objectId },
      details: { missing: people },
    });
};

/** The permitted time is over: who is away is reminded; twenty minutes later it is a breach (leave 9). */
const seeAway: Job = async (unit, parts, now) => {
  const { rows } = await unit.sql.query<{ id: string; personId: string }>({
    text: `UPDATE desk_leave SET reminded_at = $1 WHERE state = 'permitted' AND reminded_at IS NULL AND due_at <= $1
      RETURNING id, person_id AS "personId"`,
    values: [new Date(now)],
  });
  for (const { id, personId } of rows)
    await tellPeople(
      unit,
      parts,
      [personId],
      { kind: 'attendance.away_over', data: { deskLeaveId: id } },
      now,
    );
  const { attendance } = parts.policy().policy;
  const latest = new Date(now - attendance.away.breachMinutes * MINUTE_MS);
  const where = `d.state = 'permitted' AND d.due_at <= $1
    AND NOT EXISTS (SELECT FROM attendance_breach b WHERE b.attendance_id = d.attendance_id AND b.since = d.due_at)`;
  for (const { attendanceId, personId, dueAt } of await deskLeavesWhere(unit.sql, where, [latest])) {
    if (dueAt === null) continue;
    const { minutes } = judgeAway(dueAt, now, attendance);
    await recordBreach(unit, parts, { attendanceId, personId, kind: 'away', since: dueAt, minutes }, now);
  }
};

/** What is new on record: the person hears of it, and those who lead, all of a team's in one word. */
const tellBreaches: Job = async (unit, parts, now) => {
  const { rows } = await unit.sql.query<{ id: string; personId: string; teamId: string }>({
    text: `UPDATE attendance_breach b SET told_at = $1 FROM attendance a WHERE a.id = b.attendance_id AND b.told_at IS NULL
      RETURNING b.id, b.person_id AS "personId", a.team_id AS "teamId"`,
    values: [new Date(now)],
  });
  const word = (breachIds: string[]) => ({ kind: 'attendance.breach', data: { breachIds } });
  for (const teamId of new Set(rows.map((row) => row.teamId))) {
    const own = rows.filter((row) => row.teamId === teamId);
    const late = own.map(({ personId }) => personId);
    const leaders = await leadersAt(unit.sql, teamId, now, late);
    await tellPeople(unit, parts, leaders, word(own.map(({ id }) => id)), now);
  }
  for (const { id, personId } of rows) await tellPeople(unit, parts, [personId], word([id]), now);
};

/** No leader answered: whoever asked hears it, and may ask again. */
const expireAsked: Job = async (unit, parts, now) => {
  const { answerMinutes } = parts.policy().policy.attendance.away;
  const { rows } = await unit.sql.query<{ id: string; personId: string }>({
    text: `UPDATE desk_leave SET state = 'expired' WHERE state = 'asked' AND asked_at <= $1 RETURNING id, person_id AS "personId"`,
    values: [new Date(now - answerMinutes * MINUTE_MS)],
  });
  for (const { id, personId } of rows) {
    await parts.audit(unit, {
      ...{ actor: { kind: 'system' }, action: 'attendance.away_expire', object: 'desk_leave', objectId: id },
    });
    const word = { kind: 'attendance.away_expired', data: { deskLeaveId: id } };
    await tellPeople(unit, parts, [personId], word, now);
  }
};

/** The shift is over: who never came was absent 旷工; who did not sign off is closed without a time. */
const settle: Job = async (unit, parts, now) => {
  const over = `a.state = 'expected' AND a.due_to <= $1`;
  for (const record of await stillDue(unit, over, [new Date(now)]))
    if (record.dueTo <= now) await close(unit, parts, record, 'absent');
  const { forgottenMinutes } = parts.policy().policy.attendance.signOff;
  const latest = new Date(now - forgottenMinutes * MINUTE_MS);
  const forgotten = `a.state = 'on' AND a.due_to <= $1`;
  for (const record of await attendanceWhere(unit.sql, forgotten, [latest], { hold: true })) {
    await close(unit, parts, record, 'off');
    const open = `d.attendance_id = $1 AND d.state IN ('asked', 'permitted')`;
    for (const away of await deskLeavesWhere(unit.sql, open, [record.id]))
      await closeAway(unit, parts, away, undefined, record.dueTo);
  }
};

async function close(
  unit: Unit,
  { audit }: AttendanceParts,
  { id, personId, state }: AttendanceRecord,
  to: 'absent' | 'off',
): Promise<void> {
  const { rowCount } = await unit.sql.query({
    text: 'UPDATE attendance SET state = $3 WHERE id = $1 AND state = $2',
    values: [id, state, to],
  });
  if (rowCount !== 1) return;
  await audit(unit, {
    ...{ actor: { kind: 'system' }, action: `attendance.${to === 'absent' ? 'absent' : 'unsigned'}` },
    ...{ object: 'attendance', objectId: id, details: { person: personId } },
  });
}
