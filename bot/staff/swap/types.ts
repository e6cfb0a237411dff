import type { TextKey } from '../../i18n/index.ts';
import type { DayKind } from '../../policy/calendar.ts';
import type { Localised, SwapSeverity } from '../../policy/schema.ts';
import type { PersonFact } from '../leave/types.ts';
import type { Duty } from '../roster/types.ts';

export type { PersonFact } from '../leave/types.ts';

/** A swap with its return shift, a shift given away 让班, or one that nobody has 缺班. */
export type SwapKind = 'swap' | 'give' | 'open';

/** A whole shift that passes from one colleague to another. */
export interface Leg {
  readonly duty: Duty;
  /** Who has it; for an open shift, who was planned. */
  readonly giver: PersonFact;
  readonly taker: PersonFact;
}

/** A leave that is pending or approved: ISO dates, both included, and the shifts that it takes. */
export interface LeaveOf {
  readonly personId: string;
  readonly from: string;
  readonly to: string;
  readonly shiftIds: readonly string[];
}

/** All that the rules know about a swap; what concerns people is asked for by their id. */
export interface SwapFacts {
  readonly kind: SwapKind;
  /** The shift, and the return shift 还班 if there is one. */
  readonly legs: readonly [Leg] | readonly [Leg, Leg];
  /** Undefined while it is still to be asked: nothing is said about it then. */
  readonly reason?: string;
  /** A colleague's duties in order, as they are without this swap; some days around either shift. */
  dutiesOf(personId: string): readonly Duty[];
  /** Shifts that went from a colleague by a swap in effect, in order; of the same days. */
  givenBy(personId: string): readonly Duty[];
  /** How many swaps count for this person in a month (`YYYY-MM`), without this one. */
  counted(personId: string, month: string): number;
  leavesOf(personId: string): readonly LeaveOf[];
}

/** Kind of a business date (ISO), and the holiday's name; asked thousands of times, so remembered. */
export interface Days {
  kind(date: string): DayKind;
  holiday(date: string): Localised | null;
  /** The last date that is known. */
  readonly coveredThrough: string;
}

/** Which part of the swap would have to be another for the verdict to pass. */
export type About = 'reason' | 'shift' | 'partner' | 'back';

/** The figures that were compared, as data. Instants in epoch ms, `shift` and `other` as the duty has them. */
export type SwapFigures =
  | { readonly of: 'reason'; readonly length: number; readonly min: number; readonly max: number }
  | {
      readonly of: 'notice';
      readonly shift: Duty;
      readonly now: number;
      readonly actualMs: number;
      readonly requiredMs: number;
      readonly latest: number;
    }
  | {
      readonly of: 'quota';
      readonly person: string;
      readonly month: string;
      readonly count: number;
      readonly limit: number;
    }
  | { readonly of: 'consecutive'; readonly person: string; readonly shift: Duty; readonly other: Duty }
  | {
      readonly of: 'rest';
      readonly person: string;
      readonly shift: Duty;
      readonly other: Duty;
      readonly gapMs: number;
      readonly requiredMs: number;
    }
  | { readonly of: 'jobType'; readonly giver: string; readonly taker: string }
  | {
      readonly of: 'grade';
      readonly giver: string;
      readonly giverGrade: number;
      readonly taker: string;
      readonly takerGrade: number;
    }
  | {
      readonly of: 'leave';
      readonly person: string;
      readonly shift: Duty;
      readonly from: string;
      readonly to: string;
    }
  | { readonly of: 'holiday'; readonly date: string; readonly name: Localised | null }
  | { readonly of: 'holidayUnknown'; readonly date: string; readonly covered: string }
  | { readonly of: 'return'; readonly days: number; readonly limit: number }
  | { readonly of: 'noReturn' };

/** What one rule says. Stored with the swap, so safe as JSON. */
export interface SwapVerdict {
  readonly rule: string;
  /** `swap.2`: clause 2 of RULEBOOK §4 shift swap; `product`: our own choice. */
  readonly clause: `swap.${number}` | 'product';
  readonly quote: TextKey;
  readonly quoteVars: Readonly<Record<string, number>>;
  readonly result: SwapSeverity;
  readonly about: About;
  readonly figures?: SwapFigures;
}

export interface SwapChecked {
  readonly result: SwapSeverity;
  readonly verdicts: readonly SwapVerdict[];
}
