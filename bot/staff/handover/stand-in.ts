import { Temporal } from 'temporal-polyfill';
import { type Sql, type Unit, uuidv7 } from '../../../prisma/client.ts';
import type { Policy } from '../../policy/schema.ts';
import { dueOf } from '../attendance/due.ts';
import { openRowsOf } from '../attendance/sign.ts';
import { applyChange } from '../roster/apply.ts';
import type { RosterFacts } from '../roster/change.ts';
import { dutiesOf } from '../roster/duties.ts';
import { instantsOf } from '../roster/plan.ts';
import { loadRosterFacts } from '../roster/store.ts';
import type { PlannedShift, RosterChange } from '../roster/types.ts';
import type { HandoverRecord } from './record.ts';
import type { Decision, Progress } from './types.ts';

/** Why somebody can't stand in: on another shift then, on leave, or nothing is known of a shift that begins there. */
export type StandInRefusal = 'stand_in_busy' | 'stand_in_leave' | 'no_shift';

type Of = Pick<HandoverRecord, 'id' | 'teamId' | 'changeAt'> & Pick<Progress, 'outgoing'>;
export interface StandIn {
  readonly missingId: Decision['missingId'];
  readonly standInId: string;
}

/**
 * What a stand-in 顶班 changes on the roster: all that the missing person still has of the shift that begins with this
 * change is the stand-in's from `now` on (epoch ms); of who stays on at the desk, from the change itself. Where nobody
 * has that shift it is planned for them. undefined: it isn't known when such a shift would end. Pure.
 */
export function standInChange(
  { shifts, overrides }: RosterFacts,
  { id: causeId, teamId, changeAt, outgoing }: Of,
  { missingId, standInId }: StandIn,
  { roster, centre }: Pick<Policy, 'roster' | 'centre'>,
  now: number,
): RosterChange | undefined {
  const since = outgoing.includes(standInId) ? changeAt : Math.max(now, changeAt);
  const over = (shiftId: string, stretch: { off: string; on: string | null; from: number; to: number }) => {
    return { id: uuidv7(now), shiftId, ...stretch, cause: 'stand_in' as const, causeId };
  };
  const left = dutiesOf(shifts, overrides)
    .filter((duty) => duty.personId === missingId && duty.teamId === teamId && duty.startsAt === changeAt)
    .map(({ shiftId, from, to }) => ({ shiftId, from: Math.max(from, since), to }))
    .filter(({ from, to }) => from < to);
  if (left.length > 0 && missingId !== null)
    return {
      override: left.map(({ shiftId, ...stretch }) =>
        over(shiftId, { off: missingId, on: standInId, ...stretch }),
      ),
    };
  const like =
    shifts.find((shift) => shift.teamId === teamId && shift.startsAt === changeAt) ??
    usualAt(changeAt, { roster, centre });
  if (!like || like.endsAt <= since) return undefined;
  const { businessDate, startsAt, endsAt, name, night } = like;
  const shift: PlannedShift = {
    ...{ id: uuidv7(now), personId: standInId, teamId, businessDate, startsAt, endsAt, name, night },
  };
  // One that began later would be another change of shift: it begins with the others, and until now is nobody's.
  const before = { off: standInId, on: null, from: startsAt, to: since };
  const after = { off: standInId, on: standInId, from: since, to: endsAt };
  return {
    plan: [shift],
    override: (since > startsAt ? [before, after] : [after]).map((each) => over(shift.id, each)),
  };
}

/** A shift of the policy that begins at this time of day. */
function usualAt(changeAt: number, { roster, centre: { timeZone } }: Pick<Policy, 'roster' | 'centre'>) {
  const begins = Temporal.Instant.fromEpochMilliseconds(changeAt).toZonedDateTimeISO(timeZone);
  const businessDate = begins.toPlainDate().toString();
  return roster.shifts
    .map((type) => ({
      ...{ ...instantsOf(type, businessDate, timeZone), name: type.name['zh-CN'], night: type.night },
      businessDate,
    }))
    .find(({ startsAt }) => startsAt === changeAt);
}

/** Puts a stand-in on the roster; what stands against it is said and nothing is written. `now` is epoch ms. */
export async function putOnRoster(
  unit: Unit,
  policy: Policy,
  handover: Of,
  standIn: StandIn,
  now: number,
): Promise<StandInRefusal | undefined> {
  const { changeAt } = handover;
  const facts = await loadRosterFacts(unit.sql, { from: changeAt, to: changeAt + 1 });
  const change = standInChange(facts, handover, standIn, policy, now);
  if (!change) return 'no_shift';
  const named = new Set((change.override ?? []).map(({ shiftId }) => shiftId));
  // They gave away one of their own that begins then.
  const own = facts.shifts.some(
    ({ personId, startsAt }) => personId === standIn.standInId && startsAt === changeAt,
  );
  if (change.plan && own) return 'stand_in_busy';
  const taken = [...facts.shifts.filter(({ id }) => named.has(id)), ...(change.plan ?? [])];
  if (await onLeave(unit.sql, standIn.standInId, taken)) return 'stand_in_leave';
  if ('problems' in (await applyChange(unit, change, now))) return 'stand_in_busy';
  for (const { id } of taken) {
    const due = await dueOf(unit.sql, standIn.standInId, id);
    if (due) await openRowsOf(unit, [due], policy.attendance, now);
  }
  return undefined;
}

/** Granted leave of a day without a shift is no stretch of the roster, and yet they are away. */
async function onLeave(sql: Sql, personId: string, shifts: readonly PlannedShift[]): Promise<boolean> {
  const { rowCount } = await sql.query({
    text: `SELECT FROM leave_request WHERE person_id = $1 AND state = 'approved' AND returned_at IS NULL
      AND EXISTS (SELECT FROM unnest($2::date[]) AS day WHERE day BETWEEN from_date AND to_date)`,
    values: [personId, shifts.map(({ businessDate }) => businessDate)],
  });
  return (rowCount ?? 0) > 0;
}
