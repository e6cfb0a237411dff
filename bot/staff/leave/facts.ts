import { Temporal } from 'temporal-polyfill';
import type { Sql } from '../../../prisma/client.ts';
import { peopleById, peopleInPosts } from '../../people/directory.ts';
import type { Policy } from '../../policy/schema.ts';
import type { LeaveFacts, OtherLeave, PersonFact, ShiftFact } from './types.ts';

/** What the database knows for a request, before kind and dates are said. */
export interface LeaveDesk extends Pick<LeaveFacts, 'person' | 'requester' | 'shifts' | 'roster' | 'others'> {
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
  const since = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(policy.centre.timeZone)
    .toPlainDate()
    .subtract({ days: DAYS_BACK })
    .toString();
  const { ranks, deputies } = policy.people;
  return {
    ...{ person, requester },
    shifts: await shiftsOf(sql, personId, since),
    roster: await rosterOf(sql, since),
    others: await othersOf(sql, personId, since),
    holders: await peopleInPosts(sql, { roles: ranks, numbers: Object.values(deputies).flat() }),
  };
}

/** A colleague's shifts from a business date (ISO) on, in order. */
export async function shiftsOf(sql: Sql, personId: string, since: string): Promise<ShiftFact[]> {
  type Row = Omit<ShiftFact, 'startsAt' | 'endsAt'> & { startsAt: Date; endsAt: Date };
  const { rows } = await sql.query<Row & Record<string, unknown>>({
    text: `SELECT id, business_date::text AS "businessDate", starts_at AS "startsAt", ends_at AS "endsAt", name, night
      FROM shift WHERE person_id = $1 AND business_date >= $2 ORDER BY starts_at`,
    values: [personId, since],
  });
  return rows.map(({ id, businessDate, startsAt, endsAt, name, night }) => {
    return { id, businessDate, startsAt: startsAt.getTime(), endsAt: endsAt.getTime(), name, night };
  });
}

/** The published roster 班表 is the whole centre's: a colleague's last shift says nothing about the day after it. */
async function rosterOf(sql: Sql, since: string): Promise<LeaveFacts['roster']> {
  const { rows } = await sql.query<{ from: string | null; through: string | null }>({
    text: `SELECT min(business_date)::text AS from, max(business_date)::text AS through FROM shift WHERE business_date >= $1`,
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

/** How a shift of a leave is staffed. */
export interface Headcount {
  readonly shiftId: string;
  /** Of the same team on the same shift besides the person, without those on approved leave. */
  readonly others: number;
}

/** The staffing 人手 of a team's shifts, for whoever decides about one of its people. */
export async function headcounts(sql: Sql, shiftIds: readonly string[]): Promise<Headcount[]> {
  if (shiftIds.length === 0) return [];
  const { rows } = await sql.query<{ shiftId: string; others: number }>({
    text: `SELECT s.id AS "shiftId", count(o.id) AS others
      FROM shift s LEFT JOIN shift o ON o.team_id = s.team_id AND o.starts_at = s.starts_at AND o.id <> s.id AND NOT EXISTS (
        SELECT FROM leave_request r WHERE r.person_id = o.person_id AND r.state = 'approved' AND r.shift_ids ? o.id::text)
      WHERE s.id = ANY($1) GROUP BY s.id`,
    values: [[...shiftIds]],
  });
  return rows;
}
