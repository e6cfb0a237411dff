import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { offDuty } from './away.ts';
import { pressLeave, submitLeave } from './decide.ts';
import { explanationText } from './explain.ts';
import {
  agent,
  at,
  colleague,
  dayShift,
  director,
  everybody,
  facts,
  head,
  leader,
  nightShift,
  policy,
} from './fixtures.testdata.ts';
import { buildLadder } from './ladder.ts';
import { cutAt, uncertified } from './life.ts';
import { checkLeave } from './rules.ts';
import type { Checked, LeaveFacts } from './types.ts';

/** Every clause of RULEBOOK §4 Leave: what passes, what does not, and the very edge, with the words of the refusal. */

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

const night = { shifts: [nightShift('2026-06-11')], span: { from: '2026-06-11', to: '2026-06-11' } };
const boat = { shifts: [dayShift('2026-06-19')], span: { from: '2026-06-19', to: '2026-06-19' } };
const boatStart = at('2026-06-19', '08:00');
const taken = { shifts: [{ ...dayShift(DAY), taken: true }] };
const PERSONAL =
  '《请假制度》第1条：事假须至少提前一天（24 小时）提出；不能提前的，须经管理人员同意方可生效，否则按旷工处理。';
const SPECIAL = '《请假制度》第1条：特殊事假须在班前 1 小时提出';
const SICK = '《请假制度》第1条：病假须在班前提出；不能提前的，须经管理人员同意方可生效。';
const NIGHT =
  '《请假制度》第5条：上夜班原则上不许请假；特殊情况须在当日 12:00 前提出，经管理人员同意方可生效。';
const HOLIDAY = '《请假制度》第6条：节假日不许请假；极特殊情况须提前 48 小时提出，经管理人员同意方可生效。';

describe('what the rules say', () => {
  test.each<[string, Partial<LeaveFacts>, number, string, string]>([
    ['1 personal: 25 hours before', {}, start - 25 * HOUR, 'pass', ''],
    ['1 personal: exactly 24 hours', {}, start - 24 * HOUR, 'pass', ''],
    ['1 personal: a millisecond less', {}, start - 24 * HOUR + 1, 'needsManager', PERSONAL],
    ['1 personal: asked for afterwards', {}, start + 9 * HOUR, 'needsManager', PERSONAL],
    ['1 special: two hours before', { kind: 'special' }, start - 2 * HOUR, 'pass', ''],
    ['1 special: exactly one hour', { kind: 'special' }, start - HOUR, 'pass', ''],
    ['1 special: a millisecond less', { kind: 'special' }, start - HOUR + 1, 'needsManager', SPECIAL],
    ['1 sick: before the shift', { kind: 'sick' }, start - HOUR, 'pass', ''],
    ['1 sick: at its very start', { kind: 'sick' }, start, 'pass', ''],
    ['1 sick: a millisecond into it', { kind: 'sick' }, start + 1, 'needsManager', SICK],
    ['3 personal, by the person', {}, start - 48 * HOUR, 'pass', ''],
    [
      '3 personal, by a colleague',
      { requester: colleague },
      start - 48 * HOUR,
      'refuse',
      '《请假制度》第3条：事假必须由本人办理，不得由他人代请，病假除外。',
    ],
    [
      '3 study, by a colleague',
      { kind: 'study', requester: colleague },
      start - 48 * HOUR,
      'refuse',
      '由员工1003代员工1001提出',
    ],
    ['3 sick, by a colleague', { kind: 'sick', requester: colleague }, start - 48 * HOUR, 'pass', ''],
    ['5 no night shift', {}, start - 48 * HOUR, 'pass', ''],
    [
      '5 night, before noon of the day',
      { ...night, kind: 'special' },
      at('2026-06-11', '11:59:59'),
      'needsManager',
      NIGHT,
    ],
    ['5 night, at noon', { ...night, kind: 'special' }, at('2026-06-11', '12:00'), 'refuse', NIGHT],
    ['5 night, ill after noon', { ...night, kind: 'sick' }, at('2026-06-11', '13:00'), 'needsManager', NIGHT],
    [
      '6 an ordinary weekend day',
      { shifts: [dayShift('2026-06-13')], span: { from: '2026-06-13', to: '2026-06-13' } },
      start - 48 * HOUR,
      'pass',
      '',
    ],
    ['6 a holiday, exactly two days before', boat, boatStart - 48 * HOUR, 'needsManager', HOLIDAY],
    ['6 a holiday, a millisecond less', boat, boatStart - 48 * HOUR + 1, 'refuse', HOLIDAY],
    [
      '6 beyond the holidays that are known',
      {
        shifts: [dayShift('2027-01-01')],
        span: { from: '2027-01-01', to: '2027-01-01' },
        roster: { from: '2026-05-01', through: '2027-02-01' },
      },
      start,
      'needsManager',
      '须由人来决定',
    ],
    ['7 official, in time', { kind: 'official' }, start - 48 * HOUR, 'pass', ''],
    ['7 official, while it runs', { kind: 'official' }, start + 8 * HOUR - 1, 'pass', ''],
    [
      '7 official, when it is over',
      { kind: 'official' },
      start + 8 * HOUR,
      'needsManager',
      '《请假制度》第7条：因公事及外出学习，须经客服中心主任同意。',
    ],
    [
      'swap 4: a swapped shift',
      taken,
      start - 48 * HOUR,
      'refuse',
      '《换班制度》第4条：换班或还班时不得请假；不到岗的，按旷工处理。',
    ],
    [
      'swap 4: ill on a swapped shift',
      { ...taken, kind: 'sick' },
      start - 48 * HOUR,
      'refuse',
      '《换班制度》第4条',
    ],
  ])('%s', (_, change, now, result, words) => {
    const checked = check(change, now);
    expect(checked.result).toBe(result);
    if (words) expect(said(checked)).toContain(words);
    else expect(said(checked)).toBe('');
  });
});

describe('clauses 2 and 7: who decides', () => {
  const ladder = (kind: LeaveFacts['kind'], days: number, person = agent, requester = person) => {
    const checked = { daysTogether: days, holiday: false, managers: [] };
    const result = buildLadder({ kind, person, requester, checked }, everybody, policy);
    return result.ok ? result.ladder.steps.map(({ approverNumber }) => approverNumber) : result.code;
  };
  test.each<[string, string[] | string, string[]]>([
    ['half a day: the head', ladder('personal', 0.5), ['4001']],
    ['exactly one day: the head', ladder('personal', 1), ['4001']],
    ['a little more: the head, then the director', ladder('personal', 1.01), ['4001', '5001']],
    ['official: the director', ladder('official', 0.5), ['5001']],
    ['study of many days: the director', ladder('study', 9), ['5001']],
    ["the head's own: the director", ladder('personal', 0.5, head), ['5001']],
    ["the director's own: a deputy", ladder('personal', 0.5, director), ['4001']],
    ['reported by the head: not the head', ladder('sick', 1, agent, head), ['5001']],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected));

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
});

describe('clause 4: the certificate', () => {
  const sick = (change: Partial<LeaveFacts>) =>
    check({ kind: 'sick', ...change }, start - HOUR).certificateDue;
  test.each<[string, string | undefined, string | undefined]>([
    ['a day: the first day after', sick({}), '2026-06-13'],
    ['less than a day: none', sick({ span: { from: DAY, to: DAY, part: 'morning' } }), undefined],
    ['an emergency: none', sick({ emergency: true }), undefined],
  ])('%s', (_, due, expected) => expect(due).toBe(expected));

  const span = { from: '2026-06-12', to: '2026-06-15' };
  test.each<[string, [string, string][], string[]]>([
    ['one slip for all of it', [['2026-06-12', '2026-06-15']], []],
    [
      'two that meet',
      [
        ['2026-06-12', '2026-06-13'],
        ['2026-06-14', '2026-06-16'],
      ],
      [],
    ],
    [
      'a day between them is missing',
      [
        ['2026-06-12', '2026-06-13'],
        ['2026-06-15', '2026-06-15'],
      ],
      ['2026-06-14'],
    ],
    ['the last day is missing', [['2026-06-12', '2026-06-14']], ['2026-06-15']],
  ])('unbroken dates: %s', (_, slips, open) => {
    expect(
      uncertified(
        span,
        slips.map(([from, to]) => ({ from, to })),
      ),
    ).toEqual(open);
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
