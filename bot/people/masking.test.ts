import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskEmail, maskName, maskNumbersIn, maskPhone } from './masking.ts';

test.each([
  ['13800138000', '138****8000'],
  ['138 0013 8000', '138****8000'],
  ['１３８００１３８０００', '138****8000'],
  ['+86 138-0013-8000', '+86138****8000'],
  ['0571-87654321', '0571****4321'],
  ['010 6234 5678', '010****5678'],
  ['62345678', '****5678'],
  ['+44 20 7123 4567', '+44****4567'],
  ['10086', '1***6'],
  ['12', '****'],
  ['', '****'],
  ['没有', '****'],
])('the phone number %s is shown as %s', (phone, shown) => {
  expect(maskPhone(phone)).toBe(shown);
});

test('of seven digits or more at least three stay hidden, of fewer at least one', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+?\d{3,15}$/), (phone) => {
      const digits = phone.replace('+', '').length;
      const shown = maskPhone(phone).replace(/^\+86|\D/g, '').length;
      expect(digits - shown).toBeGreaterThanOrEqual(digits >= 7 ? 3 : 1);
    }),
  );
});

test.each([
  ['王小明', '王**'],
  ['李雷', '李*'],
  ['欧', '欧*'],
  ['Anna Lee', 'A***'],
  ['  ', ''],
])('the name %s is shown as %s', (name, shown) => {
  expect(maskName(name)).toBe(shown);
});

test.each([
  ['wang.xm@example.com', 'w***@example.com'],
  ['nothing', '****'],
])('the address %s is shown as %s', (address, shown) => {
  expect(maskEmail(address)).toBe(shown);
});

test.each([
  ['我的手机是13800138000，请回电', '我的手机是138****8000，请回电'],
  ['打 138-0013-8000 或 0571-87654321', '打 138****8000 或 0571****4321'],
  ['手机１３８００１３８０００', '手机138****8000'],
  ['+8613800138000', '+86138****8000'],
  ['身份证 33010619900101123X', '身份证 330****1123'],
  ['工单 TS2026061012345678 的进度', '工单 TS2026061012345678 的进度'],
  ['2026-06-10 办了199元套餐，100GB', '2026-06-10 办了199元套餐，100GB'],
  ['热线 1002026', '热线 1002026'],
])('in the text 「%s」 only personal numbers are masked', (text, shown) => {
  expect(maskNumbersIn(text)).toBe(shown);
});
