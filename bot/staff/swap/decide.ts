import { type SwapSeat, sitsAt } from './leaders.ts';

export const SWAP_STATES = [
  ...(['peer_pending', 'leader_pending', 'approved', 'applied'] as const),
  ...(['declined', 'withdrawn', 'expired', 'superseded', 'revoked'] as const),
] as const;
export type SwapState = (typeof SWAP_STATES)[number];

/** Somebody's word on a swap, on record for good. */
export interface Consent {
  readonly personId: string;
  readonly as: 'peer' | 'leader';
  readonly decision: 'agree' | 'decline';
  readonly note: string;
  /** Epoch ms. */
  readonly at: number;
}

/** A swap on its way: `peer_pending → leader_pending → approved → applied`. */
export interface SwapProgress {
  readonly state: SwapState;
  /** For an open shift the leader who offers it, who is no party to it. */
  readonly requesterId: string;
  readonly open: boolean;
  /** null: whoever is the first to take it. */
  readonly partnerId: string | null;
  /** At each of them a leader must agree. */
  readonly seats: readonly SwapSeat[];
  readonly consents: readonly Consent[];
}

export interface SwapPress {
  readonly by: string;
  readonly action: 'agree' | 'decline' | 'withdraw' | 'revoke';
  readonly note?: string;
  /** Epoch ms. */
  readonly at: number;
  /** Leaders who can't decide now: whoever stands above may. */
  readonly away?: readonly string[];
}

/** `closed`: it has ended. `not_theirs`: not this person's to press. */
export type SwapPressed =
  | {
      readonly kind: 'changed';
      readonly state: SwapState;
      readonly consent?: Consent;
      readonly partnerId?: string;
      /** With whoever has decided at one. */
      readonly seats?: readonly SwapSeat[];
    }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'refused'; readonly code: 'closed' | 'not_theirs' };

const OPEN: readonly SwapState[] = ['peer_pending', 'leader_pending'];

/** One press. Both colleagues agree, then each leader (RULEBOOK §4 shift swap 1); what is decided stays. */
export function pressSwap(progress: SwapProgress, press: SwapPress): SwapPressed {
  const { state, requesterId, partnerId, seats } = progress;
  const { by, action, away } = press;
  if (action === 'withdraw') {
    if (by !== requesterId && by !== partnerId) return { kind: 'refused', code: 'not_theirs' };
    if (state === 'withdrawn') return { kind: 'repeat' };
    if (state === 'peer_pending' && by !== requesterId) return { kind: 'refused', code: 'not_theirs' };
    return OPEN.includes(state)
      ? { kind: 'changed', state: 'withdrawn' }
      : { kind: 'refused', code: 'closed' };
  }
  if (action === 'revoke') {
    if (!seats.some((seat) => seat.leaders.includes(by) || seat.by === by))
      return { kind: 'refused', code: 'not_theirs' };
    if (state === 'revoked') return { kind: 'repeat' };
    return state === 'applied' ? { kind: 'changed', state: 'revoked' } : { kind: 'refused', code: 'closed' };
  }
  if (state === 'leader_pending' && seats.some((seat) => sitsAt(seat, by, away)))
    return leader(progress, press, action);
  // Another leader of the team was first.
  const decided = state === 'leader_pending' && seats.some((seat) => seat.leaders.includes(by));
  if (decided || progress.consents.some(({ personId }) => personId === by)) return { kind: 'repeat' };
  if (state === 'peer_pending') return peer(progress, press, action);
  return { kind: 'refused', code: OPEN.includes(state) ? 'not_theirs' : 'closed' };
}

function peer(
  { requesterId, partnerId, seats }: SwapProgress,
  press: SwapPress,
  decision: Consent['decision'],
): SwapPressed {
  const { by } = press;
  if (by === requesterId || (partnerId !== null && by !== partnerId))
    return { kind: 'refused', code: 'not_theirs' };
  const consent = consentOf(press, 'peer', decision);
  // Where the policy asks no leader about an open shift, whoever takes it has it.
  const state = seats.length === 0 ? 'approved' : 'leader_pending';
  if (decision === 'agree') return { kind: 'changed', state, consent, partnerId: by };
  // One of many who were asked: the others may still take it.
  return { kind: 'changed', state: partnerId === null ? 'peer_pending' : 'declined', consent };
}

function leader(
  { seats: before, requesterId, partnerId, open }: SwapProgress,
  press: SwapPress,
  decision: Consent['decision'],
): SwapPressed {
  // The ladder never names a party; should it, through a fault or a forged card, this line holds.
  if (press.by === partnerId || (press.by === requesterId && !open))
    return { kind: 'refused', code: 'not_theirs' };
  const consent = consentOf(press, 'leader', decision);
  if (decision === 'decline') return { kind: 'changed', state: 'declined', consent };
  const seats = before.map((seat) => (sitsAt(seat, press.by, press.away) ? { ...seat, by: press.by } : seat));
  const all = seats.every(({ by }) => by !== undefined);
  return { kind: 'changed', state: all ? 'approved' : 'leader_pending', consent, seats };
}

function consentOf({ by, note, at }: SwapPress, as: Consent['as'], decision: Consent['decision']): Consent {
  return { personId: by, as, decision, note: note ?? '', at };
}
