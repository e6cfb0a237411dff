import { expect, test } from 'vitest';
import { calendarDays, isOpen } from './hours.ts';

const zone = 'Asia/Shanghai';
const at = (text: string) => Date.parse(`${text}+08:00`);
const week = [
  { days: [1, 2, 3, 4, 5], from: '08:00', to: '20:00' },
  { days: [6], from: '22:00', to: '02:00' },
];

test.each([
  ['2026-06-10T08:00', true],
  ['2026-06-10T19:59', true],
  ['2026-06-10T20:00', false],
  ['2026-06-10T07:59', false],
  ['2026-06-13T23:00', true],
  ['2026-06-14T01:59', true],
  ['2026-06-14T02:00', false],
  ['2026-06-15T01:00', false],
])('%s', (moment, open) => expect(isOpen(week, at(moment), zone)).toBe(open));

test('always is always', () => expect(isOpen('always', at('2026-06-14T03:00'), zone)).toBe(true));

test('the day changes at midnight in the centre, in both directions', () => {
  const day = calendarDays();
  expect(['2026-06-10T23:59', '2026-06-11T00:00', '2026-06-10T23:59'].map((m) => day(at(m), zone))).toEqual([
    '2026-06-10',
    '2026-06-11',
    '2026-06-10',
  ]);
});
