import { describe, expect, it } from 'vitest';
import { canonical } from './receipts.ts';

describe('one id, however it is written', () => {
  it.each([
    ['1A2B3C01', 'hex', '439041025'],
    ['0439041025', 'decimal', '439041025'],
    ['00000000000000001a2b3c01', 'hex', '439041025'],
    ['AbC-1', 'text', 'abc-1'],
    ['AbC-1', 'hex', 'abc-1'],
    ['18446744073709551615', 'decimal', '18446744073709551615'],
  ] as const)('%s as %s is %s', (id, form, same) => {
    expect(canonical(id, form)).toBe(same);
  });
});
