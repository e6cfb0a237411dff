import type { Sql } from '../../../prisma/client.ts';
import { peopleInPosts } from '../../people/directory.ts';
import type { Policy } from '../../policy/schema.ts';
import { holdRosters } from '../roster/apply.ts';
import { dutiesOf } from '../roster/duties.ts';
import { shiftFacts } from '../roster/store.ts';
import type { Duty } from '../roster/types.ts';
import { factsOn, loadSwapDesk, type SwapDesk, wholeShift } from './desk.ts';
import { type SwapSeat, seatsOf } from './leaders.ts';
import { checkSwap } from './rules.ts';
import type { Leg, SwapChecked, SwapKind } from './types.ts';

const DAY_MS = 86_400_000;
/** How far around the shifts the neighbours of a shift are looked for. */
export const AROUND_MS = 16 * DAY_MS;

/** A swap as it is looked at: stored, or about to be. */
export interface Proposal {
  readonly id?: string;
  readonly kind: SwapKind;
  readonly giverId: string;
  readonly partnerId: string;
  readonly shift: Duty;
  readonly back: Duty | null;
  readonly reason: string;
}

/** `gone`: a shift or a person is no longer where the proposal had them. */
export type Rechecked =
  | { readonly gone: true }
  | {
      readonly gone: false;
      readonly checks: SwapChecked;
      readonly versions: Record<string, number>;
      readonly legs: readonly [Leg] | readonly [Leg, Leg];
      /** undefined: nobody could decide. */
      readonly seats: readonly SwapSeat[] | undefined;
    };

/**
 * Checks a swap by the rules as things stand, with both rosters held until the transaction ends: what passes here can
 * be written in this transaction. `now` is epoch ms.
 */
export async function recheck(sql: Sql, proposal: Proposal, policy: Policy, now: number): Promise<Rechecked> {
  const { id, kind, giverId, partnerId, shift, back, reason } = proposal;
  const versions = await holdRosters(sql, [giverId, partnerId]);
  const spans = [shift, ...(back ? [back] : [])];
  const desk = await loadSwapDesk(sql, policy.swap, {
    ids: [giverId, partnerId],
    from: Math.min(...spans.map(({ from }) => from)) - AROUND_MS,
    to: Math.max(...spans.map(({ to }) => to)) + AROUND_MS,
    ...(id && { without: id }),
    // Whoever has left still leaves a shift that somebody can take.
    ...(kind === 'open' && { planned: giverId }),
  });
  const legs = await legsOf(sql, desk, proposal);
  if (!legs) return { gone: true };
  const checks = checkSwap(factsOn(desk, { kind, legs, reason }), policy.swap, now, desk.days);
  const seats = await seatsFor(sql, { kind, legs }, policy);
  return { gone: false, checks, versions: Object.fromEntries(versions), legs, seats };
}

async function legsOf(sql: Sql, desk: SwapDesk, proposal: Proposal): Promise<[Leg] | [Leg, Leg] | undefined> {
  const { kind, giverId, partnerId, shift, back } = proposal;
  const [giver, taker] = [desk.people.get(giverId), desk.people.get(partnerId)];
  if (!giver || !taker) return undefined;
  if (kind === 'open')
    return (await isOpen(sql, shift.shiftId)) ? [{ duty: shift, giver, taker }] : undefined;
  const mine = wholeShift(desk, giverId, shift.shiftId);
  if (!mine || moved(mine, shift)) return undefined;
  const first = { duty: mine, giver, taker };
  if (!back) return [first];
  const theirs = wholeShift(desk, partnerId, back.shiftId);
  return theirs && !moved(theirs, back) ? [first, { duty: theirs, giver: taker, taker: giver }] : undefined;
}

export const moved = (now: Duty, then: Duty) => now.from !== then.from || now.to !== then.to;

/** A planned shift that nobody has. */
export async function isOpen(sql: Sql, shiftId: string): Promise<boolean> {
  const { shifts, overrides } = await shiftFacts(sql, [shiftId]);
  return shifts.length === 1 && dutiesOf(shifts, overrides).length === 0;
}

/** Both teams' leaders; for an open shift its team's, if the policy asks them. */
export async function seatsFor(
  sql: Sql,
  { kind, legs }: { kind: SwapKind; legs: readonly Leg[] },
  policy: Policy,
): Promise<readonly SwapSeat[] | undefined> {
  if (kind === 'open' && !policy.swap.open.leaderConfirms) return [];
  const { ranks, deputies } = policy.people;
  const holders = await peopleInPosts(sql, { roles: ranks, numbers: Object.values(deputies).flat() });
  const parties =
    kind === 'open' ? legs.map(({ taker }) => taker.id) : legs.flatMap((leg) => [leg.giver.id, leg.taker.id]);
  // The team of each shift, and of whoever comes from another to work it.
  const teams = legs.flatMap(({ duty, taker }) => [duty.teamId, ...(taker.teamId ? [taker.teamId] : [])]);
  return seatsOf(kind === 'open' ? teams.slice(0, 1) : teams, parties, holders, policy);
}
