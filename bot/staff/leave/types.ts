import type { DayPart, ShiftWord } from '../../dialog/dates/index.ts';
import type { TextKey } from '../../i18n/index.ts';
import type { LeaveKind, Localised, Role, Severity } from '../../policy/schema.ts';

export type { LeaveKind, Role, Severity } from '../../policy/schema.ts';

/** A shift 班次 of one person. `businessDate` is ISO; instants are epoch milliseconds. */
export interface ShiftFact {
  readonly id: string;
  readonly businessDate: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly name: string;
  readonly night: boolean;
  /** It came to the person by a swap 换班 or as a gift 让班. */
  readonly taken?: boolean;
}

/** A colleague as the rules see one. */
export interface PersonFact {
  readonly id: string;
  /** 工号 */
  readonly number: string;
  readonly name: string;
  readonly role: Role;
  readonly teamId: string | null;
  /** 工种 */
  readonly jobType: string;
  /** 技能等级 1–3 */
  readonly grade: number;
}

/** When leave is wanted, safe to store as JSON: ISO dates, both included, times as HH:MM. */
export interface LeaveSpan {
  readonly from: string;
  readonly to: string;
  readonly part?: DayPart;
  readonly endPart?: DayPart;
  readonly shift?: ShiftWord;
  readonly time?: { readonly from: string; readonly to?: string; readonly toNextDay: boolean };
}

/** Another leave 请假单 of the same person that still counts. */
export interface OtherLeave {
  readonly id: string;
  readonly kind: LeaveKind;
  readonly state: 'pending' | 'approved';
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly shiftIds: readonly string[];
}

/** What is left of a year's days of one kind. */
export interface Balance {
  readonly kind: LeaveKind;
  readonly year: number;
  readonly daysPerYear: number;
  readonly left: number;
}

/** All that the rules know about a request. */
export interface LeaveFacts {
  readonly kind: LeaveKind;
  readonly span: LeaveSpan;
  /** Who is to be absent. */
  readonly person: PersonFact;
  /** Who asks: the same person, or a colleague who reports an illness. */
  readonly requester: PersonFact;
  /** 急诊: no certificate is asked for. */
  readonly emergency?: boolean;
  /** The person's shifts, whole, from some days before the leave to some days after it. */
  readonly shifts: readonly ShiftFact[];
  /** First and last business date of which the person's shifts are known (ISO). */
  readonly roster: { readonly from: string; readonly through: string };
  readonly others: readonly OtherLeave[];
  /** Where the policy keeps a ledger. */
  readonly balances?: readonly Balance[];
  /** The leave that this one extends 续假: it counts together with it, whatever its kind. */
  readonly extendsId?: string;
}

/** A shift that the leave takes, whole or from `from` to `to` (epoch ms). */
export interface MissedShift {
  readonly shift: ShiftFact;
  readonly from: number;
  readonly to: number;
}

/** The figures that a rule compared, as data: texts are made per reader. Instants in epoch ms. */
export type Figures =
  | {
      readonly of: 'notice';
      readonly state: 'inTime' | 'late' | 'over';
      readonly startsAt: number;
      readonly endsAt: number;
      readonly now: number;
      readonly actualMs: number;
      readonly requiredMs: number;
      readonly latest: number;
    }
  | { readonly of: 'cutOff'; readonly startsAt: number; readonly now: number; readonly latest: number }
  | {
      readonly of: 'holiday';
      readonly date: string;
      readonly name: Localised | null;
      readonly startsAt: number;
      readonly actualMs: number;
      readonly requiredMs: number;
      readonly latest: number;
    }
  | { readonly of: 'holidayUnknown'; readonly date: string; readonly covered: string }
  | {
      readonly of: 'balance';
      readonly kind: LeaveKind;
      readonly year: number;
      readonly left: number;
      readonly days: number;
    }
  | { readonly of: 'taken'; readonly date: string }
  | { readonly of: 'ownRequest'; readonly by: string; readonly person: string }
  | {
      readonly of: 'overlap';
      readonly date: string;
      readonly kind: LeaveKind;
      readonly state: OtherLeave['state'];
      readonly id: string;
    }
  | { readonly of: 'roster'; readonly date: string; readonly covered: string };

/** What one rule says. Stored with the request, so safe as JSON. */
export interface Verdict {
  readonly rule: string;
  /** `leave.5`: clause 5 of the leave rules; `swap.4`: of the swap rules; `product`: our own choice. */
  readonly clause: string;
  readonly quote: TextKey;
  readonly quoteVars: Readonly<Record<string, string | number>>;
  readonly result: Severity;
  readonly figures?: Figures;
  /** Whose consent would count, where the result is `needsManager`. */
  readonly managers: readonly Role[];
}

export interface Checked {
  readonly result: Severity;
  readonly verdicts: readonly Verdict[];
  readonly missed: readonly MissedShift[];
  /** Days of this request. */
  readonly days: number;
  /** Days with the requests before and after it that count together: what the ladder goes by. */
  readonly daysTogether: number;
  /** Ids of those requests. */
  readonly together: readonly string[];
  readonly holiday: boolean;
  readonly managers: readonly Role[];
  /** ISO date by which the certificate is due. */
  readonly certificateDue?: string;
}

/** `noShift`: the roster is known and nothing is missed, so no leave is needed. */
export type Outcome = { readonly result: 'noShift' } | Checked;
