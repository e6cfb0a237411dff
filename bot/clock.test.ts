import { expect, test } from 'vitest';
import { clockStartingAt, systemClock, testClock } from './clock.ts';

test('a test clock stands still until it is moved', () => {
  const clock = testClock('2026-06-10T10:00+08:00');
  const start = Date.UTC(2026, 5, 10, 2);
  expect(clock.now()).toBe(start);
  clock.advance(90_000);
  expect(clock.now()).toBe(start + 90_000);
  clock.moveTo('2026-06-09T00:00Z');
  expect(clock.now()).toBe(Date.UTC(2026, 5, 9));
});

test('a clock that starts at an instant runs from there', async () => {
  const start = Date.UTC(2026, 5, 10, 2);
  const clock = clockStartingAt(start);
  const first = clock.now();
  expect(first).toBeGreaterThanOrEqual(start);
  expect(first).toBeLessThan(start + 5_000);
  await new Promise((done) => setTimeout(done, 30));
  expect(clock.now()).toBeGreaterThan(first);
});

test('the system clock tells the time of the machine', () => {
  expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
});

test('a clock refuses what is not an instant', () => {
  expect(() => testClock('tomorrow')).toThrow(/not an instant/);
});
