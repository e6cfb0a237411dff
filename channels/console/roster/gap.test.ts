import { expect, test } from 'vitest';
import { stretchesOf, worstOf } from './gap.ts';

const day = (...pairs: [required: number, rostered: number][]) =>
  pairs.map(([required, rostered], hour) => ({ date: '2026-06-10', hour, contacts: 1, required, rostered }));

test('the worst hour is where most are missing, and there is none where enough are on', () => {
  const hours = day([1, 2], [3, 2], [4, 2.5], [2, 2], [4, 2.5]);
  expect(worstOf(hours)).toMatchObject({ hour: 2 });
  expect(worstOf(day([2, 2], [0, 1]))).toBeUndefined();
  expect(worstOf([])).toBeUndefined();
});

test('hours that follow each other are one stretch', () => {
  expect(stretchesOf(day([1, 2], [3, 2], [4, 2.5], [2, 2], [4, 3.7]))).toEqual([
    { from: 1, to: 3, most: 1.5 },
    { from: 4, to: 5, most: 0.3 },
  ]);
});
