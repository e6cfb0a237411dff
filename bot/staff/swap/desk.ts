import type { Sql } from '../../../prisma/client.ts';
import { PERSON_COLUMNS, PERSON_FROM } from '../../people/person.ts';
import { loadHolidays } from '../../policy/holidays.ts';
import type { SwapPolicy } from '../../policy/schema.ts';
import { dutiesOf, plannedDuty } from '../roster/duties.ts';
import { type Roster, rosterOf } from '../roster/roster.ts';
import { loadRosterFacts } from '../roster/store.ts';
import type { Cause, Duty, Override, PlannedShift } from '../roster/types.ts';
import { calendarDays } from './rules.ts';
import type { Days, LeaveOf, Leg, PersonFact, SwapFacts, SwapKind } from './types.ts';

/** What the database knows for swaps between some colleagues in a stretch of time. */
export interface SwapDesk {
  readonly people: ReadonlyMap<string, PersonFact>;
  readonly roster: Roster;
  /** Shifts that went from a colleague by a swap or as a gift, in order. */
  givenBy(personId: string): readonly Duty[];
  /** By the table of public holidays in force. */
  readonly days: Days;
  counted(personId: string, month: string): number;
  leavesOf(personId: string): readonly LeaveOf[];
}

export interface DeskWanted {
  /** These colleagues, and all of this job type if one is named. */
  readonly ids: readonly string[];
  readonly jobType?: string;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  /** The swap that is looked at, which must not count beside itself. */
  readonly without?: string;
  /** Of `ids`, one who is in it even if they have left: whose shift nobody has any more. */
  readonly planned?: string;
}

/** Loads it; colleagues who have left are not in it, but for `planned`. */
export async function loadSwapDesk(sql: Sql, swap: SwapPolicy, wanted: DeskWanted): Promise<SwapDesk> {
  const { ids, jobType, from, to, without, planned } = wanted;
  const found = await sql.query<PersonFact & Record<string, unknown>>({
    text: `SELECT ${PERSON_COLUMNS} FROM ${PERSON_FROM} WHERE (p.active OR p.id = $3) AND (p.id = ANY($1) OR p.job_type = $2)
      ORDER BY p.number`,
    values: [[...ids], jobType ?? null, planned ?? null],
  });
  const people = new Map(found.rows.map((person) => [person.id, person]));
  const all = [...people.keys()];
  const counts = await countsOf(sql, swap, all, without);
  const leaves = await leavesOf(sql, all, new Date(from));
  const { shifts, overrides } = await loadRosterFacts(sql, { from, to, people: all });
  const given = givenAway(shifts, overrides);
  return {
    people,
    roster: rosterOf(dutiesOf(shifts, overrides)),
    givenBy: (id) => given.get(id) ?? [],
    days: calendarDays(await loadHolidays(sql)),
    counted: (id, month) => counts.get(`${id} ${month}`) ?? 0,
    leavesOf: (id) => leaves.get(id) ?? [],
  };
}

/** What swaps and gifts in effect took from whom. */
function givenAway(shifts: readonly PlannedShift[], overrides: readonly Override[]): Map<string, Duty[]> {
  const byId = new Map(shifts.map((shift) => [shift.id, shift]));
  const given = new Map<string, Duty[]>();
  for (const { shiftId, off, from, to, cause } of overrides) {
    const shift = byId.get(shiftId);
    if (shift && SWAPS.includes(cause))
      given.set(off, [...(given.get(off) ?? []), { ...plannedDuty(shift), personId: off, from, to }]);
  }
  for (const own of given.values()) own.sort((a, b) => a.from - b.from);
  return given;
}

const SWAPS: readonly Cause[] = ['swap', 'give'];

/** A swap counts for whoever asks from the first, for the partner once they have agreed. */
async function countsOf(
  sql: Sql,
  { quota }: SwapPolicy,
  ids: string[],
  without: string | undefined,
): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ person: string; month: string; count: number }>({
    text: `WITH mine AS (
        SELECT s.*, e.person FROM swap s CROSS JOIN LATERAL (
          SELECT s.requester_id AS person WHERE s.state IN ('peer_pending', 'leader_pending', 'approved', 'applied')
          UNION ALL SELECT s.partner_id WHERE $2 AND s.state IN ('leader_pending', 'approved', 'applied')) e
        WHERE s.kind <> 'open' AND s.id IS DISTINCT FROM $4::uuid AND e.person = ANY($1))
      SELECT person, month, count(*)::int AS count FROM (
        SELECT person, left(shift->>'businessDate', 7) AS month FROM mine
        UNION ALL SELECT person, left(back->>'businessDate', 7) FROM mine WHERE $3 AND back IS NOT NULL) used
      GROUP BY person, month`,
    values: [ids, quota.partnerCounts, quota.returnCounts, without ?? null],
  });
  return new Map(rows.map(({ person, month, count }) => [`${person} ${month}`, count]));
}

/** Those that take something of what is to come: one that was reported back from, cut short or not, is over. */
async function leavesOf(sql: Sql, ids: string[], since: Date): Promise<Map<string, LeaveOf[]>> {
  const { rows } = await sql.query<LeaveOf & Record<string, unknown>>({
    text: `SELECT person_id AS "personId", from_date::text AS from, to_date::text AS to, shift_ids AS "shiftIds"
      FROM leave_request WHERE person_id = ANY($1) AND state IN ('pending', 'approved') AND returned_at IS NULL AND to_date >= $2::date - 1`,
    values: [ids, since],
  });
  const own = (id: string) => rows.filter(({ personId }) => personId === id);
  return new Map([...new Set(rows.map(({ personId }) => personId))].map((id) => [id, own(id)]));
}

/** A whole shift of this colleague, as it is now; parts of shifts are not swapped. */
export function wholeShift({ roster }: SwapDesk, personId: string, shiftId: string): Duty | undefined {
  return roster.of(personId).find((duty) => duty.shiftId === shiftId && isWhole(duty));
}

export const isWhole = ({ from, to, startsAt, endsAt }: Duty) => from === startsAt && to === endsAt;

/** The facts of one swap on the desk. */
export function factsOn(
  desk: SwapDesk,
  asked: { kind: SwapKind; legs: readonly [Leg] | readonly [Leg, Leg]; reason?: string },
): SwapFacts {
  const { counted, leavesOf, givenBy, roster } = desk;
  return { ...asked, counted, leavesOf, givenBy, dutiesOf: roster.of };
}
