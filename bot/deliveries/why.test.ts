import { expect, test } from 'vitest';
import { whyOf } from './why.ts';

test.each([
  ['sent', '30003 Unreachable', 'reported'],
  ['dead', 'gave up: ECONNREFUSED', 'gave_up'],
  ['dead', 'channel off', 'channel_off'],
  ['dead', 'address blocked', 'blocked'],
  ['dead', 'address unknown: 400 21211', 'unknown'],
  ['dead', 'address blocked: Forbidden: bot was blocked by the user', 'blocked'],
  ['dead', 'Bad Request: message is too long', 'refused'],
  ['dead', 'address blockedish', 'refused'],
])('%s, %j: %s', (state, error, why) => {
  expect(whyOf({ state, error })).toBe(why);
});
