import type { SwapPolicy } from '../../policy/schema.ts';
import { firstFrom } from '../roster/roster.ts';
import type { Duty } from '../roster/types.ts';
import { factsOn, isWhole, type SwapDesk } from './desk.ts';
import { checkSwap } from './rules.ts';
import type { Days, Leg, PersonFact } from './types.ts';

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
  if (hopeless(wanted, person)) return undefined;
  const reach = policy.return.withinDays * DAY_MS;
  const duties = desk.roster.of(person.id);
  const backs: Duty[] = [];
  for (const back of nearestFirst(duties, shift, reach)) {
    if (isWhole(back) && passes(wanted, person, back)) backs.push(back);
    if (backs.length === most) break;
  }
  const gives = passes(wanted, person, null);
  return backs.length > 0 || gives ? { person, backs, gives } : undefined;
}

/** Whether the rules allow it; what needs the leaders' consent may still be proposed. */
export function passes(
  { desk, policy, now, days, me, shift }: Wanted,
  taker: PersonFact,
  back: Duty | null,
): boolean {
  const first: Leg = { duty: shift, giver: me, taker };
  const facts = back
    ? factsOn(desk, { kind: 'swap', legs: [first, { duty: back, giver: taker, taker: me }] })
    : factsOn(desk, { kind: 'give', legs: [first] });
  return checkSwap(facts, policy, now, days).result !== 'refuse';
}

/** Refused for what no return shift changes: only what the colleague gives can make room beside their own shifts. */
function hopeless({ desk, policy, now, days, me, shift }: Wanted, taker: PersonFact): boolean {
  const facts = factsOn(desk, { kind: 'give', legs: [{ duty: shift, giver: me, taker }] });
  const room = ['backToBack', 'rest', 'consecutive', 'return'];
  return checkSwap(facts, policy, now, days).verdicts.some(
    ({ rule, about, result }) => result === 'refuse' && (about === 'shift' || !room.includes(rule)),
  );
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
  const heavy = ({ night, businessDate }: Duty) => night || weekend(businessDate);
  return [...desk.people.values()]
    .filter(({ id, jobType }) => id !== me.id && jobType === me.jobType)
    .map((person) => {
      const duties = desk.roster.of(person.id);
      const near = duties.slice(firstFrom(duties, shift.from - reach), firstFrom(duties, shift.from + reach));
      const load = near.filter(heavy).length;
      return {
        person,
        swaps: desk.counted(person.id, month),
        load,
        away: person.teamId === me.teamId ? 0 : 1,
      };
    })
    .sort((a, b) => a.swaps - b.swaps || a.load - b.load || a.away - b.away)
    .map(({ person }) => person);
}

const weekend = (date: string) => [0, 6].includes(new Date(`${date}T00:00Z`).getUTCDay());
