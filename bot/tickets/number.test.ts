import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTicketNumber, ticketNumber } from './number.ts';

const noon = Date.parse('2026-06-10T12:00+08:00');
const serial = fc.integer({ min: 1, max: 99_999_999 });

test('a number is prefix, date in the centre, eight digits', () => {
  expect(ticketNumber('TS', 1, noon, 'Asia/Shanghai')).toEqual({
    number: 'TS2026061061803399',
    last8: '61803399',
  });
  const late = Date.parse('2026-06-09T17:00Z');
  expect(ticketNumber('BX', 2, late, 'Asia/Shanghai').number).toBe('BX2026061023606798');
});

test('two serials never share their last eight digits', () => {
  fc.assert(
    fc.property(serial, serial, (a, b) => {
      const last8 = (n: number) => ticketNumber('TS', n, noon, 'Asia/Shanghai').last8;
      expect(last8(a)).toMatch(/^\d{8}$/);
      expect(last8(a) === last8(b)).toBe(a === b);
    }),
  );
  const first = new Set(Array.from({ length: 3000 }, (_, i) => ticketNumber('TS', i + 1, noon, 'UTC').last8));
  expect(first.size).toBe(3000);
});

test('a number is read back from any sentence, whole or by its last eight digits', () => {
  fc.assert(
    fc.property(
      serial,
      fc.constantFrom('查一下{}', '{}', '工单号：{}，到哪了？', 'status of {} please'),
      (n, words) => {
        const { number, last8 } = ticketNumber('YW', n, noon, 'Asia/Shanghai');
        expect(readTicketNumber(words.replace('{}', number))).toEqual({ number });
        expect(readTicketNumber(words.replace('{}', last8))).toEqual({ last8 });
      },
    ),
  );
  expect(readTicketNumber('ｔｓ 20260610 61803399')).toEqual({ number: 'TS2026061061803399' });
});

test('a telephone number or a bill is none', () => {
  for (const text of ['13800138000', '查话费', '129元', '工单到哪了', ''])
    expect(readTicketNumber(text)).toBeUndefined();
});
