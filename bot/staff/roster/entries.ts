import type { RosterFacts } from './change.ts';
import { dutiesOf, overlap } from './duties.ts';
import type { Cause, Duty, Override, PlannedShift } from './types.ts';

/**
 * What stands in a colleague's row of the roster. `planned`: as planned. `taken`: somebody else's shift. `away`: a
 * stretch that they had and have no longer; `other` is who has it, null where nobody has.
 */
export interface Entry extends Omit<Duty, 'instead'> {
  readonly state: 'planned' | 'taken' | 'away';
  /** The plan gives this shift to this person, whatever lies over it. */
  readonly own: boolean;
  readonly cause?: Cause;
  readonly causeId?: string;
  /** For `taken`: who was planned. For `away`: who is on instead. */
  readonly other?: string | null;
}

/** The roster row by row: what people have, and what was taken from them. In order of `from`. */
export function entriesOf({ shifts, overrides }: RosterFacts): Entry[] {
  const duties = dutiesOf(shifts, overrides);
  const byShift = groupBy(duties);
  const known = new Map(shifts.map((shift) => [shift.id, shift]));
  const had = duties.map(({ instead, ...duty }): Entry => {
    if (!instead) return { ...duty, state: 'planned', own: true };
    const { planned, cause, causeId } = instead;
    return { ...duty, ...{ state: 'taken', own: false, other: planned, cause, causeId } };
  });
  const away = overrides.flatMap((override) => {
    const shift = known.get(override.shiftId);
    return shift ? awayOf(override, shift, byShift.get(shift.id) ?? []) : [];
  });
  return [...had, ...away].sort((a, b) => a.from - b.from);
}

/** What somebody gave away, unless it came back to them. */
function awayOf(override: Override, shift: PlannedShift, duties: readonly Duty[]): Entry[] {
  const { off, on, from, to, cause, causeId } = override;
  if (off === on || duties.some((duty) => duty.personId === off && overlap(duty, override))) return [];
  const { id: shiftId, personId: planned, ...rest } = shift;
  const own = planned === off;
  return [{ ...rest, shiftId, personId: off, from, to, state: 'away', own, cause, causeId, other: on }];
}

function groupBy(duties: readonly Duty[]): Map<string, Duty[]> {
  const groups = new Map<string, Duty[]>();
  for (const duty of duties) {
    const group = groups.get(duty.shiftId);
    if (group) group.push(duty);
    else groups.set(duty.shiftId, [duty]);
  }
  return groups;
}
