import { dutiesOf, overlap } from './duties.ts';
import { rosterOf } from './roster.ts';
import type { Duty, Override, PlannedShift, RosterChange, RosterProblem } from './types.ts';

/** The plan and what lies over it: all that touches the shifts and people of a change. */
export interface RosterFacts {
  readonly shifts: readonly PlannedShift[];
  /** In the order in which they were made, shift by shift. */
  readonly overrides: readonly Override[];
}

/** The facts as they would be after the change. */
export function changed({ shifts, overrides }: RosterFacts, change: RosterChange): RosterFacts {
  const { plan = [], override = [] } = change;
  const [cancel, revoke] = [new Set(change.cancel), new Set(change.revoke)];
  return {
    shifts: [...shifts.filter(({ id }) => !cancel.has(id)), ...plan],
    overrides: [...overrides.filter(({ id }) => !revoke.has(id)), ...override],
  };
}

/**
 * What stands against a change, in plain order; empty if it may be made. These hold whatever rules a centre sets:
 * nobody on two shifts at once, nobody taken off what they don't have, nothing pulled from under a later change.
 */
export function problemsOf(facts: RosterFacts, change: RosterChange): RosterProblem[] {
  const after = changed(facts, change);
  const roster = rosterOf(dutiesOf(after.shifts, after.overrides));
  return [
    ...missingShifts(facts, change),
    ...builtUpon(facts, change),
    ...(change.override ?? []).flatMap((each) => notOnDuty(each, after)),
    ...[...touchedBy(facts, change)].flatMap((personId) => twoAtOnce(roster.of(personId))),
  ];
}

/** Everybody whose roster a change touches: whose versions are locked and raised. */
export function touchedBy({ shifts, overrides }: RosterFacts, change: RosterChange): Set<string> {
  const people = new Set<string>();
  for (const { personId } of change.plan ?? []) people.add(personId);
  for (const { off, on } of change.override ?? []) for (const id of [off, on]) if (id) people.add(id);
  const cancel = new Set(change.cancel);
  for (const shift of shifts) if (cancel.has(shift.id)) people.add(shift.personId);
  for (const { id, off, on } of overrides)
    if (change.revoke?.includes(id)) for (const each of [off, on]) if (each) people.add(each);
  return people;
}

function missingShifts({ shifts }: RosterFacts, change: RosterChange): RosterProblem[] {
  const known = new Set([...shifts, ...(change.plan ?? [])].map(({ id }) => id));
  return (change.override ?? [])
    .filter(({ shiftId }) => !known.has(shiftId))
    .map(({ shiftId, off }) => ({ code: 'unknown_shift', shiftId, personId: off }) as const);
}

/** A cancelled shift must have no override left on it; a revoked override none that goes on from it. */
function builtUpon(facts: RosterFacts, change: RosterChange): RosterProblem[] {
  const after = changed(facts, change);
  const cancel = new Set(change.cancel);
  const cancelled = facts.shifts.filter(({ id }) => cancel.has(id));
  const revoked = facts.overrides.filter(({ id }) => change.revoke?.includes(id));
  return [
    ...cancelled
      .filter(({ id }) => after.overrides.some(({ shiftId }) => shiftId === id))
      .map(({ id, personId }) => ({ code: 'built_upon', shiftId: id, personId }) as const),
    ...revoked.flatMap((gone) =>
      facts.overrides
        .slice(facts.overrides.indexOf(gone) + 1)
        .filter(
          (each) => after.overrides.includes(each) && each.shiftId === gone.shiftId && overlap(each, gone),
        )
        .map(({ shiftId, off }) => ({ code: 'built_upon', shiftId, personId: off }) as const),
    ),
  ];
}

/** The `off` person must have the whole stretch, as things stand just before this override. */
function notOnDuty(override: Override, { shifts, overrides }: RosterFacts): RosterProblem[] {
  const { shiftId, off, from, to } = override;
  const shift = shifts.filter((each) => each.id === shiftId);
  if (shift.length === 0) return [];
  const before = overrides.slice(0, overrides.indexOf(override)).filter((each) => each.shiftId === shiftId);
  const covered = dutiesOf(shift, before)
    .filter((duty) => duty.personId === off)
    .reduce((sum, duty) => sum + Math.max(0, Math.min(duty.to, to) - Math.max(duty.from, from)), 0);
  return covered === to - from ? [] : [{ code: 'not_on_duty', shiftId, personId: off }];
}

function twoAtOnce(duties: readonly Duty[]): RosterProblem[] {
  return duties.flatMap((duty, index) => {
    const before = duties.slice(0, index).find((each) => overlap(each, duty));
    if (!before) return [];
    const { shiftId, personId } = duty;
    return [{ code: 'two_at_once', shiftId, personId, otherShiftId: before.shiftId } as const];
  });
}
