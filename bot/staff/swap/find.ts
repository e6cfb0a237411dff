import type { SwapPolicy } from '../../policy/schema.ts';
import { firstFrom } from '../roster/roster.ts';
import type { Duty } from '../roster/types.ts';
import { factsOn, isWhole, type SwapDesk } from './desk.ts';
import { loadIn } from './load.ts';
import { verdictsOn } from './rules.ts';
import type { Days, Leg, PersonFact, SwapVerdict } from './types.ts';

const DAY_MS = 86_400_000;

/** A colleague who may take a shift, with their shifts that may be taken in return, the nearest first. */
export interface Offer {
  readonly person: PersonFact;
  readonly backs: readonly Duty[];
  /** The shift may also be given to them without return. */
  readonly gives: boolean;
}

export interface Wanted {
  readonly desk: SwapDesk;
  readonly policy: SwapPolicy;
  readonly days: Days;
  /** Epoch ms. */
  readonly now: number;
  readonly me: PersonFact;
  readonly shift: Duty;
}

/**
 * Who can take a shift, fairest first: only colleagues and return shifts that pass every rule for both. Looked for in
 * the order of fairness and no longer than until `most` are found.
 */
export function whoCan(wanted: Wanted, { most, backs }: { most: number; backs: number }): Offer[] {
  const found: Offer[] = [];
  for (const person of fairestFirst(wanted)) {
    const offer = offerOf(person, wanted, backs);
    if (offer) found.push(offer);
    if (found.length === most) break;
  }
  return found;
}

/** What this colleague could do for the shift; undefined: nothing that the rules allow. */
export function offerOf(person: PersonFact, wanted: Wanted, most: number): Offer | undefined {
  const { desk, policy, shift } = wanted;
  const against = refusal(wanted, person, null);
  // Refused for what no return shift changes: only what they give can make room beside their own shifts.
  if (against && (against.about === 'shift' || !ROOM.includes(against.rule))) return undefined;
  const gives = !against;
  const reach = policy.return.withinDays * DAY_MS;
  const backs: Duty[] = [];
  for (const back of nearestFirst(desk.roster.of(person.id), shift, reach)) {
    if (backs.length >= most) break;
    if (isWhole(back) && !refusal(wanted, person, back)) backs.push(back);
  }
  return backs.length > 0 || gives ? { person, backs, gives } : undefined;
}

const ROOM: readonly string[] = ['backToBack', 'rest', 'return'];

/** The first rule that refuses, the one that no return shift changes before others; what needs consent may be proposed. */
function refusal(
  { desk, policy, days, now, me, shift }: Wanted,
  taker: PersonFact,
  back: Duty | null,
): SwapVerdict | undefined {
  const first: Leg = { duty: shift, giver: me, taker };
  const facts = back
    ? factsOn(desk, { kind: 'swap', legs: [first, { duty: back, giver: taker, taker: me }] })
    : factsOn(desk, { kind: 'give', legs: [first] });
  let found: SwapVerdict | undefined;
  for (const verdict of verdictsOn({ facts, swap: policy, now, days })) {
    if (verdict.result !== 'refuse') continue;
    if (back || verdict.about === 'shift' || !ROOM.includes(verdict.rule)) return verdict;
    found ??= verdict;
  }
  return found;
}

function* nearestFirst(duties: readonly Duty[], { from }: Duty, reach: number): Generator<Duty> {
  let after = firstFrom(duties, from);
  let before = after - 1;
  for (;;) {
    const [left, right] = [duties[before], duties[after]];
    const [past, ahead] = [left ? from - left.from : Infinity, right ? right.from - from : Infinity];
    if (Math.min(past, ahead) > reach) return;
    if (ahead <= past && right) {
      yield right;
      after++;
    } else if (left) {
      yield left;
      before--;
    } else return;
  }
}

/** Fewest swaps this month, then fewest night and weekend shifts, then my own team. */
function fairestFirst({ desk, me, shift, policy }: Wanted): PersonFact[] {
  const month = shift.businessDate.slice(0, 7);
  const reach = policy.return.withinDays * DAY_MS;
  const load = loadIn(desk.roster);
  return [...desk.people.values()]
    .filter(({ id, jobType }) => id !== me.id && jobType === me.jobType)
    .map((person) => ({
      person,
      swaps: desk.counted(person.id, month),
      load: load(person.id, shift.from - reach, shift.from + reach),
      away: person.teamId === me.teamId ? 0 : 1,
    }))
    .sort((a, b) => a.swaps - b.swaps || a.load - b.load || a.away - b.away)
    .map(({ person }) => person);
}
