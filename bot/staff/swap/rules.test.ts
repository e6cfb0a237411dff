import { describe, expect, test } from 'vitest';
import { HOLIDAYS_CN } from '../../policy/calendar.ts';
import { policySchema } from '../../policy/schema.ts';
import {
  at,
  type Case,
  check,
  duty,
  facts,
  faults,
  me,
  NOW,
  other,
  policy,
  said,
  swapped,
} from './fixtures.testdata.ts';
import { calendarDays, checkSwap } from './rules.ts';
import type { PersonFact } from './types.ts';

const grade = (of: PersonFact, grade: number): PersonFact => ({ ...of, grade });
const times =
  (counts: Record<string, number>): NonNullable<Case['counted']> =>
  (id, month) =>
    counts[`${id} ${month}`] ?? 0;
const leave = (of: PersonFact, from: string, to: string, ...shiftIds: string[]) => ({
  ...{ personId: of.id, from, to, shiftIds },
});

/** clause, story, case, what doesn't pass. */
const TABLE: [string, string, Case, string[], number?][] = [
  ['1', 'passes: the reason is stated', {}, []],
  ['1', 'fails: no reason', { reason: '' }, ['reason refuse']],
  ['1', 'fails: dots are no reason', { reason: '……' }, ['reason refuse']],
  ['1', 'boundary: two characters are enough', { reason: '搬家' }, []],
  ['1', 'boundary: one is not', { reason: '家' }, ['reason refuse']],
  ['1', 'boundary: 201 characters are too many', { reason: '家'.repeat(201) }, ['reason refuse']],

  ['2 quota', 'passes: the first of the month', {}, []],
  ['2 quota', 'boundary: the second', { counted: times({ 'id-1001 2026-06': 1 }) }, []],
  ['2 quota', 'fails: the third', { counted: times({ 'id-1001 2026-06': 2 }) }, ['quota refuse']],
  ['2 quota', "fails: the partner's third", { counted: times({ 'id-1007 2026-06': 2 }) }, ['quota refuse']],
  [
    '2 quota',
    'boundary: those of another month',
    { counted: times({ 'id-1001 2026-05': 2, 'id-1001 2026-07': 2 }) },
    [],
  ],
  [
    ...(['2 quota', 'boundary: the return shift does not count, though its month is full'] as const),
    {
      mine: duty(me, '2026-06-30'),
      back: duty(other, '2026-07-02'),
      counted: times({ 'id-1001 2026-07': 2 }),
    },
    [],
  ],
  [
    ...(['2 consecutive', 'passes: an earlier swap with a shift between them'] as const),
    { duties: [swapped(duty(other, '2026-06-10', '中班')), duty(other, '2026-06-11', '中班')] },
    [],
  ],
  [
    ...(['2 consecutive', 'fails: the shift before it came from a swap'] as const),
    { duties: [swapped(duty(other, '2026-06-10', '中班'))] },
    ['consecutive refuse'],
  ],
  [
    '2 consecutive',
    'fails: what was swapped is swapped on',
    { mine: swapped(duty(me, '2026-06-12')) },
    ['consecutive refuse'],
  ],
  [
    ...(['2 consecutive', 'boundary: right after the return shift'] as const),
    { duties: [swapped(duty(me, '2026-06-18'))] },
    ['consecutive refuse'],
  ],
  ['2 back to back', 'passes: a day between them', { duties: [duty(other, '2026-06-11')] }, []],
  [
    ...(['2 back to back', 'fails: the middle shift follows at once'] as const),
    { duties: [duty(other, '2026-06-12', '中班')] },
    ['backToBack refuse'],
  ],
  [
    ...(['2 back to back', 'fails: the return shift makes me work two'] as const),
    { duties: [duty(me, '2026-06-16', '夜班')] },
    ['backToBack refuse'],
  ],
  [
    ...(['2 back to back', 'fails: already on duty at the time'] as const),
    { duties: [duty(other, '2026-06-12', '早班', { start: '12:00' })] },
    ['backToBack refuse'],
  ],
  [
    ...(['2 back to back', 'boundary: 59 minutes between them'] as const),
    { duties: [duty(other, '2026-06-12', '中班', { start: '16:59' })] },
    ['backToBack refuse'],
  ],
  [
    ...(['2 back to back', 'boundary: 60 minutes are no longer back to back, but too short a rest'] as const),
    { duties: [duty(other, '2026-06-12', '中班', { start: '17:00' })] },
    ['rest refuse'],
  ],
  [
    '2 back to back',
    'boundary: what they give for it does not count',
    { back: duty(other, '2026-06-12', '中班') },
    [],
  ],
  ['rest', 'boundary: 8 hours', { duties: [duty(other, '2026-06-13', '夜班')] }, []],
  [
    ...(['rest', 'boundary: a minute less'] as const),
    { duties: [duty(other, '2026-06-12', '夜班', { start: '23:59' })] },
    ['rest refuse'],
  ],

  ['3', 'passes: same job type and grade', {}, []],
  [
    '3',
    'fails: another job type',
    { taker: { ...other, jobType: 'complaint' } },
    ['jobType refuse', 'jobType refuse'],
  ],
  [
    ...(['3', 'fails: the lower grade would cover the higher in return'] as const),
    { taker: grade(other, 2) },
    ['grade needsManager', 'grade refuse'],
  ],
  [
    ...(['3', 'boundary: higher covering lower needs both leaders’ consent'] as const),
    { taker: grade(other, 2), back: null },
    ['return needsManager', 'grade needsManager'],
  ],
  [
    '3',
    'boundary: one grade lower',
    { giver: grade(me, 2), back: null },
    ['return needsManager', 'grade refuse'],
  ],

  ['4', 'passes: a leave on another day', { leaves: [leave(other, '2026-06-20', '2026-06-21')] }, []],
  [
    ...(['4', 'fails: a leave on the shift that is swapped'] as const),
    { leaves: [leave(me, '2026-06-12', '2026-06-12', 'id-1001-2026-06-12-早班')] },
    ['leave refuse'],
  ],
  [
    '4',
    'fails: whoever takes it is on leave',
    { leaves: [leave(other, '2026-06-12', '2026-06-14')] },
    ['leave refuse'],
  ],
  [
    '4',
    'fails: I am on leave when it is returned',
    { leaves: [leave(me, '2026-06-16', '2026-06-16')] },
    ['leave refuse'],
  ],
  [
    '4',
    'boundary: the leave begins the day after',
    { leaves: [leave(other, '2026-06-13', '2026-06-14')] },
    [],
  ],
  [
    '4',
    'boundary: the leave ends on the day',
    { leaves: [leave(other, '2026-06-10', '2026-06-12')] },
    ['leave refuse'],
  ],

  ['5', 'passes: a working day', {}, []],
  ['5', 'fails: Dragon Boat Festival', { mine: duty(me, '2026-06-20') }, ['holiday refuse']],
  ['5', 'fails: the return shift on a holiday', { back: duty(other, '2026-06-19') }, ['holiday refuse']],
  ['5', 'boundary: the day before it', { mine: duty(me, '2026-06-18') }, []],
  ['5', 'boundary: the day after it', { mine: duty(me, '2026-06-22') }, []],
  ['5', 'boundary: a weekend is no holiday', { mine: duty(me, '2026-06-13') }, []],
  [
    ...(['5', 'boundary: beyond the table a person must decide'] as const),
    { mine: duty(me, '2026-12-31'), back: duty(other, '2027-01-04') },
    ['holiday needsManager'],
  ],

  ['7', 'passes: with its return shift', {}, []],
  [
    '7',
    'boundary: without one it is given away, with both leaders’ consent',
    { back: null },
    ['return needsManager'],
  ],
  ['7', 'boundary: 31 days', { back: duty(other, '2026-07-13') }, []],
  ['7', 'fails: 32 days', { back: duty(other, '2026-07-14') }, ['return refuse']],

  ['notice', 'boundary: four hours before', {}, [], at('2026-06-12', '04:00')],
  ['notice', 'boundary: a millisecond less', {}, ['notice refuse'], at('2026-06-12', '04:00') + 1],
  ['notice', 'fails: begun', {}, ['notice refuse'], at('2026-06-12', '08:00')],
  ['notice', 'fails: the return shift has begun', { back: duty(other, '2026-06-10') }, ['notice refuse']],
];

describe('RULEBOOK §4, shift swap: every clause', () => {
  test.each(TABLE)('clause %s, %s', (_clause, _story, change, expected, now = NOW) => {
    expect(faults(change, now)).toEqual(expected);
  });

  test('a shift that nobody has uses up no swap and has no return', () => {
    const full = times({ 'id-1007 2026-06': 2 });
    expect(faults({ kind: 'open', back: null, counted: full })).toEqual([]);
    const duties = [duty(other, '2026-06-12', '中班')];
    expect(faults({ kind: 'open', back: null, duties })).toEqual(['backToBack refuse']);
  });
});

describe('a refusal quotes the clause, compares two figures and says what would pass', () => {
  test.each<[string, Case, string[]]>([
    [
      '1',
      { reason: '家' },
      [
        '《换班制度》第1条：确因本人必须亲自处理的事情方可换班，须写明事由。',
        '事由 1 个字，要求 2–200 个字。',
      ],
    ],
    [
      '2',
      { counted: times({ 'id-1001 2026-06': 2 }) },
      [
        '《换班制度》第2条：每人每月换班不得超过 2 次。',
        '周晓彤在 2026年6月 的换班连这次是第 3 次，上限 2 次。',
        '可以换别的月份的班。',
      ],
    ],
    [
      '2',
      { duties: [swapped(duty(other, '2026-06-10', '中班'))] },
      [
        '《换班制度》第2条：不得连续换班。',
        '苏婉清的6月12日（周五）早班 08:00–16:00紧挨着已换的6月10日（周三）中班 16:00–24:00。',
        '可以换一位同事。',
      ],
    ],
    [
      '2',
      { duties: [duty(other, '2026-06-12', '中班')] },
      [
        '《换班制度》第2条：换班和还班均不得造成连班。',
        '苏婉清会连着上6月12日（周五）中班 16:00–24:00和6月12日（周五）早班 08:00–16:00，中间 0 分钟，要求至少 1 小时。',
        '可以换一位同事。',
      ],
    ],
    [
      '3',
      { taker: { ...other, jobType: 'complaint' } },
      ['《换班制度》第3条：换班须在同工种之间进行。', '周晓彤与苏婉清工种不同。', '可以换一位同事。'],
    ],
    [
      '3',
      { giver: grade(me, 2) },
      [
        '《换班制度》第3条：换班须在技能等级相当的人员之间进行。',
        '苏婉清是 1 级，周晓彤是 2 级。',
        '可以换一位同事。',
      ],
    ],
    [
      '4',
      { leaves: [leave(other, '2026-06-12', '2026-06-14')] },
      [
        '《换班制度》第4条：换班、还班当班不得请假，否则按旷工处理。',
        '苏婉清在 6月12日（周五）至6月14日（周日） 已有请假单，6月12日（周五）早班 08:00–16:00不能换。',
        '可以换一位同事。',
      ],
    ],
    [
      '5',
      { mine: duty(me, '2026-06-20') },
      ['《换班制度》第5条：节假日当班人员不得换班、请假。', '6月20日（周六）是端午节。'],
    ],
    [
      '7',
      { back: duty(other, '2026-07-14') },
      ['《换班制度》第7条：换班后应按约定还班。', '还班与换班相隔 32 天，最多 31 天。', '可以换一个还班。'],
    ],
  ])('clause %s', (_clause, change, lines) => expect(said(change)).toEqual(lines));
});

test('settings are the centre’s: weekends closed, a third swap warned of, no shift given away', () => {
  const own = policySchema.shape.swap.parse({
    holidays: { weekends: true },
    quota: { over: 'warn' },
    return: { none: 'refuse' },
  });
  const weekend = facts({ mine: duty(me, '2026-06-13'), counted: () => 2, back: null });
  const { result, verdicts } = checkSwap(weekend, own, NOW, calendarDays(HOLIDAYS_CN));
  expect(result).toBe('refuse');
  const open = verdicts.filter((each) => each.result !== 'pass');
  expect(open.map((each) => `${each.rule} ${each.result}`)).toEqual([
    ...['quota warn', 'quota warn', 'return refuse', 'holiday refuse'],
  ]);
});

test('the policy’s file says what the schema takes for granted', () => {
  expect(policy.swap).toEqual(policySchema.shape.swap.parse({}));
  expect(check().result).toBe('pass');
});
