import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../prisma/client.ts';
import { seedDemo } from '../../prisma/seed/demo.ts';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database.ts';
import { defaultPolicy } from '../policy/default.ts';
import {
  centreDirector,
  departmentHead,
  peopleById,
  peopleInPosts,
  peopleOfTeam,
  personById,
  personByNumber,
  shiftLeaderOf,
} from './directory.ts';
import { masterSecret } from './secret.ts';

let made: TestDatabase;
let db: Database;
beforeAll(async () => {
  made = await createTestDatabase();
  db = openDatabase({ url: made.url, onError() {} });
  const now = Date.parse('2026-06-10T10:00+08:00');
  await seedDemo(db, { now, production: false, hashPassword: async () => 'not used here' });
});
afterAll(async () => {
  await db.close();
  await made.drop();
});

const numbers = (people: { number: string }[]) => people.map(({ number }) => number);

test('a colleague is found by number and by id, with team and grade, without the password', async () => {
  const anna = await personByNumber(db.sql, '1001');
  expect(anna).toMatchObject({
    name: '周晓彤',
    role: 'agent',
    teamName: '受理甲班',
    jobType: 'hotline',
    grade: 1,
  });
  expect(JSON.stringify(anna)).not.toContain('not used here');
  expect(await personById(db.sql, anna?.id ?? '')).toEqual(anna);
  expect(await personByNumber(db.sql, '0000')).toBeUndefined();
});

test('a team has its people and its leader', async () => {
  const teamId = (await personByNumber(db.sql, '1002'))?.teamId ?? '';
  expect(numbers(await peopleOfTeam(db.sql, teamId))).toEqual([
    '1002',
    '1004',
    '1006',
    '1008',
    '1010',
    '2002',
  ]);
  expect((await shiftLeaderOf(db.sql, teamId))?.number).toBe('2002');
});

test('the centre has its head and its director', async () => {
  expect((await departmentHead(db.sql))?.number).toBe('4001');
  expect((await centreDirector(db.sql))?.number).toBe('5001');
});

test('a ladder is built from those in its posts and their deputies', async () => {
  const { ranks, deputies } = defaultPolicy().policy.people;
  const found = await peopleInPosts(db.sql, { roles: ranks, numbers: Object.values(deputies).flat() });
  expect(numbers(found)).toEqual(['2001', '2002', '4001', '5001']);
});

test('whoever left is in no list any more', async () => {
  const gone = await db.prisma.person.update({ where: { number: '1009' }, data: { active: false } });
  expect(await personById(db.sql, gone.id)).toBeUndefined();
  expect(await peopleById(db.sql, [gone.id])).toEqual([]);
  expect(numbers(await peopleOfTeam(db.sql, gone.teamId ?? ''))).not.toContain('1009');
});

test('several processes that start at once agree on one secret; production brings its own', async () => {
  const development = { given: undefined, production: false };
  const secrets = await Promise.all([1, 2, 3, 4].map(() => masterSecret(db.sql, development)));
  expect(new Set(secrets.map((secret) => secret.toString('hex'))).size).toBe(1);
  const given = 'thirty-two characters or more of it';
  const own = await masterSecret(db.sql, { given, production: true });
  expect(own).toHaveLength(32);
  expect(own.equals(secrets[0] ?? own)).toBe(false);
  await expect(masterSecret(db.sql, { given: undefined, production: true })).rejects.toMatchObject({
    code: 'unavailable',
  });
});
