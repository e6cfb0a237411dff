import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromGsm, fromUcs2, septets, toGsm, toUcs2 } from './alphabet.ts';
import { e164, reachable } from './numbers.ts';
import { segmentCount, segments } from './segments.ts';

describe('the alphabets', () => {
  it('write the signs that phones write: TS 23.038 §6.2.1', () => {
    expect(toGsm('@Δ{€}ü').toString('hex')).toBe('00101b281b651b297e');
    expect(fromGsm(Buffer.from('00101b281b651b297e', 'hex'))).toBe('@Δ{€}ü');
    expect(toUcs2('好😀').toString('hex')).toBe('597dd83dde00');
    expect(fromUcs2(Buffer.from('597dd83dde0041', 'hex'))).toBe('好😀');
  });
  it('show an unknown escape as the sign of the basic table, and nothing for one that is cut off', () => {
    expect(fromGsm(Buffer.from([0x1b, 0x41, 0x1b]))).toBe('A');
  });
  it('bring back whatever they can write', () => {
    const sign = fc.constantFrom(...'@£$ΔΩ{}[]~^|€\\\f\n\r ÄöA9z¿');
    fc.assert(fc.property(fc.array(sign), (all) => fromGsm(toGsm(all.join(''))) === all.join('')));
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => fromUcs2(toUcs2(text)) === text));
  });
});

describe('how many messages a text takes', () => {
  it.each([
    ['', 0],
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['a'.repeat(306), 2],
    ['a'.repeat(307), 3],
    [`${'a'.repeat(158)}€`, 1],
    [`${'a'.repeat(159)}€`, 2],
    ['好'.repeat(70), 1],
    ['好'.repeat(71), 2],
    ['好'.repeat(134), 2],
    ['好'.repeat(135), 3],
    [`${'好'.repeat(69)}😀`, 2],
  ])('%#', (text, count) => {
    expect(segmentCount(text)).toBe(count);
  });
  it('never cuts inside an emoji or an escape, and every part fits', () => {
    expect(segments(`${'好'.repeat(66)}😀好好好`).parts[0]).toBe('好'.repeat(66));
    expect(segments(`${'a'.repeat(152)}€${'b'.repeat(10)}`).parts[0]).toBe('a'.repeat(152));
    const sign = fc.constantFrom('a', '€', '{', '好', '😀', ' ');
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 700 }), (all) => {
        const { alphabet, parts } = segments(all.join(''));
        expect(parts.join('')).toBe(all.join(''));
        for (const part of parts) {
          const octets = alphabet === 'gsm' ? toGsm(part).length : toUcs2(part).length;
          const [one, several] = alphabet === 'gsm' ? [160, 153] : [140, 134];
          expect(octets).toBeLessThanOrEqual(parts.length === 1 ? one : several);
          expect(() => encodeURIComponent(part)).not.toThrow();
        }
      }),
      { numRuns: 200 },
    );
    expect(septets('好')).toBeUndefined();
  });
});

describe('one number, however it is written', () => {
  it.each([
    ['13912345678', '86', '+8613912345678'],
    ['+86 139-1234-5678', '86', '+8613912345678'],
    ['008613912345678', '86', '+8613912345678'],
    ['8613912345678', '86', '+8613912345678'],
    ['02112345678', '86', '+862112345678'],
    ['10086', '86', '10086'],
    ['106980001234', '86', '106980001234'],
    ['(415) 555-0123', '1', '+14155550123'],
    ['14155550123', '1', '+14155550123'],
    ['07700 900123', '44', '+447700900123'],
    ['Yingda', '86', 'Yingda'],
  ])('%s in %s is %s', (written, country, number) => {
    expect(e164(written, country)).toBe(number);
  });
  it('believes the network on international numbers', () => {
    expect(e164('85291234567', '86', true)).toBe('+85291234567');
  });
  it('sends to numbers and short codes only', () => {
    expect(['+8613912345678', '10086', 'Yingda', '+0123', ''].map(reachable)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
