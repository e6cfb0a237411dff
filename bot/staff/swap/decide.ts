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
  /** Who must all agree; the same leader once. */
  readonly leaderIds: readonly string[];
  readonly consents: readonly Consent[];
}

export interface SwapPress {
  readonly by: string;
  readonly action: 'agree' | 'decline' | 'withdraw' | 'revoke';
  readonly note?: string;
  /** Epoch ms. */
  readonly at: number;
}

/** `closed`: it has ended. `not_theirs`: not this person's to press. */
export type SwapPressed =
  | {
      readonly kind: 'changed';
      readonly state: SwapState;
      readonly consent?: Consent;
      readonly partnerId?: string;
    }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'refused'; readonly code: 'closed' | 'not_theirs' };

const OPEN: readonly SwapState[] = ['peer_pending', 'leader_pending'];

/** One press. Both colleagues agree, then each leader (RULEBOOK §4 shift swap 1); what is decided stays. */
export function pressSwap(progress: SwapProgress, press: SwapPress): SwapPressed {
  const { state, requesterId, partnerId, leaderIds } = progress;
  const { by, action } = press;
  if (action === 'withdraw') {
    if (by !== requesterId && by !== partnerId) return { kind: 'refused', code: 'not_theirs' };
    if (state === 'withdrawn') return { kind: 'repeat' };
    if (state === 'peer_pending' && by !== requesterId) return { kind: 'refused', code: 'not_theirs' };
    return OPEN.includes(state)
      ? { kind: 'changed', state: 'withdrawn' }
      : { kind: 'refused', code: 'closed' };
  }
  if (action === 'revoke') {
    if (!leaderIds.includes(by)) return { kind: 'refused', code: 'not_theirs' };
    if (state === 'revoked') return { kind: 'repeat' };
    return state === 'applied' ? { kind: 'changed', state: 'revoked' } : { kind: 'refused', code: 'closed' };
  }
  if (progress.consents.some(({ personId }) => personId === by)) return { kind: 'repeat' };
  if (state === 'peer_pending') return peer(progress, press, action);
  if (leaderIds.includes(by) && state === 'leader_pending') return leader(progress, press, action);
  return { kind: 'refused', code: OPEN.includes(state) ? 'not_theirs' : 'closed' };
}

function peer(
  { requesterId, partnerId, leaderIds }: SwapProgress,
  press: SwapPress,
  decision: Consent['decision'],
): SwapPressed {
  const { by } = press;
  if (by === requesterId || (partnerId !== null && by !== partnerId))
    return { kind: 'refused', code: 'not_theirs' };
  const consent = consentOf(press, 'peer', decision);
  // Where the policy asks no leader about an open shift, whoever takes it has it.
  const state = leaderIds.length === 0 ? 'approved' : 'leader_pending';
  if (decision === 'agree') return { kind: 'changed', state, consent, partnerId: by };
  // One of many who were asked: the others may still take it.
  return { kind: 'changed', state: partnerId === null ? 'peer_pending' : 'declined', consent };
}

function leader(
  { leaderIds, consents, requesterId, partnerId, open }: SwapProgress,
  press: SwapPress,
  decision: Consent['decision'],
): SwapPressed {
  // The ladder never names a party; should it, through a fault or a forged card, this line holds.
  if (press.by === partnerId || (press.by === requesterId && !open))
    return { kind: 'refused', code: 'not_theirs' };
  const consent = consentOf(press, 'leader', decision);
  if (decision === 'decline') return { kind: 'changed', state: 'declined', consent };
  const agreed = new Set([...consents, consent].filter(({ as }) => as === 'leader').map((c) => c.personId));
  const all = leaderIds.every((id) => agreed.has(id));
  return { kind: 'changed', state: all ? 'approved' : 'leader_pending', consent };
}

function consentOf({ by, note, at }: SwapPress, as: Consent['as'], decision: Consent['decision']): Consent {
  return { personId: by, as, decision, note: note ?? '', at };
}
