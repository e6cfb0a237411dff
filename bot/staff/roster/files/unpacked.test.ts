import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readRows, toXlsx } from './rows.ts';
import { assertUnpacked } from './unpacked.ts';

const MB = 1024 * 1024;

/** A ZIP's local entry, as APPNOTE 4.3.7 has it; `says` is what it claims to be unpacked. */
function entry(
  name: string,
  content: Buffer,
  { says = content.length, follow = false, stored = false } = {},
): Buffer {
  const packed = stored ? content : deflateRawSync(content);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(follow ? 8 : 0, 6);
  head.writeUInt16LE(stored ? 0 : 8, 8);
  if (!follow) {
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(says, 22);
  }
  head.writeUInt16LE(name.length, 26);
  const tail = Buffer.alloc(follow ? 16 : 0);
  if (follow) {
    tail.writeUInt32LE(0x08074b50, 0);
    tail.writeUInt32LE(packed.length, 8);
    tail.writeUInt32LE(says, 12);
  }
  return Buffer.concat([head, Buffer.from(name), packed, tail]);
}
const end = Buffer.from('PK\x05\x06'.padEnd(22, '\0'), 'latin1');
const sheet = 'xl/worksheets/sheet1.xml';

describe('a file that would fill the memory is refused before it is unpacked', () => {
  const zeros = Buffer.alloc(64 * MB);
  test.each([
    ['honest about it', [entry(sheet, zeros)]],
    ['that claims ten bytes', [entry(sheet, zeros, { says: 10 })]],
    ['whose sizes follow', [entry(sheet, zeros, { follow: true, says: 10 })]],
    ['behind a small entry', [entry('a.xml', Buffer.from('<a/>'), { follow: true }), entry(sheet, zeros)]],
  ])('%s', async (_, entries) => {
    const file = Buffer.concat([...entries, end]);
    expect(file.length).toBeLessThan(MB);
    await expect(readRows(file)).rejects.toMatchObject({ code: 'too_large' });
  });

  test('many entries that are small one by one', async () => {
    const parts = Array.from({ length: 9 }, (_, at) => entry(`xl/${at}.xml`, zeros.subarray(0, 4 * MB)));
    await expect(readRows(Buffer.concat([...parts, end]))).rejects.toMatchObject({ code: 'too_large' });
  });
});

test('exactly what is allowed passes, a byte more does not', async () => {
  const file = Buffer.concat([entry('a.xml', Buffer.alloc(600)), entry('b.xml', Buffer.alloc(400)), end]);
  await assertUnpacked(file, 1000);
  await expect(assertUnpacked(file, 999)).rejects.toMatchObject({ code: 'too_large' });
  const stored = Buffer.concat([entry('a.xml', Buffer.alloc(1000), { stored: true }), end]);
  await assertUnpacked(stored, 1000);
  await expect(assertUnpacked(stored, 999)).rejects.toMatchObject({ code: 'too_large' });
});

test('what is no ZIP, though it begins like one, is refused; a roster is read', async () => {
  for (const text of ['PK', 'PK\x03\x04', `PK\x03\x04${'x'.repeat(60)}`])
    await expect(readRows(Buffer.from(text, 'latin1'))).rejects.toMatchObject({ code: 'unsupported_type' });
  const rows = [
    ['工号', '2026-06-15'],
    ['1001', '早班'],
  ];
  expect(await readRows(await toXlsx(rows, '班表'))).toEqual(rows);
});
