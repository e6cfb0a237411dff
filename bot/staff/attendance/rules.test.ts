import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../policy/default.ts';
import { policySchema } from '../../policy/schema.ts';
import { duesOf } from './due.ts';
import { explainFinding } from './explain.ts';
import { judgeArrival, judgeAway, judgeDeparture, mayAskAway, mayGo, mayPermit } from './rules.ts';
import type { Finding, Weight } from './types.ts';
import { monthIn, readAway, readExcuse } from './understand.ts';

/** RULEBOOK §4, leave 9 and handover 1 and 4: what passes, what does not, the very edge, with the words that are said. */
const { attendance: policy } = defaultPolicy().policy;
const FROM = Date.parse('2026-06-10T08:00+08:00');
const TO = Date.parse('2026-06-10T16:00+08:00');
const at = (time: string) => Date.parse(`2026-06-10T${time}+08:00`);

const came = (time: string) => judgeArrival({ from: FROM }, at(time), policy, true);
const gone = (time: string) => [judgeDeparture({ to: TO }, at(time), policy)];
const away = (time: string) => [judgeAway(at('10:15'), at(time), policy)];

const LATE = '《请假制度》第9条：无故迟到 20 分钟及以上，按违纪处理。';
const AWAY = '《请假制度》第9条：擅自离席 20 分钟及以上，按违纪处理。';
const ROLL = '《交接班制度》第1条：接班人员须提前 10 分钟到岗点名。';
const PERMIT = '《请假制度》第9条：离席须经班长同意，每次计时。';
const STAY = '《交接班制度》第4条：接班人员未到岗前，交班人员不得离岗。';

test.each<[string, string, Finding[], Weight, string]>([
  ['leave 9, late', 'passes: before the roll call', came('07:45'), 'pass', ''],
  ['handover 1', 'boundary: at the roll call', came('07:50'), 'pass', ''],
  [
    'handover 1',
    'fails: a millisecond after it',
    came('07:50:00.001'),
    'record',
    `${ROLL}比点名时间晚 1 分钟。`,
  ],
  ['handover 1', 'boundary: at the very start of the shift', came('08:00'), 'record', ROLL],
  ['leave 9, late', 'fails: a millisecond late', came('08:00:00.001'), 'record', `${LATE}迟到 1 分钟。`],
  [
    'leave 9, late',
    'boundary: a millisecond less than 20 minutes',
    came('08:19:59.999'),
    'record',
    '迟到 19 分钟。',
  ],
  ['leave 9, late', 'boundary: 20 minutes', came('08:20'), 'breach', `${LATE}迟到 20 分钟。已记违纪。`],
  ['leave 9, late', 'fails: an hour', came('09:00'), 'breach', '迟到 60 分钟。已记违纪。'],
  ['leave 9, going', 'passes: after the shift', gone('16:05'), 'pass', ''],
  ['leave 9, going', 'boundary: at its end', gone('16:00'), 'pass', ''],
  ['leave 9, going', 'fails: a millisecond early', gone('15:59:59.999'), 'record', `${AWAY}早退 1 分钟。`],
  [
    'leave 9, going',
    'boundary: just under 20 minutes early',
    gone('15:40:00.001'),
    'record',
    '早退 19 分钟。',
  ],
  [
    'leave 9, going',
    'boundary: 20 minutes early',
    gone('15:40'),
    'breach',
    `${AWAY}早退 20 分钟。已记违纪。`,
  ],
  ['leave 9, away', 'passes: back within what was permitted', away('10:14'), 'pass', ''],
  ['leave 9, away', 'boundary: back when it ends', away('10:15'), 'pass', ''],
  ['leave 9, away', 'fails: a minute more', away('10:16'), 'record', `${AWAY}离席超时 1 分钟。`],
  [
    'leave 9, away',
    'boundary: just under 20 minutes more',
    away('10:34:59.999'),
    'record',
    '离席超时 19 分钟。',
  ],
  [
    'leave 9, away',
    'boundary: 20 minutes more',
    away('10:35'),
    'breach',
    `${AWAY}离席超时 20 分钟。已记违纪。`,
  ],
  ['leave 9, permission', 'passes: at the desk, for ten minutes', mayAskAway(10, true, policy), 'pass', ''],
  ['leave 9, permission', 'fails: not signed on', mayAskAway(10, false, policy), 'refuse', PERMIT],
  ['leave 9, permission', 'boundary: an hour is the most', mayAskAway(60, true, policy), 'pass', ''],
  [
    'leave 9, permission',
    'boundary: a minute more',
    mayAskAway(61, true, policy),
    'refuse',
    '最多 60 分钟。本次 61 分钟。',
  ],
  ['leave 9, permission', 'passes: the leader’s word', [mayPermit('me', 'leader', true)], 'pass', ''],
  ['leave 9, permission', 'fails: a colleague’s', [mayPermit('me', 'other', false)], 'refuse', PERMIT],
  [
    'leave 9, permission',
    'boundary: a leader’s own',
    [mayPermit('leader', 'leader', true)],
    'refuse',
    PERMIT,
  ],
  ['handover 4', 'passes: the handover has ended, or there is none', [mayGo(false, policy)], 'pass', ''],
  ['handover 4', 'fails: those who come are not there', [mayGo(true, policy)], 'refuse', STAY],
])('%s, %s', (_clause, _story, findings, result, words) => {
  const open = findings.filter((each) => each.result !== 'pass');
  expect(open[0]?.result ?? 'pass').toBe(result);
  expect(open.map((each) => explainFinding(each, 'zh-CN')).join('\n')).toContain(words);
  if (!words) expect(open).toEqual([]);
});

test('a team without a roll call has none to miss', () => {
  expect(judgeArrival({ from: FROM }, at('07:59'), policy, false).map(({ result }) => result)).toEqual([
    'pass',
  ]);
});

test('every figure is the policy’s: a stricter centre', () => {
  const { attendance } = policySchema.parse({
    ...defaultPolicy().policy,
    attendance: { late: { breachMinutes: 5 }, signOff: { afterHandover: false } },
  });
  expect(judgeArrival({ from: FROM }, at('08:05'), attendance, false)[0]?.result).toBe('breach');
  expect(mayGo(true, attendance).result).toBe('pass');
});

test('leave in the middle of a shift leaves one coming and one going', () => {
  const shift = {
    ...{ shiftId: 's', personId: 'p', teamId: 't', businessDate: '2026-06-10', name: '早班', night: false },
    ...{ startsAt: FROM, endsAt: TO },
  };
  const duties = [
    { ...shift, from: FROM, to: at('10:00') },
    { ...shift, personId: 'q', from: at('10:00'), to: at('12:00') },
    { ...shift, from: at('12:00'), to: TO },
  ];
  expect(duesOf(duties).map(({ personId, from, to }) => [personId, from, to])).toEqual([
    ['p', FROM, TO],
    ['q', at('10:00'), at('12:00')],
  ]);
});

describe('words', () => {
  test.each([
    ['离席15分钟，取快递', { minutes: 15, reason: '取快递' }],
    ['离席十分钟', { minutes: 10, reason: '' }],
    ['我想离席半小时，去医务室', { minutes: 30, reason: '去医务室' }],
    ['离开一下', { reason: '' }],
    ['离席 1小时 家里有急事', { minutes: 60, reason: '家里有急事' }],
    ['step away for 10 minutes, a parcel', { minutes: 10, reason: 'a parcel' }],
    ['请假15分钟', undefined],
    ['他离席了吗', undefined],
  ])('%s', (text, read) => expect(readAway(text)).toEqual(read));

  test.each([
    ['免计周晓彤：地铁故障', { who: '周晓彤', note: '地铁故障' }],
    ['免计1001', { who: '1001', note: '' }],
    ['excuse 1001: train', { who: '1001', note: 'train' }],
    ['免计', undefined],
  ])('%s', (text, read) => expect(readExcuse(text)).toEqual(read));

  test.each([
    ['考勤表', '2026-06'],
    ['上个月考勤表', '2026-05'],
    ['5月考勤表', '2026-05'],
    ['12月考勤表', '2025-12'],
    ['2025年3月考勤表', '2025-03'],
    ['attendance 2026-04', '2026-04'],
  ])('%s is of %s', (text, month) =>
    expect(monthIn(text, Temporal.PlainDate.from('2026-06-10'))).toBe(month),
  );
});
