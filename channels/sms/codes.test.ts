import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, it } from 'vitest';
import { resultOf, resultOfFailure } from './codes.ts';

describe("the provider's codes", () => {
  it.each([
    [400, 21211, { address: 'unknown' }],
    [400, 21214, { address: 'unknown' }],
    [400, 21614, { address: 'unknown' }],
    [400, 30005, { address: 'unknown' }],
    [400, 30006, { address: 'unknown' }],
    [400, 21610, { address: 'optedOut' }],
    [400, 30004, { address: 'blocked' }],
    [400, 30003, { retryAfter: 1000 }],
    [400, 21611, { retryAfter: 1000 }],
    [429, 20429, { retryAfter: 1000 }],
    [401, 20003, { retryAfter: 30_000 }],
    [500, undefined, { retryAfter: 1000, uncertain: true }],
  ])('%i with %s', (status, code, result) => {
    expect(resultOf({ status, body: { code } })).toMatchObject(result);
  });
  it('a fault of this message alone ends it, and spares the address', () => {
    for (const code of [21612, 21408, 21606, 21617])
      expect(resultOf({ status: 400, body: { code } })).toEqual({ permanent: `400 ${code}` });
  });
  it('waits as long as it is told', () => {
    expect(resultOf({ status: 503, retryAfter: 7, body: {} })).toEqual({ retryAfter: 7000, reason: '503' });
  });
  it('no answer is uncertain, unless the connection never stood', () => {
    const failed = (code: string) => resultOfFailure(new TypeError('fetch failed', { cause: { code } }));
    expect(failed('ECONNRESET')).toMatchObject({ uncertain: true });
    expect(failed('ENOTFOUND')).not.toHaveProperty('uncertain');
  });
});

/** From Twilio's documentation: https://www.twilio.com/docs/usage/security#validating-requests */
describe('the published vectors', () => {
  const address = 'https://mycompany.com/myapp.php?foo=1&bar=2';
  const paramsOf = (caller: string) => ({
    CallSid: 'CA1234567890ABCDE',
    Caller: caller,
    Digits: '1234',
    From: caller,
    To: '+18005551212',
  });
  it.each([
    ['+14158675309', 'RSOYDt4T1cUTdK1PDd93/VVr8B8='],
    ['+14158675310', 'GvWf1cFY/Q7PnoempGyD5oXAezc='],
  ])('from %s', (caller, signature) => {
    const check = (token: string, signed: string, url: string) =>
      webhooks.validateRequest(token, signed, url, paramsOf(caller));
    expect(check('12345', signature, address)).toBe(true);
    expect(check('12345', signature, address.replace('.com/', '.com:443/'))).toBe(true);
    expect(check('12346', signature, address)).toBe(false);
    expect(check('12345', signature, `${address}&x=1`)).toBe(false);
    expect(check('12345', signature.toLowerCase(), address)).toBe(false);
  });
});
