import type { SECTIONS } from '../../policy/handover-schema.ts';

export { SECTIONS } from '../../policy/handover-schema.ts';

export type Section = (typeof SECTIONS)[number];
export type Sections = Partial<Record<Section, string>>;

/** `accepted` and `decided` are ends: everybody who came accepted; or a leader decided about somebody missing. */
export type HandoverState = 'open' | 'completed' | 'accepted' | 'decided';

/** Somebody who comes on. */
export interface Incoming {
  readonly personId: string;
  /** Epoch ms. */
  readonly acceptedAt: number | null;
  /** Ids of the items that they have read back 复述. */
  readonly readBack: readonly string[];
}

/** A leader's word on record about somebody who is missing; null: nobody was to come at all. */
export interface Decision {
  readonly missingId: string | null;
  readonly kind: 'stand_in' | 'release';
  readonly standInId: string | null;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  readonly note: string;
}

/** A handover on its way, as the rules see it. */
export interface Progress {
  readonly state: HandoverState;
  /** When the shifts change, epoch ms. */
  readonly changeAt: number;
  readonly outgoing: readonly string[];
  readonly incoming: readonly Incoming[];
  readonly decisions: readonly Decision[];
  /** Ids of the items that are handed on; what was open when it was completed. */
  readonly items: readonly string[];
}

/** Who goes and who comes when a team's shifts change. Instants in epoch ms. */
export interface ShiftChange {
  readonly teamId: string;
  readonly changeAt: number;
  /** Since when those who go were on; the change itself where nobody goes. */
  readonly since: number;
  readonly outgoing: readonly string[];
  readonly incoming: readonly string[];
  readonly fromShift: string;
  readonly toShift: string;
}
