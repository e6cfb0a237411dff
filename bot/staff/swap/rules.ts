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
  const input: CheckInput = { facts, swap, now, days };
  const [first, back] = facts.legs;
  const verdicts = [
    ...reasonCheck(input),
    ...quotaChecks(input),
    ...returnCheck(input),
    ...legChecks(input, first, 'partner'),
    ...(back ? legChecks(input, back, 'back') : []),
  ];
  return { result: severest(verdicts), verdicts };
}

/** `taking`: what would have to be another if the taker can't have this shift. */
function legChecks(input: CheckInput, leg: Leg, taking: About): SwapVerdict[] {
  const itself = taking === 'back' ? 'back' : 'shift';
  return [
    noticeCheck(input, leg, itself),
    holidayCheck(input, leg, itself),
    leaveCheck(input, leg, taking),
    ...attributeChecks(input, leg, taking),
    consecutiveCheck(input, leg, taking),
    ...restChecks(input, leg, taking),
  ];
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
