import type { Sql } from '../../../prisma/client.ts';
import type { AttendanceState, BreachKind, How } from './types.ts';

/** One person's attendance 考勤 at one shift, as it is stored. Instants in epoch ms. */
export interface AttendanceRecord {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly number: string;
  readonly teamId: string;
  readonly shiftId: string;
  readonly businessDate: string;
  readonly shiftName: string;
  readonly dueFrom: number;
  readonly dueTo: number;
  readonly state: AttendanceState;
  readonly onAt: number | null;
  readonly onHow: How | null;
  readonly offAt: number | null;
  readonly offHow: How | null;
  readonly lateMinutes: number;
  readonly earlyMinutes: number;
  readonly rollCall: 'present' | 'absent' | null;
}

type Times = 'dueFrom' | 'dueTo' | 'onAt' | 'offAt';
type Row = Omit<AttendanceRecord, Times> & Record<Times, Date | null> & Record<string, unknown>;

/** Those for which `where` holds, with `a` for the row and `p` for the person; in order of shift and number. */
export async function attendanceWhere(
  sql: Sql,
  where: string,
  values: unknown[],
  { hold = false } = {},
): Promise<AttendanceRecord[]> {
  const { rows } = await sql.query<Row>({
    text: `SELECT a.id, a.person_id AS "personId", p.name, p.number, a.team_id AS "teamId", a.shift_id AS "shiftId",
        a.business_date::text AS "businessDate", a.shift_name AS "shiftName", a.due_from AS "dueFrom", a.due_to AS "dueTo",
        a.state, a.on_at AS "onAt", a.on_how AS "onHow", a.off_at AS "offAt", a.off_how AS "offHow",
        a.late_minutes AS "lateMinutes", a.early_minutes AS "earlyMinutes", a.roll_call AS "rollCall"
      FROM attendance a JOIN person p ON p.id = a.person_id WHERE ${where}
      ORDER BY a.due_from, p.number ${hold ? 'FOR UPDATE OF a SKIP LOCKED' : ''}`,
    values,
  });
  return rows.map((row) => ({
    ...row,
    dueFrom: row.dueFrom?.getTime() ?? 0,
    dueTo: row.dueTo?.getTime() ?? 0,
    onAt: row.onAt?.getTime() ?? null,
    offAt: row.offAt?.getTime() ?? null,
  }));
}

export async function attendanceOf(
  sql: Sql,
  personId: string,
  shiftId: string,
): Promise<AttendanceRecord | undefined> {
  return (await attendanceWhere(sql, 'a.person_id = $1 AND a.shift_id = $2', [personId, shiftId]))[0];
}

/**
 * The shift for which a colleague has signed on and not yet off: of two in a row the first that ends after `after`
 * (epoch ms).
 */
export async function atDesk(sql: Sql, personId: string, after = 0): Promise<AttendanceRecord | undefined> {
  const where = `a.person_id = $1 AND a.state = 'on' AND a.due_to > $2`;
  return (await attendanceWhere(sql, where, [personId, new Date(after)]))[0];
}

export interface BreachRecord {
  readonly id: string;
  readonly attendanceId: string;
  readonly personId: string;
  readonly name: string;
  readonly kind: BreachKind;
  readonly minutes: number;
  readonly state: 'recorded' | 'excused';
  readonly since: number;
  readonly shiftName: string;
  readonly businessDate: string;
  readonly teamId: string;
}

/** Breaches for which `where` holds, with `b` for the breach and `a` for the attendance; the newest first. */
export async function breachesWhere(sql: Sql, where: string, values: unknown[]): Promise<BreachRecord[]> {
  const { rows } = await sql.query<Omit<BreachRecord, 'since'> & { since: Date } & Record<string, unknown>>({
    text: `SELECT b.id, b.attendance_id AS "attendanceId", b.person_id AS "personId", p.name, b.kind, b.minutes, b.state,
        b.since, a.shift_name AS "shiftName", a.business_date::text AS "businessDate", a.team_id AS "teamId"
      FROM attendance_breach b JOIN attendance a ON a.id = b.attendance_id JOIN person p ON p.id = b.person_id
      WHERE ${where} ORDER BY b.created_at DESC, p.number`,
    values,
  });
  return rows.map((row) => ({ ...row, since: row.since.getTime() }));
}
