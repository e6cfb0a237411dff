import { changed, type RosterFacts } from './change.ts';
import { dutiesOf } from './duties.ts';
import { rosterOf } from './roster.ts';
import type { Duty, RosterChange } from './types.ts';

/** What a leader may pass over, once they have read it. */
export type RosterWarning =
  | { readonly code: 'rest'; readonly duty: Duty; readonly other: Duty; readonly restMs: number }
  | { readonly code: 'leave'; readonly personId: string; readonly date: string; readonly state: string }
  | { readonly code: 'past'; readonly personId: string; readonly date: string; readonly shift: string };

/** A leave request that stands or waits, ISO dates, both included. */
export interface LeaveDates {
  readonly personId: string;
  readonly from: string;
  readonly to: string;
  readonly state: string;
}

export interface Circumstances {
  readonly restMs: number;
  readonly leaves: readonly LeaveDates[];
  /** Epoch ms. */
  readonly now: number;
}

/** What a planned change should make its writer think twice about: short rest, leave, shifts that have begun. */
export function warningsOf(
  facts: RosterFacts,
  change: Pick<RosterChange, 'plan' | 'cancel'>,
  { restMs, leaves, now }: Circumstances,
): RosterWarning[] {
  const { plan = [] } = change;
  const cancel = new Set(change.cancel);
  const after = changed(facts, change);
  const roster = rosterOf(dutiesOf(after.shifts, after.overrides));
  const fresh = new Set(plan.map(({ id }) => id));
  const people = new Set(plan.map(({ personId }) => personId));
  const moved = [...plan, ...facts.shifts.filter(({ id }) => cancel.has(id))];
  return [
    ...[...people].flatMap((personId) => shortRests(roster.of(personId), fresh, restMs)),
    ...plan.flatMap(({ personId, businessDate: date }) =>
      leaves
        .filter((leave) => leave.personId === personId && leave.from <= date && date <= leave.to)
        .map(({ state }) => ({ code: 'leave', personId, date, state }) as const),
    ),
    ...moved
      .filter(({ startsAt }) => startsAt < now)
      .map(
        ({ personId, businessDate: date, name: shift }) => ({ code: 'past', personId, date, shift }) as const,
      ),
  ];
}

/** Between two shifts one after the other, at least one of which is new. */
function shortRests(duties: readonly Duty[], fresh: ReadonlySet<string>, restMs: number): RosterWarning[] {
  return duties.slice(1).flatMap((duty, index) => {
    const before = duties[index];
    if (!before || before.shiftId === duty.shiftId) return [];
    if (!fresh.has(before.shiftId) && !fresh.has(duty.shiftId)) return [];
    const rest = duty.from - before.to;
    return rest >= 0 && rest < restMs
      ? [{ code: 'rest', duty: before, other: duty, restMs: rest } as const]
      : [];
  });
}
