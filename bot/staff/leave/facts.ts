import { Temporal } from 'temporal-polyfill';
import type { Sql } from '../../../prisma/client.ts';
import { peopleById, peopleInPosts } from '../../people/directory.ts';
import type { HolidayTable } from '../../policy/calendar.ts';
import { loadHolidays } from '../../policy/holidays.ts';
import type { Policy } from '../../policy/schema.ts';
import { dutiesOf, overlap } from '../roster/duties.ts';
import { loadRosterFacts } from '../roster/store.ts';
import { balancesOf } from './balance.ts';
import type { Balance, LeaveFacts, MissedShift, OtherLeave, PersonFact, ShiftFact } from './types.ts';

/** What the database knows for a request, before kind and dates are said. */
export interface LeaveDesk extends Pick<LeaveFacts, 'person' | 'requester' | 'shifts' | 'roster' | 'others'> {
  readonly balances: readonly Balance[];
  readonly holidays: HolidayTable;
  /** Who holds a post, and the deputies. */
  readonly holders: readonly PersonFact[];
}

export interface LeaveParties {
  /** Who is to be absent. */
  readonly personId: string;
  /** Who asks. */
  readonly requesterId: string;
}

/** How far back shifts and other requests can matter: to a leave that is reported late, and what ran before it. */
const DAYS_BACK = 60;

/** Loads it; undefined if one of the two has left. `now` is epoch ms. */
export async function loadLeaveDesk(
  sql: Sql,
  { personId, requesterId }: LeaveParties,
  policy: Policy,
  now: number,
): Promise<LeaveDesk | undefined> {
  const people = await peopleById(sql, [...new Set([personId, requesterId])]);
  const person = people.find(({ id }) => id === personId);
  const requester = people.find(({ id }) => id === requesterId);
  if (!person || !requester) return undefined;
  const first = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(policy.centre.timeZone)
    .startOfDay()
    .subtract({ days: DAYS_BACK });
  const since = first.toPlainDate().toString();
  const { ranks, deputies } = policy.people;
  return {
    ...{ person, requester },
    shifts: await shiftsOf(sql, personId, first.epochMilliseconds),
    roster: await rosterOf(sql, since),
    others: await othersOf(sql, personId, since),
    balances: await balancesOf(sql, personId, policy, [first.year, first.year + 1]),
    holidays: await loadHolidays(sql),
    holders: await peopleInPosts(sql, { roles: ranks, numbers: Object.values(deputies).flat() }),
  };
}

/** Farther ahead than any roster is planned. */
const HORIZON_MS = 400 * 86_400_000;

/**
 * What a colleague really has to work from `from` (epoch ms) on, in order: shifts swapped away are not among them,
 * those taken over are. Leave is not taken off: the rules see it as other requests.
 */
export async function shiftsOf(sql: Sql, personId: string, from: number): Promise<ShiftFact[]> {
  const window = { from, to: from + HORIZON_MS, people: [personId] };
  const { shifts, overrides } = await loadRosterFacts(sql, window, { without: 'leave' });
  return dutiesOf(shifts, overrides)
    .filter((duty) => duty.personId === personId)
    .map(({ shiftId: id, businessDate, from: startsAt, to: endsAt, name, night, instead }) => {
      const taken = instead?.cause === 'swap' || instead?.cause === 'give';
      return { id, businessDate, startsAt, endsAt, name, night, ...(taken && { taken }) };
    });
}

/** The published roster 班表 is the whole centre's: a colleague's last shift says nothing about the day after it. */
async function rosterOf(sql: Sql, since: string): Promise<LeaveFacts['roster']> {
  const { rows } = await sql.query<{ from: string | null; through: string | null }>({
    text: `SELECT min(business_date)::text AS from, max(business_date)::text AS through FROM shift
      WHERE business_date >= $1 AND cancelled_at IS NULL`,
    values: [since],
  });
  // Nothing published: every date lies outside.
  return { from: rows[0]?.from ?? '9999-12-31', through: rows[0]?.through ?? '0001-01-01' };
}

async function othersOf(sql: Sql, personId: string, since: string): Promise<OtherLeave[]> {
  const { rows } = await sql.query<OtherLeave & Record<string, unknown>>({
    text: `SELECT id, kind, state, from_date::text AS from, to_date::text AS to, days, shift_ids AS "shiftIds"
      FROM leave_request WHERE person_id = $1 AND state IN ('pending', 'approved') AND to_date >= $2 ORDER BY from_date`,
    values: [personId, since],
  });
  return rows;
}

/** How a stretch of a leave is staffed 人手. */
export interface Headcount {
  readonly shiftId: string;
  /** Of the same team at the same time besides the person, swaps and leave considered: the least over the stretch. */
  readonly others: number;
}

/** The staffing of the stretches that a person would miss, for whoever decides about it. */
export async function headcounts(
  sql: Sql,
  personId: string,
  missed: readonly MissedShift[],
): Promise<Headcount[]> {
  const [first] = missed;
  if (!first) return [];
  const window = { from: first.from, to: Math.max(...missed.map(({ to }) => to)) };
  const { shifts, overrides } = await loadRosterFacts(sql, window);
  const duties = dutiesOf(shifts, overrides).filter((duty) => duty.personId !== personId);
  return missed.flatMap(({ shift: { id: shiftId }, from, to }) => {
    const teamId = shifts.find(({ id }) => id === shiftId)?.teamId;
    const team = duties.filter((duty) => duty.teamId === teamId && overlap(duty, { from, to }));
    // Counts change only where somebody comes or goes.
    const moments = [from, ...team.flatMap((duty) => [duty.from, duty.to])].filter(
      (at) => at >= from && at < to,
    );
    const on = (at: number) =>
      new Set(team.filter((d) => d.from <= at && at < d.to).map((d) => d.personId)).size;
    return teamId ? [{ shiftId, others: Math.min(...moments.map(on)) }] : [];
  });
}
