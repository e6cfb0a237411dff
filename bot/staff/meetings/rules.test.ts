import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../policy/default.ts';
import { readMeeting } from './read.ts';
import { dueMeetings, monthlyAt, notWritable, weeklyAt } from './rules.ts';

const { meetings, centre } = defaultPolicy().policy;
const at = (time: string) => Date.parse(`${time}+08:00`);
const iso = (instant: number | null) =>
  instant === null ? null : new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16);

describe('「每月25日前的星期五召开全体员工大会」', () => {
  const of = (month: string) => iso(monthlyAt(meetings, centre.timeZone, at(`${month}-10T10:00`)));
  test.each([
    ['the 25th is a Thursday', '2026-06', '2026-06-19T16:00'],
    ['the 24th is the Friday', '2026-07', '2026-07-24T16:00'],
    ['the 25th is a Friday itself: the one before', '2026-09', '2026-09-18T16:00'],
    ['the 25th is a Saturday', '2026-04', '2026-04-24T16:00'],
  ])('%s', (_, month, expected) => expect(of(month)).toBe(expected));
  test('none, where the policy has none', () => {
    expect(monthlyAt({ ...meetings, monthly: null }, centre.timeZone, at('2026-06-10T10:00'))).toBeNull();
  });
});

test('「每周例会」: once a week, from Monday to Sunday the same', () => {
  const of = (time: string) => iso(weeklyAt(meetings, centre.timeZone, at(time)));
  for (const time of ['2026-06-08T00:00', '2026-06-12T15:00', '2026-06-14T23:59'])
    expect(of(time)).toBe('2026-06-12T15:00');
  expect(of('2026-06-15T00:00')).toBe('2026-06-19T15:00');
});

describe('「班前、班后会」 and what is announced when', () => {
  const change = {
    ...{ teamId: 'A', changeAt: at('2026-06-10T16:00'), since: 0, fromShift: '早班', toShift: '中班' },
    ...{ outgoing: ['1001'], incoming: ['1005'] },
  };
  const due = (time: string, changes = [change], policy = meetings) =>
    dueMeetings(policy, centre.timeZone, changes, at(time)).map(({ kind, startsAt, members }) =>
      [kind, iso(startsAt)?.slice(11), ...members].join(' '),
    );
  test.each([
    ['too early', '2026-06-10T15:19', []],
    ['half an hour before it', '2026-06-10T15:20', ['before 15:50 1005']],
    ['both', '2026-06-10T15:45', ['before 15:50 1005', 'after 16:10 1001']],
    ['it has begun', '2026-06-10T15:50', ['after 16:10 1001']],
    ['over', '2026-06-10T16:10', []],
    ['the leaders’ meeting, a day before', '2026-06-11T15:00', ['weekly 15:00']],
    ['not a minute earlier', '2026-06-11T14:59', []],
    ['the month’s, too', '2026-06-18T16:00', ['weekly 15:00', 'monthly 16:00']],
  ])('%s', (_, time, expected) => expect(due(time)).toEqual(expected));

  test('nobody comes: no meeting; a Monday’s is announced on Sunday', () => {
    expect(due('2026-06-10T15:20', [{ ...change, incoming: [] }])).toEqual([]);
    const monday = {
      ...meetings,
      weekly: { ...meetings.weekly, weekday: 1, at: '09:00' },
    } as typeof meetings;
    expect(due('2026-06-14T09:00', [], monday)).toEqual(['weekly 09:00']);
  });
});

describe('minutes', () => {
  const meeting = {
    ...{ state: 'planned' as const, startsAt: 10, chairId: 'chair', minutes: '强调三声', decisions: [] },
  };
  const chair = { id: 'chair', leads: false };
  const publish = { publish: true };
  test('by the chair, or who leads; once it has begun; once', () => {
    expect(notWritable(meeting, chair, 10, publish)).toBeUndefined();
    expect(notWritable(meeting, { id: 'other', leads: true }, 10, publish)).toBeUndefined();
    expect(notWritable(meeting, { id: 'other', leads: false }, 10, publish)).toBe('not_yours');
    expect(notWritable(meeting, chair, 9, publish)).toBe('early');
    expect(notWritable({ ...meeting, state: 'published' }, chair, 10, publish)).toBe('published');
  });
  test('not empty; a decision is enough', () => {
    expect(notWritable({ ...meeting, minutes: ' ' }, chair, 10, publish)).toBe('empty');
    expect(notWritable({ ...meeting, minutes: '' }, chair, 10, { publish: false })).toBeUndefined();
    expect(
      notWritable({ ...meeting, minutes: '', decisions: ['统一口径'] }, chair, 10, publish),
    ).toBeUndefined();
  });
});

describe('what is said about it', () => {
  test.each<[string, unknown]>([
    ['会议', { do: 'show' }],
    ['例会安排', { do: 'show' }],
    ['my meetings', { do: 'show' }],
    ['昨天的班前会纪要', { do: 'past', kind: 'before', when: '昨天' }],
    ['上周五的周例会记录', { do: 'past', kind: 'weekly', when: '上周五' }],
    ['minutes of yesterday', { do: 'past', when: 'yesterday' }],
    ['写纪要：强调三声服务', { do: 'minutes', text: '强调三声服务' }],
    ['写纪要 3：强调三声服务', { do: 'minutes', no: 3, text: '强调三声服务' }],
    ['决定：退费争议一律先核实', { do: 'decision', text: '退费争议一律先核实' }],
    ['发布纪要 3', { do: 'publish', no: 3 }],
    ['publish minutes', { do: 'publish' }],
  ])('%s', (text, expected) => expect(readMeeting(text)).toEqual(expected));
  test.each(['帮我订会议室', '昨天夜里的交接记录', '纪要', '我决定请假', ''])('not: %s', (text) =>
    expect(readMeeting(text)).toBeUndefined(),
  );
});
