import { expect, test } from 'vitest';
import { readList } from './audience.ts';

const isNumber = (written: string) => /^\+?[\d ]{11,16}$/.test(written);
const list = (file: string | Buffer) => readList(Buffer.from(file), isNumber);

test.each([
  ['one number a line', '13800000001\n13800000002', [1, 2]],
  ['a head, a name before, Excel’s mark of UTF-8', '\uFEFF姓名,手机号\r\n王芳,13800000001\r\n', [2]],
  ['semicolons', 'name;mobile\nAnn;13800000001\nBob;13800000002', [2, 3]],
  ['tabs and an empty line', '号码\t备注\n\n13800000001\t老客户\n', [3]],
  [
    'a quoted name with a comma and a line break',
    'mobile,name\n"13800000001","A, ""B""\nC"\n13800000002,D',
    [3, 4],
  ],
])('%s', (_, file, lines) => {
  const read = list(file);
  expect(read.map(({ line }) => line)).toEqual(lines);
  expect(read.every(({ value }) => isNumber(value))).toBe(true);
});

test('a head in another encoding is found to be none of the numbers', () => {
  const gbk = Buffer.concat([Buffer.from([0xca, 0xd6, 0xbb, 0xfa]), Buffer.from('\n13800000001\n')]);
  expect(list(gbk)).toEqual([{ line: 2, value: '13800000001' }]);
});

test('a number that Excel has spoilt is kept, to be shown as wrong', () => {
  expect(list('手机\n1.38E+10\n13800000001').map(({ value }) => value)).toEqual(['1.38E+10', '13800000001']);
});

test.each([
  ['nothing', ''],
  ['names only', '姓名\n王芳'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0])],
])('what is no list is refused: %s', (_, file) => {
  expect(() => list(file)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
});

test('a list that is too long is refused, never cut', () => {
  const long = Array.from({ length: 100_001 }, () => '13800000001').join('\n');
  expect(() => list(long)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
});
