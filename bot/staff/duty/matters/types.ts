import type { Urgency } from '../../../policy/schema.ts';
import type { LadderStep } from '../../leave/ladder.ts';

export type { Urgency } from '../../../policy/schema.ts';

/**
 * `waiting`: the level is asked. `instructed`: what to do is said and is being carried out. `objected`: carried out, and a
 * different opinion 保留意见 is before the level above. `closed`: carried out, and nothing is left to say.
 */
export type MatterState = 'waiting' | 'instructed' | 'objected' | 'closed';

/** `pass`: up to the next level. `rule`: the word on an objection. */
export type WordKind = 'pass' | 'instruct' | 'acknowledge' | 'object' | 'done' | 'rule';

/** Something said about a matter, on record for good. */
export interface MatterWord {
  readonly kind: WordKind;
  readonly by: string;
  /** The level at which it was said. */
  readonly level: number;
  readonly text: string;
  /** Epoch ms. */
  readonly at: number;
}

/** A matter 请示 on its way, as the rules see it. */
export interface MatterProgress {
  readonly state: MatterState;
  readonly reporterId: string;
  readonly carrierId: string;
  readonly urgency: Urgency;
  /** Frozen when it was reported, the direct leader first. */
  readonly steps: readonly LadderStep[];
  /** Where it began: the levels below were skipped. */
  readonly firstLevel: number;
  readonly level: number;
  /** Epoch ms. */
  readonly skippedToldAt: number | null;
  /** In the order in which they were said. */
  readonly words: readonly MatterWord[];
}
