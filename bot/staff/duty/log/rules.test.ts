import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../../policy/default.ts';
import { readLog } from './read.ts';
import { businessDate, dayOf, dueAt, notSignable, written } from './rules.ts';

const { dutyLog, centre } = defaultPolicy().policy;
const { required } = dutyLog;
const at = (time: string) => Date.parse(`2026-06-${time}+08:00`);

describe('「值班日志：当日话务量、系统问题、疑难个案」', () => {
  const open = { state: 'open' as const, date: '2026-06-10' };
  test.each<[string, object, string, unknown]>([
    ['both written', { system: '正常', cases: '无' }, '2026-06-10', undefined],
    ['the day after', { system: '正常', cases: '无' }, '2026-06-11', undefined],
    ['no hard cases', { system: '正常' }, '2026-06-10', { why: 'empty', missing: ['cases'] }],
    ['blanks are nothing', { system: ' ', cases: '无' }, '2026-06-10', { why: 'empty', missing: ['system'] }],
    ['nothing', {}, '2026-06-10', { why: 'empty', missing: ['system', 'cases'] }],
    ['the day has not come', { system: '正常', cases: '无' }, '2026-06-09', { why: 'early', missing: [] }],
  ])('%s', (_, sections, today, expected) =>
    expect(notSignable({ ...open, sections }, required, today)).toEqual(expected),
  );
  test('signed once', () => {
    expect(notSignable({ ...open, state: 'signed', sections: {} }, required, '2026-06-10')).toMatchObject({
      why: 'signed',
    });
  });
});

test('what is added goes below what stands there', () => {
  expect(written({ cases: '断网' }, 'cases', '已恢复')).toEqual({ cases: '断网\n已恢复' });
  expect(written({}, 'system', '正常')).toEqual({ system: '正常' });
});

test('a day on the centre’s clock, and whose day it is after midnight', () => {
  expect(dayOf('2026-06-10', centre.timeZone)).toEqual({
    from: at('10T00:00'),
    to: at('11T00:00'),
  });
  const date = (time: string) => businessDate(at(time), centre.timeZone, '06:00');
  expect(date('11T05:59:59')).toBe('2026-06-10');
  expect(date('11T06:00')).toBe('2026-06-11');
});

test('what is due: each from its minute on', () => {
  const due = (time: string) => dueAt(dutyLog, centre.timeZone, at(time));
  expect(due('10T08:29:59')).toEqual({});
  expect(due('10T08:30')).toEqual({ remind: '2026-06-09' });
  expect(due('10T12:00')).toEqual({ remind: '2026-06-09', missing: '2026-06-09' });
  expect(due('10T20:00')).toMatchObject({ draft: '2026-06-10' });
  expect(due('15T09:00'), 'a Monday').toMatchObject({ week: '2026-06-08' });
  expect(due('15T08:59:59')).not.toHaveProperty('week');
});

describe('what is said about it', () => {
  test.each<[string, unknown]>([
    ['值班日志', { do: 'show', when: '' }],
    ['昨天的值班日志', { do: 'show', when: '昨天' }],
    ['查看受理甲班6月9日的值班日志', { do: 'show', when: '受理甲班6月9日' }],
    ['duty log of yesterday', { do: 'show', when: 'of yesterday' }],
    ['写日志 系统问题：正常', { do: 'write', when: '', section: 'system', text: '正常' }],
    [
      '写日志：小区断网，客户投诉多',
      { do: 'write', when: '', section: 'cases', text: '小区断网，客户投诉多' },
    ],
    ['补记昨天的值班日志：今晚有台风', { do: 'write', when: '昨天', text: '今晚有台风' }],
    ['duty log: hard cases: none', { do: 'write', when: '', section: 'cases', text: 'none' }],
    ['签日志', { do: 'sign', when: '' }],
    ['签6月10日（周三）的值班日志', { do: 'sign', when: '6月10日（周三）' }],
    ['Sign duty log of Wed 10 June', { do: 'sign', when: 'of Wed 10 June' }],
  ])('%s', (text, expected) => expect(readLog(text)).toEqual(expected));

  test.each(['日志', '昨天夜里的交接记录', '签字', '写交接：设备正常', ''])('not: %s', (text) =>
    expect(readLog(text)).toBeUndefined(),
  );
});
