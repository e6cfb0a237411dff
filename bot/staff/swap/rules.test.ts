import { describe, expect, test } from 'vitest';
import { HOLIDAYS_CN } from '../../policy/calendar.ts';
import { policySchema } from '../../policy/schema.ts';
import { grade, leave, TABLE, times } from './clauses.testdata.ts';
import {
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
