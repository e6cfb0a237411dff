/** Why somebody else than planned, or nobody, is on. */
export const CAUSES = [
  'leave', // 请假
  'swap', // 换班
  'give', // a shift given away 让班
  'loan', // 借调
  'stand_in', // somebody did not come, and a leader named another 顶班
] as const;
export type Cause = (typeof CAUSES)[number];

/** A shift 班次 as planned for one person. `businessDate` is ISO; instants are epoch milliseconds. */
export interface PlannedShift {
  readonly id: string;
  readonly personId: string;
  readonly teamId: string;
  readonly businessDate: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly name: string;
  readonly night: boolean;
}

/** A change over the plan, on a stretch of one shift; `on` null: nobody takes it. */
export interface Override {
  readonly id: string;
  readonly shiftId: string;
  readonly off: string;
  readonly on: string | null;
  /** For a loan: the team that the person works for. */
  readonly teamId?: string;
  readonly from: number;
  readonly to: number;
  readonly cause: Cause;
  /** The leave request, swap, handover … that it comes from. */
  readonly causeId: string;
}

/** A stretch of work 值班 that one person has, after all overrides. */
export interface Duty {
  readonly shiftId: string;
  readonly personId: string;
  readonly teamId: string;
  readonly businessDate: string;
  readonly name: string;
  readonly night: boolean;
  readonly from: number;
  readonly to: number;
  /** The shift's whole length, of which this may be a part. */
  readonly startsAt: number;
  readonly endsAt: number;
  /** Who was planned, and why it is another; absent where the plan stands. */
  readonly instead?: { readonly planned: string; readonly cause: Cause; readonly causeId: string };
}

/** What is to be changed, all or nothing. Ids are new ones. Overrides lie over each other in their order. */
export interface RosterChange {
  readonly plan?: readonly PlannedShift[];
  /** Ids of planned shifts. */
  readonly cancel?: readonly string[];
  readonly override?: readonly Override[];
  /** Ids of overrides. */
  readonly revoke?: readonly string[];
}

/**
 * Why a change can't be made.
 * `two_at_once`: the person would be on two shifts. `not_on_duty`: who is to be taken off is not on, for all of that
 * stretch. `built_upon`: what is taken back or cancelled is part of a later swap, leave or loan. `unknown_shift`: it is
 * no longer planned.
 */
export interface RosterProblem {
  readonly code: 'two_at_once' | 'not_on_duty' | 'built_upon' | 'unknown_shift';
  readonly shiftId: string;
  readonly personId: string;
  /** For `two_at_once`: the other shift. */
  readonly otherShiftId?: string;
}
