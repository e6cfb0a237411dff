import { Temporal } from 'temporal-polyfill';
import { type DayKind, dayKind, type HolidayTable, holidayOn } from '../../policy/calendar.ts';
import type { SwapPolicy, SwapSeverity } from '../../policy/schema.ts';
import {
  attributeChecks,
  type CheckInput,
  consecutiveCheck,
  holidayCheck,
  leaveCheck,
  noticeCheck,
  quotaChecks,
  reasonCheck,
  restChecks,
  returnCheck,
} from './checks.ts';
import type { About, Days, Leg, SwapChecked, SwapFacts, SwapVerdict } from './types.ts';

/**
 * Checks a swap against the policy (RULEBOOK §4 shift swap 1–5 and 7 with the readings of §7; clause 6 is kept by the
 * roster itself). Pure; `now` is epoch ms. Every rule yields a verdict; the severest is the result.
 */
export function checkSwap(facts: SwapFacts, swap: SwapPolicy, now: number, days: Days): SwapChecked {
  const verdicts = [...verdictsOn({ facts, swap, now, days })];
  return { result: severest(verdicts), verdicts };
}

/**
 * What the rules say, one rule after the other: whoever only looks for a refusal stops at the first. Thousands are asked
 * in the search for colleagues.
 */
export function* verdictsOn(input: CheckInput): Generator<SwapVerdict, void> {
  const [first, back] = input.facts.legs;
  yield* reasonCheck(input);
  yield* quotaChecks(input);
  yield* returnCheck(input);
  yield* legChecks(input, first, 'partner');
  if (back) yield* legChecks(input, back, 'back');
}

/** `taking`: what would have to be another if the taker can't have this shift. */
function* legChecks(input: CheckInput, leg: Leg, taking: About): Generator<SwapVerdict, void> {
  const itself = taking === 'back' ? 'back' : 'shift';
  yield noticeCheck(input, leg, itself);
  yield holidayCheck(input, leg, itself);
  yield leaveCheck(input, leg, taking);
  yield* attributeChecks(input, leg, taking);
  yield consecutiveCheck(input, leg, taking);
  yield* restChecks(input, leg, taking);
}

const WEIGHTS: readonly SwapSeverity[] = ['pass', 'warn', 'needsManager', 'refuse'];

function severest(verdicts: readonly SwapVerdict[]): SwapSeverity {
  const heaviest = verdicts.reduce((most, { result }) => Math.max(most, WEIGHTS.indexOf(result)), 0);
  return WEIGHTS[heaviest] ?? 'refuse';
}

/** The calendar by `table`, each date looked up once. */
export function calendarDays(table: HolidayTable): Days {
  const known = new Map<string, DayKind>();
  return {
    coveredThrough: table.coveredThrough,
    holiday: (date) => holidayOn(Temporal.PlainDate.from(date), table)?.name ?? null,
    kind(date) {
      const kind = known.get(date) ?? dayKind(Temporal.PlainDate.from(date), table);
      known.set(date, kind);
      return kind;
    },
  };
}
