import { expect, test } from 'vitest';
import { defaultPolicy } from '../policy/default.ts';
import { colourOf, limitsOf } from './clock.ts';

const accepted = Date.parse('2026-06-10T10:00+08:00');
const minutes = (n: number) => accepted + n * 60_000;
const complaint = defaultPolicy().policy.tickets.kinds.find((kind) => kind.id === 'complaint');

test('a complaint must be dispatched within sixty minutes of acceptance, whatever the hour', () => {
  if (!complaint) throw new Error('no complaints in the policy');
  expect(limitsOf(complaint, accepted)).toEqual({
    dispatchDueAt: minutes(60),
    dueAt: minutes(48 * 60),
  });
});

test.each([
  [0, 'ok'],
  [44, 'ok'],
  [45, 'warning'],
  [60, 'warning'],
  [60 + 1 / 60_000, 'overdue'],
] as const)('after %d minutes it is %s', (passed, colour) => {
  expect(colourOf({ from: accepted, due: minutes(60), warnAt: 0.75 }, minutes(passed))).toBe(colour);
});

test('once done it stays met or missed', () => {
  const limit = { from: accepted, due: minutes(60), warnAt: 0.75 };
  expect(colourOf({ ...limit, doneAt: minutes(60) }, minutes(500))).toBe('met');
  expect(colourOf({ ...limit, doneAt: minutes(61) }, minutes(500))).toBe('missed');
});
