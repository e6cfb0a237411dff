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

it.each([0, 409, 500, 502])('tries again after %i', (code) => {
  expect(judge(new Failure(code, 'x'))).toEqual({ retryAfter: 0, reason: 'x' });
});

it.each([401, 404])('keeps messages for a while when the token is wrong (%i)', (code) => {
  expect(judge(new Failure(code, 'x'))).toMatchObject({ retryAfter: 30_000 });
});

it('does not take an error of ours for one of Telegram', () => {
  expect(() => judge(new TypeError('ours'))).toThrow('ours');
});
