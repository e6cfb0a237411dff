import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../prisma/client.ts';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database.ts';
import { fileStore, MAX_FILE } from './store.ts';

let test: TestDatabase;
let db: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  db = openDatabase({ url: test.url, onError: () => {} });
});
afterAll(async () => {
  await db.close();
  await test.drop();
});

const pdf = (bytes: number) => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(bytes)]);
const put = (bytes: Buffer, name = '诊断证明.pdf') => {
  const file = { name, owner: 'person:1', retention: 'certificate', bytes } as const;
  return db.transaction((unit) => fileStore(db).put(unit, file, 1_780_000_000_000));
};
const collect = async (id: string) => {
  const parts: Buffer[] = [];
  for await (const part of fileStore(db).read(id)) parts.push(part);
  return Buffer.concat(parts);
};

describe('files', () => {
  it('come back as they were, over several chunks', async () => {
    const bytes = pdf(700_000);
    const stored = await put(bytes);
    expect(stored).toMatchObject({
      name: '诊断证明.pdf',
      contentType: 'application/pdf',
      size: bytes.length,
    });
    expect((await collect(stored.id)).equals(bytes)).toBe(true);
  });

  it('are what their content says, whatever their name', async () => {
    await expect(put(Buffer.from('<script>alert(1)</script>'), 'photo.png')).rejects.toMatchObject({
      code: 'unsupported_type',
    });
    await expect(put(pdf(MAX_FILE))).rejects.toMatchObject({ code: 'too_large' });
    expect((await put(pdf(10), '../../etc/"pass\nwd".pdf')).name).toBe('passwd.pdf');
  });

  it('that were altered in the store are not handed out as whole', async () => {
    const { id } = await put(pdf(1000));
    await db.prisma.fileChunk.update({
      where: { fileId_no: { fileId: id, no: 0 } },
      data: { data: Uint8Array.from([1, 2, 3]) },
    });
    await expect(collect(id)).rejects.toMatchObject({ code: 'internal' });
  });
});
