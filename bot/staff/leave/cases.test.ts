import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { offDuty } from './away.ts';
import { pressLeave, submitLeave } from './decide.ts';
import { explanationText } from './explain.ts';
import {
  agent,
  at,
  dayShift,
  director,
  everybody,
  facts,
  head,
  leader,
  policy,
} from './fixtures.testdata.ts';
import { buildLadder } from './ladder.ts';
import { cutAt } from './life.ts';
import { checkLeave } from './rules.ts';
import type { Checked, LeaveFacts } from './types.ts';

const DAY = '2026-06-12';
const start = at(DAY, '08:00');
const HOUR = 3_600_000;
const reader = {
  locale: 'zh-CN',
  timeZone: 'Asia/Shanghai',
  today: Temporal.PlainDate.from('2026-06-10'),
} as const;

function check(change: Partial<LeaveFacts>, now: number): Checked {
  const outcome = checkLeave(facts(change), policy, now);
  if (outcome.result === 'noShift') throw new Error('no shift');
  return outcome;
}

const said = ({ verdicts }: Checked) =>
  verdicts
    .filter(({ result }) => result !== 'pass')
    .map((verdict) => explanationText(verdict, reader))
    .join('\n');

test('nobody crosses: each in their turn, nobody their own, whatever stands in', () => {
  const built = buildLadder(
    {
      kind: 'personal',
      person: agent,
      requester: agent,
      checked: { daysTogether: 2, holiday: false, managers: [] },
    },
    everybody,
    policy,
  );
  if (!built.ok) throw new Error('no ladder');
  const open = submitLeave(built.ladder.steps, [agent.id]);
  const press = (by: string, instead: string[] = []) =>
    pressLeave(open, { by, action: 'approve', at: start, instead });
  expect(press(head.id).kind).toBe('changed');
  expect(press(director.id)).toMatchObject({ kind: 'refused', code: 'not_your_turn' });
  expect(press(leader.id)).toMatchObject({ kind: 'refused', code: 'not_current_approver' });
  expect(press(agent.id, [agent.id])).toMatchObject({ kind: 'refused', code: 'own_request' });
  // Time passed: the director may decide for the head, and has then said all there is to say.
  expect(press(director.id, [director.id])).toMatchObject({
    kind: 'changed',
    progress: { state: 'approved' },
  });
});

describe('clause 8: return', () => {
  const missed = [
    { shift: dayShift('2026-06-12'), from: at('2026-06-12', '08:00'), to: at('2026-06-12', '16:00') },
    { shift: dayShift('2026-06-13'), from: at('2026-06-13', '08:00'), to: at('2026-06-13', '16:00') },
  ];
  const span = { from: '2026-06-12', to: '2026-06-13' };
  test.each<[string, number, number[], string]>([
    ['in the first shift', at('2026-06-12', '10:00'), [2], '2026-06-12'],
    ['between the two', at('2026-06-12', '20:00'), [8], '2026-06-12'],
    ['at the very start of the second', at('2026-06-13', '08:00'), [8], '2026-06-13'],
    ['at the end', at('2026-06-13', '16:00'), [8, 8], '2026-06-13'],
  ])('back early, %s: so many hours were missed', (_, when, hours, to) => {
    const cut = cutAt(missed, span, when, 'Asia/Shanghai');
    expect(cut.missed.map((each) => (each.to - each.from) / HOUR)).toEqual(hours);
    expect(cut.span.to).toBe(to);
  });
});

describe('a deputy stands in while the approver is off duty for long', () => {
  const duties = [
    { from: 0, to: 8 * HOUR },
    { from: 80 * HOUR, to: 88 * HOUR },
  ];
  test.each<[string, number, number, boolean]>([
    ['a break of 72 hours is longer than 71', 20 * HOUR, 71, true],
    ['and not longer than 72', 20 * HOUR, 72, false],
    ['on duty', 7 * HOUR, 1, false],
    ['after what is planned nobody knows', 90 * HOUR, 1, false],
  ])('%s', (_, now, hours, away) => expect(offDuty(duties, now, hours)).toBe(away));
});

describe('the ledger of days', () => {
  const balances = (left: number) => [{ kind: 'personal' as const, year: 2026, daysPerYear: 5, left }];
  test.each<[string, number, string]>([
    ['enough', 2, 'pass'],
    ['just enough', 1, 'pass'],
    ['too few', 0.9, 'needsManager'],
  ])('%s', (_, left, result) => {
    const checked = check({ balances: balances(left) }, start - 48 * HOUR);
    expect(checked.result).toBe(result);
    if (result !== 'pass') expect(said(checked)).toContain('2026 年的事假还剩 0.9 天，本次 1 天。');
  });
});
