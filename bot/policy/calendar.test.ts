import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { dayKind, HOLIDAYS_CN, holidayOn } from './calendar.ts';

const on = (date: string) => dayKind(Temporal.PlainDate.from(date));

describe('the holiday table of 2026', () => {
  test.each([
    ['2026-01-01', 'holiday'],
    ['2026-01-04', 'makeUpWorkday'],
    ['2026-02-14', 'makeUpWorkday'],
    ['2026-02-15', 'holiday'],
    ['2026-02-23', 'holiday'],
    ['2026-02-24', 'workday'],
    ['2026-02-28', 'makeUpWorkday'],
    ['2026-04-06', 'holiday'],
    ['2026-05-05', 'holiday'],
    ['2026-05-09', 'makeUpWorkday'],
    ['2026-06-10', 'workday'],
    ['2026-06-13', 'weekend'],
    ['2026-06-19', 'holiday'],
    ['2026-06-22', 'workday'],
    ['2026-09-20', 'makeUpWorkday'],
    ['2026-09-25', 'holiday'],
    ['2026-10-07', 'holiday'],
    ['2026-10-08', 'workday'],
    ['2026-10-10', 'makeUpWorkday'],
    ['2026-12-31', 'workday'],
  ])('%s is a %s', (date, kind) => expect(on(date)).toBe(kind));

  test('beyond it nothing is claimed, not even about 1 October', () => {
    expect(on('2027-01-01')).toBe('unknown');
    expect(on('2027-10-01')).toBe('unknown');
    expect(on('2025-12-31')).toBe('unknown');
  });

  test('a holiday has a name', () => {
    expect(holidayOn(Temporal.PlainDate.from('2026-06-20'))?.name).toEqual({
      'zh-CN': '端午节',
      en: 'Dragon Boat Festival',
    });
    expect(holidayOn(Temporal.PlainDate.from('2026-06-22'))).toBeUndefined();
  });

  test('make-up workdays are weekend days outside the holidays, and no period is reversed', () => {
    for (const entry of HOLIDAYS_CN.periods) {
      expect(entry.from <= entry.to).toBe(true);
      for (const day of entry.makeUpWorkdays) {
        const date = Temporal.PlainDate.from(day);
        expect(date.dayOfWeek, day).toBeGreaterThanOrEqual(6);
        expect(holidayOn(date), day).toBeUndefined();
      }
    }
  });
});
