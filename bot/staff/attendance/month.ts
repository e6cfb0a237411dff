import { Temporal } from 'temporal-polyfill';
import type { Sql } from '../../../prisma/client.ts';
import { PERSON_COLUMNS, PERSON_FROM, type Person } from '../../people/person.ts';
import type { Policy } from '../../policy/schema.ts';
import { loadDates } from '../roster/dates.ts';
import { owedOf } from './due.ts';
import { type AttendanceRecord, attendanceWhere } from './record.ts';
import type { BreachKind } from './types.ts';

/** A colleague's month 月考勤. Shifts that are still to come are not in it. */
export interface MonthLine {
  readonly person: Pick<Person, 'id' | 'number' | 'name' | 'teamName'>;
  /** Shifts that have begun. */
  readonly due: number;
  readonly attended: number;
  readonly absent: number;
  /** Of which nothing is known: the row was never opened. */
  readonly unrecorded: number;
  /** Signed on and never off. */
  readonly unsigned: number;
  readonly missedRollCalls: number;
  readonly late: { readonly times: number; readonly minutes: number };
  readonly early: { readonly times: number; readonly minutes: number };
  /** Leaves of the desk. */
  readonly away: { readonly times: number; readonly minutes: number; readonly overMinutes: number };
  readonly breaches: Readonly<Record<BreachKind, number>>;
  readonly excused: number;
  /** In shifts; part of one counts as its part. */
  readonly leave: number;
}

/**
 * The month (`YYYY-MM`, by business dates) of those whose attendance is kept, by number; of a team, or of one person.
 * Absence counts where the roster still has the shift: what was granted as leave afterwards is leave. `now` is epoch ms.
 */
export async function loadMonth(
  sql: Sql,
  month: string,
  { team, person }: { team?: string; person?: string },
  { centre, attendance }: Policy,
  now: number,
): Promise<MonthLine[]> {
  const { rows: people } = await sql.query<Person & Record<string, unknown>>({
    text: `SELECT ${PERSON_COLUMNS} FROM ${PERSON_FROM} WHERE p.active AND p.job_type = ANY($1)
      AND ($2::uuid IS NULL OR p.team_id = $2) AND ($3::uuid IS NULL OR p.id = $3) ORDER BY p.number`,
    values: [attendance.jobTypes, team ?? null, person ?? null],
  });
  const ids = people.map(({ id }) => id);
  const first = Temporal.PlainDate.from(`${month}-01`);
  const last = first.with({ day: first.daysInMonth });
  const window = { from: first.toString(), to: last.toString(), people: ids };
  const facts = await loadDates(sql, window, centre.timeZone);
  const dues = (await owedOf(sql, facts)).filter(({ from }) => from <= now);
  const rows = await attendanceWhere(
    sql,
    `a.business_date BETWEEN $1 AND $2 AND a.person_id = ANY($3) AND a.state <> 'void' AND a.due_from <= $4`,
    [window.from, window.to, ids, new Date(now)],
  );
  const counts = await countsOf(sql, rows);
  return people.map((who) => {
    const own = rows.filter(({ personId }) => personId === who.id);
    const known = new Map(own.map((row) => [row.shiftId, row]));
    const due = dues.filter(({ personId }) => personId === who.id);
    const came = own.filter(({ onAt }) => onAt !== null);
    const leave = facts.overrides
      .filter(({ cause, off }) => cause === 'leave' && off === who.id)
      .map(({ shiftId, from, to }) => {
        const shift = facts.shifts.find(({ id }) => id === shiftId);
        return shift ? (to - from) / (shift.endsAt - shift.startsAt) : 0;
      });
    const breaches = counts.breaches.filter(({ personId }) => personId === who.id);
    const recorded = (kind: BreachKind) =>
      breaches.filter((each) => each.kind === kind && each.state === 'recorded').length;
    const away = counts.away.filter(({ personId }) => personId === who.id);
    return {
      ...{ person: who, due: due.length, attended: came.length },
      absent: due.filter(({ shiftId }) => known.get(shiftId)?.state === 'absent').length,
      unrecorded: due.filter(({ shiftId }) => !known.has(shiftId)).length,
      unsigned: came.filter(({ state, offAt }) => state === 'off' && offAt === null).length,
      missedRollCalls: own.filter(({ rollCall }) => rollCall === 'absent').length,
      late: total(came.map(({ lateMinutes }) => lateMinutes)),
      early: total(came.map(({ earlyMinutes }) => earlyMinutes)),
      away: {
        ...total(away.map(({ minutes }) => minutes)),
        overMinutes: total(away.map(({ over }) => over)).minutes,
      },
      breaches: { late: recorded('late'), early: recorded('early'), away: recorded('away') },
      excused: breaches.filter(({ state }) => state === 'excused').length,
      leave: Math.round(leave.reduce((sum, part) => sum + part, 0) * 100) / 100,
    };
  });
}

function total(minutes: readonly number[]) {
  const counted = minutes.filter((each) => each > 0);
  return { times: counted.length, minutes: counted.reduce((sum, each) => sum + each, 0) };
}

/** Breaches of those who came (who never did was absent, that is enough), and what was spent away from the desk. */
async function countsOf(sql: Sql, rows: readonly AttendanceRecord[]) {
  const values = [rows.map(({ id }) => id)];
  type Breach = { personId: string; kind: BreachKind; state: string };
  const breaches = await sql.query<Breach>({
    text: `SELECT b.person_id AS "personId", b.kind, b.state FROM attendance_breach b
      JOIN attendance a ON a.id = b.attendance_id WHERE a.id = ANY($1) AND a.state <> 'absent'`,
    values,
  });
  const away = await sql.query<{ personId: string; minutes: number; over: number }>({
    text: `SELECT person_id AS "personId", over_minutes AS over,
        greatest(1, floor(extract(epoch FROM returned_at - decided_at) / 60))::int AS minutes
      FROM desk_leave WHERE attendance_id = ANY($1) AND state = 'returned'`,
    values,
  });
  return { breaches: breaches.rows, away: away.rows };
}
