import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase, uuidv7 } from '../../prisma/client.ts';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database.ts';
import { join, undoJoin } from './customers.ts';

const NOW = Date.parse('2026-06-10T10:00+08:00');
let made: TestDatabase;
let db: Database;
beforeAll(async () => {
  made = await createTestDatabase();
  db = openDatabase({ url: made.url, onError() {} });
  const account = { id: 'phone:test', channel: 'phone', name: 'test', createdAt: new Date(NOW) };
  await db.prisma.channelAccount.create({ data: account });
});
afterAll(async () => {
  await db.close();
  await made.drop();
});

/** So many numbers that are nobody's yet. */
async function numbers(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => uuidv7(NOW));
  const of = { channelAccountId: 'phone:test', valueSealed: Buffer.from('x'), createdAt: new Date(NOW) };
  await db.prisma.address.createMany({ data: ids.map((id) => ({ ...of, id, keyHmac: Buffer.from(id) })) });
  return ids;
}

const joins = (address: string, to: string, minute: number) =>
  db.transaction(({ sql }) => join(sql, address, to, NOW + minute * 60_000));
const undoes = (address: string, minute: number) =>
  db.transaction(({ sql }) => undoJoin(sql, address, NOW + minute * 60_000));

async function customersOf(ids: readonly string[]): Promise<(string | null)[]> {
  const rows = await db.prisma.address.findMany({ where: { id: { in: [...ids] } } });
  return ids.map((id) => rows.find((row) => row.id === id)?.customerId ?? null);
}

test('undone at one number, a join gives back all that it moved, and the other side keeps its own', async () => {
  const ids = await numbers(5);
  const [a = '', a2 = '', a3 = '', b = '', b2 = ''] = ids;
  await joins(a2, a, 0);
  await joins(a3, a, 1);
  await joins(b2, b, 2);
  const before = await customersOf(ids);
  const [own, others] = [before[0], before[3]];
  expect(before).toEqual([own, own, own, others, others]);
  expect(own).not.toBe(others);

  expect(await joins(a, b, 3)).toBe('joined');
  expect(await customersOf(ids)).toEqual([others, others, others, others, others]);
  expect(await undoes(a, 4)).toBe(true);
  expect(await customersOf(ids)).toEqual(before);

  // The same again, undone at another number of theirs.
  await joins(a, b, 5);
  expect(await undoes(a3, 6)).toBe(true);
  expect(await customersOf(ids)).toEqual(before);
});

test('joins on joins are undone one by one, the newest first', async () => {
  const ids = await numbers(4);
  const [a = '', a2 = '', b = '', c = ''] = ids;
  await joins(a2, a, 0);
  await joins(b, uuidv7(NOW), 1);
  await joins(c, uuidv7(NOW), 1);
  const before = await customersOf(ids);
  await joins(a, b, 2);
  const between = await customersOf(ids);
  await joins(b, c, 3);
  expect(new Set(await customersOf(ids)).size).toBe(1);
  expect(await undoes(a2, 4)).toBe(true);
  expect(await customersOf(ids)).toEqual(between);
  expect(await undoes(a, 5)).toBe(true);
  expect(await customersOf(ids)).toEqual(before);
});
