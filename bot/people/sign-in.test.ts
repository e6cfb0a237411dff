import { randomBytes } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Database, openDatabase, uuidv7 } from '../../prisma/client.ts';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database.ts';
import { type TestClock, testClock } from '../clock.ts';
import { createAudit } from './audit.ts';
import { hashPassword } from './password.ts';
import { createSealing } from './sealing.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { type SignInParts, signIn, signOut } from './sign-in.ts';
import { createThrottle } from './throttle.ts';

// The real one, watched.
vi.mock('@node-rs/argon2', { spy: true });

const START = '2026-06-10T10:00+08:00';
const sealing = createSealing(randomBytes(32));
const minute = 60_000;
let made: TestDatabase;
let db: Database;
let clock: TestClock;
let sessions: Sessions;
let parts: SignInParts;

beforeAll(async () => {
  made = await createTestDatabase();
  db = openDatabase({ url: made.url, onError() {} });
  const passwordHash = await hashPassword('correct horse');
  const common = { jobType: 'hotline', passwordHash, createdAt: new Date(), role: 'agent' };
  await db.prisma.person.createMany({
    data: [
      { ...common, id: uuidv7(0), number: '1001', name: '周晓彤' },
      { ...common, id: uuidv7(0), number: '1002', name: '何俊杰', active: false },
      { ...common, id: uuidv7(0), number: '1003', name: '演示', demo: true },
    ],
  });
});
afterAll(async () => {
  await db.close();
  await made.drop();
});
beforeEach(async () => {
  await db.sql.query({ text: 'TRUNCATE session, sign_in_attempt, audit' });
  clock = testClock(START);
  sessions = createSessions({ db, clock, production: false });
  parts = partsFor(false);
});

function partsFor(production: boolean): SignInParts {
  const throttle = createThrottle({ db, clock, sealing });
  return { db, sessions, throttle, audit: createAudit({ clock, sealing }), production };
}
const good = { number: '1001', password: 'correct horse', ip: '192.0.2.7' };
const bad = { ...good, password: 'wrong' };

describe('signing in', () => {
  test('with number and password gives a session that the cookie finds again', async () => {
    const { secret, person, csrfToken } = await signIn(parts, good);
    expect(person).toMatchObject({ number: '1001', name: '周晓彤', role: 'agent', teamId: null });
    expect(await sessions.find(secret)).toMatchObject({ person, csrfToken });
    expect(person).not.toHaveProperty('hash');
  });

  test.each([
    ['a wrong password', bad],
    ['an unknown number', { ...good, number: '9999' }],
    ['a person who left', { ...good, number: '1002' }],
  ])('with %s is refused in the same words, and noted', async (_, credentials) => {
    await expect(signIn(parts, credentials)).rejects.toMatchObject({ code: 'bad_credentials', details: {} });
    const [row] = await db.prisma.audit.findMany();
    expect(row).toMatchObject({ action: 'session.refuse', actorKind: 'visitor' });
    expect(JSON.stringify(row)).not.toContain(credentials.ip);
  });

  test('as a demo account is refused in production, and its session is worth nothing there', async () => {
    const demo = { ...good, number: '1003' };
    const { secret } = await signIn(parts, demo);
    await expect(signIn(partsFor(true), demo)).rejects.toMatchObject({ code: 'bad_credentials' });
    expect(await createSessions({ db, clock, production: true }).find(secret)).toBeUndefined();
  });

  test('costs as much for an unknown number as for a wrong password', async () => {
    const costOf = async (credentials: typeof bad) => {
      vi.mocked(verify).mockClear();
      await expect(signIn(parts, credentials)).rejects.toThrow('bad credentials');
      // Of each hash that was computed: the algorithm with its memory, passes and lanes.
      return vi.mocked(verify).mock.calls.map(([hash]) => String(hash).split('$').slice(1, 4));
    };
    const known = await costOf(bad);
    expect(known).toEqual([['argon2id', 'v=19', 'm=12288,t=3,p=1']]);
    expect(await costOf({ ...bad, number: '9999' })).toEqual(known);
  });
});

describe('guessing', () => {
  test('on one number is stopped after eight tries, even with the right password, until the window is over', async () => {
    for (let i = 0; i < 8; i++) await expect(signIn(parts, bad)).rejects.toThrow('bad credentials');
    clock.advance(5 * minute);
    await expect(signIn(parts, good)).rejects.toMatchObject({
      code: 'too_many_attempts',
      details: { retryAfterSeconds: 600 },
    });
    clock.advance(10 * minute + 1);
    await expect(signIn(parts, good)).resolves.toBeDefined();
  });

  test('all at once gets no more tries than one after the other', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 40 }, () => signIn(parts, bad)));
    const looked = tries.filter(
      (each) => each.status === 'rejected' && each.reason.code === 'bad_credentials',
    );
    expect(looked.length).toBeLessThanOrEqual(8);
  });

  test('over many numbers from one address is stopped too; other addresses go on', async () => {
    for (let i = 0; i < 60; i++)
      await expect(signIn(parts, { ...bad, number: `8${i}` })).rejects.toThrow('bad credentials');
    await expect(signIn(parts, good)).rejects.toMatchObject({ code: 'too_many_attempts' });
    await expect(signIn(parts, { ...good, ip: '192.0.2.8' })).resolves.toBeDefined();
  });

  test('is forgotten when the owner signs in, and knocking while held back does not prolong it', async () => {
    for (let i = 0; i < 7; i++) await signIn(parts, bad).catch(() => {});
    await signIn(parts, good);
    for (let i = 0; i < 20; i++) await signIn(parts, bad).catch(() => {});
    expect(await db.prisma.signInAttempt.count()).toBe(8);
  });
});

describe('a session', () => {
  test('ends when it is signed out, at once', async () => {
    const { secret, person, sessionId } = await signIn(parts, good);
    await sessions.find(secret);
    await signOut(parts, person.id, sessionId);
    expect(await sessions.find(secret)).toBeUndefined();
  });

  test('ends after half an hour without a request, and lives on with one', async () => {
    const { secret } = await signIn(parts, good);
    clock.advance(29 * minute);
    expect(await sessions.find(secret)).toBeDefined();
    clock.advance(29 * minute);
    expect(await sessions.find(secret)).toBeDefined();
    clock.advance(30 * minute);
    expect(await sessions.find(secret)).toBeUndefined();
  });

  test('ends after twelve hours, however busy', async () => {
    const { secret } = await signIn(parts, good);
    for (let i = 0; i < 12 * 3 - 1; i++) {
      clock.advance(20 * minute);
      expect(await sessions.find(secret)).toBeDefined();
    }
    clock.advance(20 * minute);
    expect(await sessions.find(secret)).toBeUndefined();
  });

  test('of a person who leaves ends within the seconds that it is remembered', async () => {
    const { secret, person } = await signIn(parts, good);
    await sessions.find(secret);
    await db.prisma.person.update({ where: { id: person.id }, data: { active: false } });
    clock.advance(5000);
    expect(await sessions.find(secret)).toBeUndefined();
    await db.prisma.person.update({ where: { id: person.id }, data: { active: true } });
  });

  test('is no longer what a live stream was opened with once its person has another role or team', async () => {
    const { secret, person } = await signIn(parts, good);
    const alive = (await sessions.find(secret))?.alive;
    expect(await alive?.()).toBe(true);
    const { role } = await db.prisma.person.findUniqueOrThrow({ where: { id: person.id } });
    await db.prisma.person.update({ where: { id: person.id }, data: { role: 'analyst' } });
    expect(await alive?.()).toBe(false);
    await db.prisma.person.update({ where: { id: person.id }, data: { role } });
    expect(await alive?.()).toBe(true);
  });

  test('is not opened by what lies in the database, nor by anything that we never gave out', async () => {
    const { sessionId } = await signIn(parts, good);
    const stolen = [
      sessionId,
      Buffer.from(sessionId, 'hex').toString('base64url'),
      '',
      'x'.repeat(43),
      '%00',
    ];
    for (const secret of stolen) expect(await sessions.find(secret)).toBeUndefined();
  });

  test('costs no query for each request, and at most one write a minute', async () => {
    const { secret } = await signIn(parts, good);
    let queries = 0;
    const query = ((statement: never) => {
      queries++;
      return db.sql.query(statement);
    }) as Database['sql']['query'];
    const counted = createSessions({ db: { ...db, sql: { query } }, clock, production: false });
    await Promise.all(Array.from({ length: 50 }, () => counted.find(secret)));
    expect(queries).toBe(1);
    clock.advance(minute);
    for (let i = 0; i < 50; i++) await counted.find(secret);
    expect(queries).toBe(3);
  });
});
