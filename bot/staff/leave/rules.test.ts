import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { explainVerdict, explanationText } from './explain.ts';
import { agent, at, colleague, dayShift, facts, longNight, nightShift, policy } from './fixtures.testdata.ts';
import { checkLeave } from './rules.ts';
import type { Checked, LeaveFacts, LeaveKind } from './types.ts';

const MS = 1;
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

const by = (checked: Checked, clause: string) =>
  checked.verdicts.filter((verdict) => verdict.clause === clause && verdict.result !== 'pass');

describe('clause 1: notice, counted from the start of the first shift missed', () => {
  const start = at('2026-06-12', '08:00');
  test.each<[string, LeaveKind, number, string]>([
    ['personal, two days before', 'personal', start - 48 * HOUR, 'pass'],
    ['personal, exactly 24 hours before', 'personal', start - 24 * HOUR, 'pass'],
    ['personal, one millisecond less', 'personal', start - 24 * HOUR + MS, 'needsManager'],
    ['personal, when the shift has begun', 'personal', start + HOUR, 'needsManager'],
    ['personal, when the shift is over', 'personal', start + 8 * HOUR, 'needsManager'],
    ['special, exactly one hour before', 'special', start - HOUR, 'pass'],
    ['special, one millisecond less', 'special', start - HOUR + MS, 'needsManager'],
    ['sick, one millisecond before the shift', 'sick', start - MS, 'pass'],
    ['sick, one millisecond into it', 'sick', start + MS, 'needsManager'],
    ['official, at any time before its end', 'official', start + HOUR, 'pass'],
  ])('%s', (_, kind, now, result) => expect(check({ kind }, now).result).toBe(result));

  test('the earliest of several shifts counts, whatever their order', () => {
    const shifts = [dayShift('2026-06-13'), dayShift('2026-06-12')];
    const span = { from: '2026-06-12', to: '2026-06-13' };
    expect(check({ shifts, span }, start - 24 * HOUR + MS).result).toBe('needsManager');
  });

  test('where no notice is asked for, no figure of it is said', () => {
    const figures = (kind: LeaveKind, now: number) => {
      const verdict = check({ kind }, now).verdicts.find(({ figures }) => figures?.of === 'notice');
      return verdict ? explainVerdict(verdict, reader).figures : '';
    };
    expect(figures('official', start - 5 * HOUR)).toBe(
      '该班次 6月12日（周五）08:00 开始，现在距开班 5 小时。',
    );
    expect(figures('official', start + HOUR)).toBe('该班次 6月12日（周五）08:00 已经开始。');
    expect(figures('personal', start + HOUR)).toContain('至少 24 小时');
  });

  test('for the one-hour case the shift leader counts as manager too', () => {
    expect(check({ kind: 'special' }, start - HOUR + MS).managers).toEqual([
      'shift_leader',
      'department_head',
    ]);
    expect(check({ kind: 'personal' }, start - HOUR).managers).toEqual(['department_head']);
  });

  test('the answer quotes the clause, both figures, and what would pass', () => {
    const checked = check({}, at('2026-06-11', '10:30'));
    const [verdict] = by(checked, 'leave.1');
    if (!verdict) throw new Error('no verdict');
    expect(explanationText(verdict, reader).split('\n')).toEqual([
      '《请假制度》第1条：事假须至少提前一天（24 小时）提出；不能提前的，须经管理人员同意方可生效，否则按旷工处理。',
      '该班次 6月12日（周五）08:00 开始，现在距开班 21 小时 30 分钟，要求至少 24 小时。',
      '最晚应在 6月11日（周四）08:00 前提出。',
      '从现在起可以请的最早班次开始时间是 6月12日（周五）10:30。',
      '可以说明特殊原因，由客服部主任决定。',
    ]);
    expect(explanationText(verdict, { ...reader, locale: 'en' })).toContain(
      '21 h 30 min from now, and 24 h are required',
    );
  });
});

describe('clause 3: asked by the person, sick leave by anybody', () => {
  const now = at('2026-06-10', '10:00');
  test.each<[string, LeaveKind, typeof agent, string]>([
    ['personal leave by oneself', 'personal', agent, 'pass'],
    ['personal leave by a colleague', 'personal', colleague, 'refuse'],
    ['special leave by a colleague', 'special', colleague, 'refuse'],
    ['sick leave by a colleague', 'sick', colleague, 'pass'],
  ])('%s', (_, kind, requester, result) => expect(check({ kind, requester }, now).result).toBe(result));
});

describe('clause 5: night shifts', () => {
  const midnight = { shifts: [nightShift('2026-06-12')] };
  const evening = { shifts: [longNight('2026-06-12')] };
  test.each<[string, Partial<LeaveFacts>, number, string]>([
    ['a shift from 20:00, days before', evening, at('2026-06-10', '10:00'), 'needsManager'],
    [
      'a shift from 20:00, one ms before its noon',
      { ...evening, kind: 'special' },
      at('2026-06-12', '12:00') - MS,
      'needsManager',
    ],
    ['a shift from 20:00, at its noon', { ...evening, kind: 'special' }, at('2026-06-12', '12:00'), 'refuse'],
    [
      'after midnight: noon of the calendar day before',
      { ...midnight, kind: 'special' },
      at('2026-06-12', '12:00') - MS,
      'needsManager',
    ],
    ['after midnight: at that noon', { ...midnight, kind: 'special' }, at('2026-06-12', '12:00'), 'refuse'],
    [
      'after midnight: the next noon is long past',
      { ...midnight, kind: 'special' },
      at('2026-06-12', '20:00'),
      'refuse',
    ],
    [
      'illness after noon goes to a manager',
      { ...midnight, kind: 'sick' },
      at('2026-06-12', '20:00'),
      'needsManager',
    ],
    ['a day shift knows no noon', {}, at('2026-06-10', '13:00'), 'pass'],
  ])('%s', (_, change, now, result) => expect(check(change, now).result).toBe(result));

  test('the refusal names the noon that was missed', () => {
    const [verdict] = by(check({ ...midnight, kind: 'special' }, at('2026-06-12', '13:00')), 'leave.5');
    if (!verdict) throw new Error('no verdict');
    const text = explanationText(verdict, reader);
    expect(text).toContain(
      '夜班 6月13日（周六）00:00 开始，截止时间是 6月12日（周五）12:00，现在是 6月12日（周五）13:00。',
    );
    expect(text).not.toContain('由客服部主任决定');
  });
});

describe('clause 6: public holidays', () => {
  const dragonBoat = { span: { from: '2026-06-19', to: '2026-06-19' }, shifts: [dayShift('2026-06-19')] };
  const start = at('2026-06-19', '08:00');
  const on = (date: string) => ({ span: { from: date, to: date }, shifts: [dayShift(date)] });
  test.each<[string, Partial<LeaveFacts>, number, string]>([
    ['exactly two days before', dragonBoat, start - 48 * HOUR, 'needsManager'],
    ['one millisecond less', dragonBoat, start - 48 * HOUR + MS, 'refuse'],
    ['illness on a holiday', { ...dragonBoat, kind: 'sick' }, start - HOUR, 'needsManager'],
    ['a weekend is no holiday', on('2026-06-13'), at('2026-06-10', '10:00'), 'pass'],
    ['a make-up workday is no holiday', on('2026-09-20'), at('2026-06-10', '10:00'), 'pass'],
  ])('%s', (_, change, now, result) => expect(check(change, now).result).toBe(result));

  test('beyond the table a person must decide', () => {
    const change = { ...on('2027-01-04'), roster: { from: '2026-05-01', through: '2027-12-31' } };
    const checked = check(change, at('2026-12-01', '10:00'));
    expect(checked.result).toBe('needsManager');
    const [verdict] = by(checked, 'leave.6');
    if (!verdict) throw new Error('no verdict');
    expect(explanationText(verdict, reader)).toContain('须由人来决定');
  });

  test('the director decides for people on duty', () => {
    const checked = check(dragonBoat, start - 72 * HOUR);
    expect(checked).toMatchObject({ holiday: true, managers: ['director'] });
    expect(check({}, at('2026-06-10', '10:00')).holiday).toBe(false);
  });
});

describe('what a leave takes', () => {
  const now = at('2026-06-10', '10:00');
  test('a day without a shift needs no leave', () => {
    expect(checkLeave(facts({ shifts: [] }), policy, now)).toEqual({ result: 'noShift' });
    const evening = { from: '2026-06-12', to: '2026-06-12', part: 'evening' } as const;
    expect(checkLeave(facts({ span: evening }), policy, now)).toEqual({ result: 'noShift' });
  });

  test('beyond the published roster a manager is asked: "no shift" would be a guess', () => {
    const checked = check({ shifts: [], roster: { from: '2026-06-01', through: '2026-06-11' } }, now);
    expect(checked).toMatchObject({ result: 'needsManager', days: 1 });
    const [verdict] = by(checked, 'product');
    if (!verdict) throw new Error('no verdict');
    expect(explanationText(verdict, reader)).not.toContain('《请假制度》');
  });

  test.each<[string, Partial<LeaveFacts>, number]>([
    [
      'half of the hours is half a day',
      { span: { from: '2026-06-12', to: '2026-06-12', part: 'morning' } },
      0.5,
    ],
    [
      'two hours of eight',
      {
        span: {
          from: '2026-06-12',
          to: '2026-06-12',
          time: { from: '14:00', to: '16:00', toNextDay: false },
        },
      },
      0.25,
    ],
    [
      'from two until the end of the shift',
      { span: { from: '2026-06-12', to: '2026-06-12', time: { from: '14:00', toNextDay: false } } },
      0.25,
    ],
    ['three days with one shift', { span: { from: '2026-06-12', to: '2026-06-14' } }, 1],
    ['illness counts calendar days', { kind: 'sick', span: { from: '2026-06-12', to: '2026-06-14' } }, 3],
  ])('%s', (_, change, days) => expect(check(change, now).days).toBe(days));

  test('the evening finds the night shift that begins after midnight, and so does its name', () => {
    const shifts = [dayShift('2026-06-11'), nightShift('2026-06-12')];
    const evening = { from: '2026-06-12', to: '2026-06-12', part: 'evening' } as const;
    expect(check({ shifts, span: evening }, now).missed.map(({ shift }) => shift.id)).toEqual([
      'night-2026-06-12',
    ]);
    const named = { from: '2026-06-12', to: '2026-06-12', shift: 'late' } as const;
    expect(check({ shifts, span: named }, now).missed.map(({ shift }) => shift.id)).toEqual([
      'night-2026-06-12',
    ]);
  });

  test('a certificate is due on the first day after an illness of a day or more, emergencies excepted', () => {
    const span = { from: '2026-06-12', to: '2026-06-13' };
    expect(check({ kind: 'sick', span }, now).certificateDue).toBe('2026-06-14');
    expect(check({ kind: 'sick', span, emergency: true }, now).certificateDue).toBeUndefined();
    expect(
      check({ kind: 'sick', span: { ...facts().span, part: 'morning' } }, now).certificateDue,
    ).toBeUndefined();
    expect(check({ span }, now).certificateDue).toBeUndefined();
  });
});

describe('other requests of the same person', () => {
  const now = at('2026-06-09', '10:00');
  const other = (date: string, change: object = {}) => ({
    ...{
      id: `leave-${date}`,
      kind: 'personal' as const,
      state: 'approved' as const,
      from: date,
      to: date,
      days: 1,
    },
    shiftIds: [`day-${date}`],
    ...change,
  });
  const shifts = ['2026-06-10', '2026-06-11', '2026-06-12', '2026-06-15'].map(dayShift);

  test('one shift has one leave', () => {
    const checked = check({ others: [other('2026-06-12')] }, now);
    expect(checked.result).toBe('refuse');
    expect(checked.verdicts.find((verdict) => verdict.rule === 'no-overlap')?.figures).toMatchObject({
      id: 'leave-2026-06-12',
    });
  });

  test.each<[string, object[], number]>([
    ['alone', [], 1],
    ['the day before', [other('2026-06-11')], 2],
    ['a chain of days', [other('2026-06-10'), other('2026-06-11')], 3],
    ['across days off', [other('2026-06-15')], 2],
    ['a shift lies between', [other('2026-06-10')], 1],
    ['illness counts apart', [other('2026-06-11', { kind: 'sick' })], 1],
  ])('days that count together: %s', (_, others, days) => {
    expect(check({ shifts, others: others as LeaveFacts['others'] }, now).daysTogether).toBe(days);
  });
});
