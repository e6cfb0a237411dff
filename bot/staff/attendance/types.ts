import type { TextKey } from '../../i18n/index.ts';
import type { Duty } from '../roster/types.ts';

/** How it became known that somebody came or went. */
export type How = 'self' | 'presence' | 'leader' | 'handover';
export type AttendanceState = 'expected' | 'on' | 'off' | 'absent' | 'void';
export type BreachKind = 'late' | 'early' | 'away';

/** All that one person is to work of one shift 应到, overrides considered. Instants in epoch ms. */
export type Due = Omit<Duty, 'instead'> & {
  /** A stand-in 顶班 for who did not come: they come when they can. */
  readonly calledIn?: true;
};

/** What a rule says: nothing; on record; a breach of discipline 违纪; or it may not be done. Safe as JSON. */
export type Weight = 'pass' | 'record' | 'breach' | 'refuse';

/** `leave.9`: clause 9 of RULEBOOK §4 leave. `product`: our own choice. */
export type Clause = 'leave.9' | 'handover.1' | 'handover.4' | 'product';

export interface Finding {
  readonly rule: 'late' | 'rollCall' | 'early' | 'away' | 'permission' | 'length' | 'handover';
  readonly clause: Clause;
  readonly quote: TextKey;
  readonly quoteVars: Readonly<Record<string, number>>;
  readonly result: Weight;
  /** Late, early, away beyond permission, or asked for, in whole minutes; a part of one counts as one. */
  readonly minutes: number;
}
