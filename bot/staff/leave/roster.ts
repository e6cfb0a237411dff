import { type Sql, type Unit, uuidv7 } from '../../../prisma/client.ts';
import { applyChange, holdRosters, mustApply } from '../roster/apply.ts';
import { dutiesOf } from '../roster/duties.ts';
import { overridesOf, shiftFacts } from '../roster/store.ts';
import type { Override } from '../roster/types.ts';
import type { MissedShift } from './types.ts';

/** A leave as the roster is changed by it. */
export interface Absence {
  /** The request's id. */
  readonly id: string;
  readonly personId: string;
  readonly missed: readonly MissedShift[];
}

/**
 * Takes a person off the shifts of an approved leave, in the transaction that approves it: those stretches that they
 * still have. What was swapped away, cancelled or covered by another leave since it was handed in is left out.
 * @param now epoch ms
 */
export async function takeOff(unit: Unit, leave: Absence, now: number): Promise<void> {
  await holdRosters(unit.sql, [leave.personId]);
  const override = await stretchesOf(unit.sql, leave, now);
  if (override.length > 0) await mustApply(unit, { override }, now);
}

async function stretchesOf(sql: Sql, { id, personId, missed }: Absence, now: number): Promise<Override[]> {
  const { shifts, overrides } = await shiftFacts(
    sql,
    missed.map(({ shift }) => shift.id),
  );
  const own = dutiesOf(shifts, overrides).filter((duty) => duty.personId === personId);
  return missed.flatMap(({ shift, from, to }) =>
    own
      .filter(({ shiftId }) => shiftId === shift.id)
      .map((duty) => ({ from: Math.max(duty.from, from), to: Math.min(duty.to, to) }))
      .filter((stretch) => stretch.from < stretch.to)
      .map((stretch) => ({
        ...{ id: uuidv7(now), shiftId: shift.id, off: personId, on: null, ...stretch },
        ...{ cause: 'leave' as const, causeId: id },
      })),
  );
}

/**
 * Puts a person back on what lies after `at` of a leave: overrides that begin later go, one that runs is shortened.
 * @returns false, and nothing is changed, where the person is on another shift at that time meanwhile
 */
export async function putBack(unit: Unit, leaveId: string, at: number, now: number): Promise<boolean> {
  const later = (await overridesOf(unit.sql, 'leave', leaveId)).filter(({ to }) => to > at);
  if (later.length === 0) return true;
  const override = later
    .filter(({ from }) => from < at)
    .map((each) => ({ ...each, id: uuidv7(now), to: at }));
  const applied = await applyChange(unit, { revoke: later.map(({ id }) => id), override }, now);
  return 'done' in applied;
}
