import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAppError } from '../errors.ts';
import { createSealing } from './sealing.ts';

const sealing = createSealing(randomBytes(32));

test('what was sealed comes back, whatever it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      expect(sealing.open('contact', sealing.seal('contact', value))).toBe(value);
    }),
  );
});

test('the same value is sealed differently each time, and shows nothing of itself', () => {
  const [one, two] = [sealing.seal('contact', '13800138000'), sealing.seal('contact', '13800138000')];
  expect(one.equals(two)).toBe(false);
  expect(one.includes('13800138000')).toBe(false);
});

test('a single changed bit is noticed, anywhere', () => {
  const sealed = sealing.seal('address', '13800138000');
  fc.assert(
    fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
      const altered = Buffer.from(sealed);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(refusal(() => sealing.open('address', altered))).toBe(true);
    }),
  );
});

describe('a sealed value opens', () => {
  const sealed = sealing.seal('address', 'x');
  test('for its own purpose only', () => {
    expect(refusal(() => sealing.open('contact', sealed))).toBe(true);
  });
  test('with its own master secret only', () => {
    expect(refusal(() => createSealing(randomBytes(32)).open('address', sealed))).toBe(true);
  });
  test('only if it is whole', () => {
    for (let length = 0; length < sealed.length; length++)
      expect(refusal(() => sealing.open('address', sealed.subarray(0, length)))).toBe(true);
  });
});

test('a look-up key is always the same for one value, and differs by value, purpose and secret', () => {
  const key = sealing.lookupKey('address', '13800138000');
  expect(key).toEqual(sealing.lookupKey('address', '13800138000'));
  expect(key).toHaveLength(32);
  const others = [
    sealing.lookupKey('address', '13800138001'),
    sealing.lookupKey('sign-in', '13800138000'),
    createSealing(randomBytes(32)).lookupKey('address', '13800138000'),
    sealing.key('address'),
  ];
  for (const other of others) expect(other.equals(key)).toBe(false);
});

test('a short master secret is refused', () => {
  expect(() => createSealing(randomBytes(16))).toThrow(RangeError);
});

function refusal(open: () => string): boolean {
  try {
    open();
    return false;
  } catch (error) {
    return isAppError(error, 'internal');
  }
}
