import { expect, test } from 'vitest';
import { beside, dayWords, hoursWords, shortDate, windowOf, windowWords } from './dates.ts';

test('a week runs from Monday to Sunday, over the end of a month and of a year', () => {
  expect(windowOf('week', '2026-06-10')).toEqual({ from: '2026-06-08', to: '2026-06-14' });
  expect(windowOf('week', '2026-06-14')).toEqual({ from: '2026-06-08', to: '2026-06-14' });
  expect(windowOf('week', '2027-01-01')).toEqual({ from: '2026-12-28', to: '2027-01-03' });
});

test('a month ends on its own last day, also from a date that the next one doesn’t have', () => {
  expect(windowOf('month', '2028-02-10')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
  expect(beside('month', '2026-01-31', 1)).toBe('2026-02-01');
  expect(beside('month', '2026-01-31', -1)).toBe('2025-12-01');
  expect(beside('week', '2026-01-02', -1)).toBe('2025-12-26');
});

test('in words', () => {
  const week = windowOf('week', '2026-06-10');
  expect(windowWords('week', week, 'zh-CN')).toBe('2026年6月8日至14日');
  expect(windowWords('week', windowOf('week', '2026-07-01'), 'zh-CN')).toBe('2026年6月29日至7月5日');
  expect(windowWords('week', windowOf('week', '2027-01-01'), 'zh-CN')).toBe('2026年12月28日至2027年1月3日');
  expect(windowWords('week', week, 'en')).toMatch(/^June 8\s–\s14, 2026$/);
  expect(windowWords('month', week, 'en')).toBe('June 2026');
  expect(dayWords('2026-06-12', 'zh-CN')).toBe('6月12日 周五');
  expect(shortDate('2026-06-02')).toBe('6/2');
  const at = (wall: string) => Date.parse(`${wall}:00+08:00`);
  expect(hoursWords({ from: at('2026-06-10T16:00'), to: at('2026-06-11T00:00') })).toBe('16:00–24:00');
  expect(hoursWords({ from: at('2026-06-10T00:00'), to: at('2026-06-10T08:00') })).toBe('00:00–08:00');
});
