import { Temporal } from 'temporal-polyfill';
import { HOLIDAYS_CN } from '../../policy/calendar.ts';
import { defaultPolicy } from '../../policy/default.ts';
import { at, person } from '../leave/fixtures.testdata.ts';
import type { Duty } from '../roster/types.ts';
import { explainSwap } from './explain.ts';
import { calendarDays, checkSwap } from './rules.ts';
import type { LeaveOf, PersonFact, SwapFacts, SwapVerdict } from './types.ts';

export { at, person } from '../leave/fixtures.testdata.ts';

export const policy = defaultPolicy().policy;
export const me = { ...person('1001'), name: '周晓彤' };
export const other = { ...person('1007'), name: '苏婉清' };
/** Wednesday 10 June 2026, ten in the morning. */
export const NOW = at('2026-06-10', '10:00');

const HOURS = { 早班: ['08:00', 8], 中班: ['16:00', 8], 夜班: ['00:00', 8] } as const;

/** A duty of this person, by the demo's shifts or by its hours. */
export function duty(
  { id, teamId }: PersonFact,
  businessDate: string,
  name: keyof typeof HOURS = '早班',
  { start = HOURS[name][0], hours = HOURS[name][1] }: { start?: string; hours?: number } = {},
): Duty {
  const from = at(businessDate, start);
  const to = from + hours * 3_600_000;
  const whole = { from, to, startsAt: from, endsAt: to };
  const named = { name, night: name === '夜班', teamId: teamId ?? 'A' };
  return { shiftId: `${id}-${businessDate}-${name}`, personId: id, businessDate, ...named, ...whole };
}

/** As if the duty had come from an earlier swap. */
export const swapped = (duty: Duty, planned = 'id-1009'): Duty => ({
  ...{ ...duty, instead: { planned, cause: 'swap', causeId: 'earlier' } },
});

export interface Case {
  kind?: SwapFacts['kind'];
  mine?: Duty;
  back?: Duty | null;
  giver?: PersonFact;
  taker?: PersonFact;
  /** Further duties of either. */
  duties?: readonly Duty[];
  /** What went from either by an earlier swap. */
  gone?: readonly Duty[];
  counted?: SwapFacts['counted'];
  leaves?: readonly LeaveOf[];
  reason?: string;
}

/** My early shift of Friday 12 June for the other's early shift of Tuesday 16 June, unless said otherwise. */
export function facts(change: Case = {}): SwapFacts {
  const { giver = me, taker = other, duties = [], gone = [], leaves = [] } = change;
  const mine = change.mine ?? duty(giver, '2026-06-12');
  const back = change.back === undefined ? duty(taker, '2026-06-16') : change.back;
  const all = [mine, ...(back ? [back] : []), ...duties].sort((a, b) => a.from - b.from);
  const first = { duty: mine, giver, taker };
  return {
    kind: change.kind ?? (back ? 'swap' : 'give'),
    legs: back ? [first, { duty: back, giver: taker, taker: giver }] : [first],
    reason: change.reason ?? '送孩子入学报到',
    dutiesOf: (id) => all.filter(({ personId }) => personId === id),
    givenBy: (id) => gone.filter(({ personId }) => personId === id),
    counted: change.counted ?? (() => 0),
    leavesOf: (id) => leaves.filter(({ personId }) => personId === id),
  };
}

export const check = (change: Case = {}, now = NOW) =>
  checkSwap(facts(change), policy.swap, now, calendarDays(HOLIDAYS_CN));

/** What doesn't pass, as `rule result`. */
export const faults = (change: Case = {}, now = NOW): string[] =>
  check(change, now)
    .verdicts.filter(({ result }) => result !== 'pass')
    .map(({ rule, result }) => `${rule} ${result}`);

export const reader = {
  locale: 'zh-CN',
  timeZone: 'Asia/Shanghai',
  today: Temporal.PlainDate.from('2026-06-10'),
} as const;

/** The words of each verdict that doesn't pass. */
export function objections(change: Case, now = NOW): string[] {
  const open = check(change, now).verdicts.filter(({ result }: SwapVerdict) => result !== 'pass');
  return open.map((verdict) => explainSwap(verdict, reader));
}

/** The first of them, a line each. */
export const said = (change: Case): string[] => objections(change)[0]?.split('\n') ?? [];
