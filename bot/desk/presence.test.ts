import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Database, type hot, openDatabase, type Unit, uuidv7 } from '../../prisma/client.ts';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database.ts';
import { leaveWithoutSession, type Presence, presenceOf, readPresences, setPresence } from './presence.ts';

const now = Date.parse('2026-06-10T10:00+08:00');
const [anna, bo] = [uuidv7(0), uuidv7(0)];
let made: TestDatabase;
let db: Database;
let shown: hot.EventRow[] = [];
const publish = (events: hot.EventRow[]) => void shown.push(...events);

beforeAll(async () => {
  made = await createTestDatabase();
  db = openDatabase({ url: made.url, onError() {} });
  const common = { role: 'agent', jobType: 'hotline', passwordHash: '', createdAt: new Date(now) };
  await db.prisma.person.createMany({
    data: [
      { ...common, id: anna, number: '1001', name: '周晓彤' },
      { ...common, id: bo, number: '1002', name: '何俊杰' },
      { ...common, id: uuidv7(0), number: '9001', name: '邱泽楷', role: 'admin' },
    ],
  });
});
afterAll(async () => {
  await db.close();
  await made.drop();
});
beforeEach(async () => {
  await db.sql.query({ text: 'TRUNCATE presence, session, event, stream' });
  shown = [];
});

const set = (personId: string, status: Presence, at = now) =>
  db.transaction((unit) => setPresence(unit, { personId, status, now: at }, publish));
const sessionOf = (personId: string, lastSeenAt: number) =>
  db.prisma.session.create({
    data: {
      ...{ id: Buffer.from(uuidv7(now)), personId, csrfToken: 'x' },
      ...{ createdAt: new Date(lastSeenAt), lastSeenAt: new Date(lastSeenAt) },
    },
  });

test('an agent who becomes available is shown to the desk, once', async () => {
  expect(await presenceOf(db.sql, anna)).toBe('offline');
  expect(await set(anna, 'available')).toBe(true);
  expect(await set(anna, 'available', now + 5000)).toBe(false);
  expect(await presenceOf(db.sql, anna)).toBe('available');
  const event = { stream: 'desk', seq: 1, type: 'presence' };
  const data = { personId: anna, status: 'available', changedAt: now };
  expect(shown).toMatchObject([{ ...event, data }]);
  expect(await db.prisma.event.findMany()).toMatchObject([{ type: 'presence', data }]);
});

test('the desk sees nothing of a change that was rolled back', async () => {
  const work = async (unit: Unit) => {
    await setPresence(unit, { personId: anna, status: 'available', now }, publish);
    throw new Error('no');
  };
  await expect(db.transaction(work)).rejects.toThrow('no');
  expect(shown).toEqual([]);
  expect(await presenceOf(db.sql, anna)).toBe('offline');
});

test('everyone at the desk is listed, those who never came as offline; the administrator is not', async () => {
  await set(bo, 'away');
  expect(await readPresences(db.sql, ['agent'])).toMatchObject([
    { number: '1001', status: 'offline', changedAt: null },
    { number: '1002', status: 'away', changedAt: now },
  ]);
});

test('whoever has no session left is not there any more; whoever has one stays', async () => {
  await Promise.all([set(anna, 'available'), set(bo, 'available')]);
  await sessionOf(anna, now - 40 * 60_000);
  await sessionOf(bo, now - 60_000);
  shown = [];
  const sweep = () =>
    db.transaction((unit) => leaveWithoutSession(unit, { seenSince: now - 30 * 60_000, now }, publish));
  // Two processes sweep at once: each change is told by one of them.
  expect((await Promise.all([sweep(), sweep()])).sort()).toEqual([false, true]);
  expect([await presenceOf(db.sql, anna), await presenceOf(db.sql, bo)]).toEqual(['offline', 'available']);
  expect(shown.map(({ data }) => data.personId)).toEqual([anna]);
});
