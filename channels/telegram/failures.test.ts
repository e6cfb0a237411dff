import { expect, it } from 'vitest';
import { Failure } from './api.ts';
import { judge } from './failures.ts';

it.each([
  [403, 'Forbidden: bot was blocked by the user', 'blocked'],
  [403, "Forbidden: bot can't initiate conversation with a user", 'blocked'],
  [403, 'Forbidden: bot was kicked from the supergroup chat', 'blocked'],
  [403, 'Forbidden: user is deactivated', 'unknown'],
  [400, 'Bad Request: chat not found', 'unknown'],
  [400, 'Bad Request: message is too long', undefined],
  [400, 'Bad Request: BUTTON_DATA_INVALID', undefined],
])('%i %s is for good, of the address: %s', (code, words, address) => {
  expect(judge(new Failure(code, words))).toEqual({ permanent: words, ...(address && { address }) });
});

it('waits as long as a 429 says', () => {
  const busy = new Failure(429, 'Too Many Requests: retry after 35', { retry_after: 35 });
  expect(judge(busy)).toEqual({ retryAfter: 35_000, reason: 'Too Many Requests: retry after 35' });
});

it('tries again where nobody answered, and says if it may have arrived', () => {
  const ended = (code: number, words: string) => judge(new Failure(code, words));
  const uncertain = { retryAfter: 0, uncertain: true };
  expect(ended(0, 'sendMessage: socket hang up')).toMatchObject(uncertain);
  expect(ended(502, 'sendMessage: Bad Gateway')).toMatchObject(uncertain);
  expect(ended(0, 'connect ECONNREFUSED 127.0.0.1:1')).not.toHaveProperty('uncertain');
  expect(ended(409, 'Conflict')).toEqual({ retryAfter: 0, reason: 'Conflict' });
});

it.each([401, 404])('keeps messages for a while when the token is wrong (%i)', (code) => {
  expect(judge(new Failure(code, 'x'))).toMatchObject({ retryAfter: 30_000 });
});

it('does not take an error of ours for one of Telegram', () => {
  expect(() => judge(new TypeError('ours'))).toThrow('ours');
});
