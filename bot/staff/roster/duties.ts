import type { Duty, Override, PlannedShift } from './types.ts';

/**
 * Who has which stretch of work: the plan, with the overrides laid over it in the order in which they were made. An
 * override moves only what its `off` person has at that point, so one that came too late moves nothing.
 * @returns in order of `from`, then shift
 */
export function dutiesOf(shifts: readonly PlannedShift[], overrides: readonly Override[]): Duty[] {
  const byShift = new Map<string, Override[]>();
  for (const override of overrides) {
    const known = byShift.get(override.shiftId);
    if (known) known.push(override);
    else byShift.set(override.shiftId, [override]);
  }
  const duties = shifts.flatMap((shift) => stretchesOf(shift, byShift.get(shift.id) ?? []));
  return duties.sort((a, b) => a.from - b.from || compare(a.shiftId, b.shiftId));
}

function stretchesOf(shift: PlannedShift, overrides: readonly Override[]): Duty[] {
  let stretches = [plannedDuty(shift)];
  for (const override of overrides)
    stretches = stretches.flatMap((stretch) => overlaid(stretch, override, shift.personId));
  return stretches.sort((a, b) => a.from - b.from);
}

/** The whole shift, as if the plan stood. */
export function plannedDuty({ id: shiftId, ...shift }: PlannedShift): Duty {
  const { personId, teamId, businessDate, name, night, startsAt, endsAt } = shift;
  const named = { shiftId, personId, teamId, businessDate, name, night };
  return { ...named, startsAt, endsAt, from: startsAt, to: endsAt };
}

function overlaid(stretch: Duty, override: Override, planned: string): Duty[] {
  const from = Math.max(stretch.from, override.from);
  const to = Math.min(stretch.to, override.to);
  if (stretch.personId !== override.off || from >= to) return [stretch];
  const { on, teamId, cause, causeId } = override;
  const left = stretch.from < from ? [{ ...stretch, to: from }] : [];
  const right = to < stretch.to ? [{ ...stretch, from: to }] : [];
  if (on === null) return [...left, ...right];
  const instead = { planned, cause, causeId };
  return [
    ...left,
    { ...stretch, ...{ from, to, personId: on, teamId: teamId ?? stretch.teamId, instead } },
    ...right,
  ];
}

/** Two stretches, or two shifts, that lie in the same time; meeting ends do not. */
export function overlap(
  a: { readonly from: number; readonly to: number },
  b: { readonly from: number; readonly to: number },
): boolean {
  return a.from < b.to && b.from < a.to;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
