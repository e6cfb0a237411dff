import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashPassword, passwordMatches } from '../../bot/people/password.ts';
import { ROLES } from '../../bot/people/permissions.ts';
import { defaultPolicy } from '../../bot/policy/default.ts';
import { loadPolicy } from '../../bot/policy/load.ts';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database.ts';
import { type Database, openDatabase } from '../client.ts';
import { demoLogins, extendRoster, seedDemo } from './demo.ts';
import { seedEntries } from './entries.ts';
import { DEMO_PEOPLE } from './people.ts';
import { shiftOn } from './roster.ts';

const now = Date.parse('2026-06-10T10:00+08:00');
const policy = defaultPolicy();
const options = { now, production: false, policy, hashPassword };
let made: TestDatabase;
let db: Database;
let seeded: boolean[];

beforeAll(async () => {
  made = await createTestDatabase();
  db = openDatabase({ url: made.url, onError() {} });
  // Three processes that start on one empty database at once.
  seeded = await Promise.all([seedDemo(db, options), seedDemo(db, options), seedDemo(db, options)]);
});
afterAll(async () => {
  await db.close();
  await made.drop();
});

test('of several processes that start at once, one fills the database, and it does so once', async () => {
  expect(seeded.sort()).toEqual([false, false, true]);
  expect(await seedDemo(db, options)).toBe(false);
  expect(await db.prisma.person.count()).toBe(DEMO_PEOPLE.length);
});

test('production refuses it', async () => {
  await expect(seedDemo(db, { ...options, production: true })).rejects.toThrow('stays out of production');
});

describe('the people', () => {
  test('hold every role of the rule book', async () => {
    const roles = new Set((await db.prisma.person.findMany()).map(({ role }) => role));
    expect([...roles].sort()).toEqual([...ROLES].sort());
  });
  test('are the ones whom the README names, with the passwords that it prints', async () => {
    const numbers = ['1001', '1002', '1003', '1004', '2001', '2002', '3001', '4001', '5001'];
    const logins = demoLogins();
    for (const number of numbers) {
      const person = await db.prisma.person.findUniqueOrThrow({ where: { number }, include: { team: true } });
      const login = logins.find((each) => each.number === number);
      expect(login).toEqual({
        number,
        password: `demo-${number}`,
        role: person.role,
        team: person.team?.name,
      });
      expect(person.demo).toBe(true);
      expect(await passwordMatches(person.passwordHash, `demo-${number}`)).toBe(true);
    }
  });
  test('1001 and 1003 are of one team, 1002 and 1004 of the other, each with its shift leader', async () => {
    const teamOf = async (number: string) =>
      (await db.prisma.person.findUniqueOrThrow({ where: { number } })).teamId;
    const [a, b] = [await teamOf('1001'), await teamOf('1002')];
    expect(a).not.toBe(b);
    expect([await teamOf('1003'), await teamOf('2001')]).toEqual([a, a]);
    expect([await teamOf('1004'), await teamOf('2002')]).toEqual([b, b]);
  });
  test('include the deputies whom the policy names', async () => {
    const numbers = DEMO_PEOPLE.map(({ number }) => number);
    for (const deputy of Object.values(policy.policy.people.deputies).flat())
      expect(numbers).toContain(deputy);
  });
});

describe('the roster', () => {
  const of = (number: string) =>
    db.prisma.shift.findMany({ where: { person: { number } }, orderBy: { startsAt: 'asc' } });

  test('covers fourteen days from the day of seeding', async () => {
    const { _min, _max } = await db.prisma.shift.aggregate({
      _min: { businessDate: true },
      _max: { businessDate: true },
    });
    expect(_min.businessDate).toEqual(new Date('2026-06-10'));
    expect(_max.businessDate).toEqual(new Date('2026-06-23'));
  });

  test('gives agent 1001 a day shift on 12 June and a day off in the week after', async () => {
    const shifts = await of('1001');
    const friday = shifts.filter(({ businessDate }) => businessDate.getTime() === Date.parse('2026-06-12'));
    expect(friday).toMatchObject([
      {
        name: '早班',
        night: false,
        startsAt: new Date('2026-06-12T00:00Z'),
        endsAt: new Date('2026-06-12T08:00Z'),
      },
    ]);
    const dates = new Set(shifts.map(({ businessDate }) => businessDate.toISOString().slice(0, 10)));
    expect(dates.has('2026-06-16')).toBe(false);
  });

  test('staffs the hotline at every hour of every day', async () => {
    const shifts = await db.prisma.shift.findMany({ where: { person: { role: 'agent' } } });
    for (
      let at = Date.parse('2026-06-10T00:00+08:00');
      at < Date.parse('2026-06-24T00:00+08:00');
      at += 3_600_000
    ) {
      const on = shifts.filter(({ startsAt, endsAt }) => startsAt.getTime() <= at && at < endsAt.getTime());
      expect(on.length, new Date(at).toISOString()).toBeGreaterThanOrEqual(2);
    }
  });

  test('lets nobody work two shifts back to back, and gives everybody days off', async () => {
    for (const { number } of DEMO_PEOPLE) {
      const shifts = await of(number);
      expect(shifts.length).toBeGreaterThan(7);
      expect(shifts.length).toBeLessThan(12);
      shifts.slice(1).forEach((shift, i) => {
        const rest = shift.startsAt.getTime() - (shifts[i]?.endsAt.getTime() ?? 0);
        expect(rest / 3_600_000, number).toBeGreaterThanOrEqual(15);
      });
    }
  });

  test('has night shifts that start just after midnight, on their own business date', async () => {
    const nights = await db.prisma.shift.findMany({ where: { night: true } });
    expect(nights.length).toBeGreaterThan(20);
    for (const { startsAt, businessDate } of nights)
      expect(startsAt.getTime()).toBe(businessDate.getTime() - 8 * 3_600_000);
  });

  test('grows by one day each day, keeps what people changed, and doesn’t mind being asked twice', async () => {
    const tomorrow = now + 86_400_000;
    const [moved] = await of('1002');
    await db.prisma.shift.delete({ where: { id: moved?.id ?? '' } });
    const added = await extendRoster(db.sql, tomorrow);
    expect(added).toBe(
      DEMO_PEOPLE.filter((each) => shiftOn(each, Temporal.PlainDate.from('2026-06-24'))).length,
    );
    expect(await extendRoster(db.sql, tomorrow)).toBe(0);
    expect((await of('1002')).some(({ startsAt }) => startsAt.getTime() === moved?.startsAt.getTime())).toBe(
      false,
    );
  });
});

describe('the knowledge', () => {
  test('is every entry of the files, published, with its first revision', async () => {
    const entries = await db.prisma.entry.findMany({ include: { revisions: true } });
    const files = seedEntries();
    expect(entries).toHaveLength(files.length);
    expect(files.filter(({ language }) => language === 'zh')).toHaveLength(160);
    const [first] = files;
    const stored = entries.find(({ id }) => id === first?.id);
    expect(stored).toMatchObject({
      title: first?.title,
      questions: first?.questions,
      body: first?.body,
      state: 'published',
    });
    for (const { revisions, title, body, revision } of entries)
      expect([revision, revisions]).toMatchObject([1, [{ number: 1, title, body }]]);
  });
  test('belongs to departments that exist', async () => {
    const names = new Set((await db.prisma.department.findMany()).map(({ name }) => name));
    for (const { department, id } of await db.prisma.entry.findMany())
      expect(names, id).toContain(department);
  });
});

test('the site and the staff chat have accounts with secrets of their own', async () => {
  const accounts = await db.prisma.channelAccount.findMany({ orderBy: { id: 'asc' } });
  expect(accounts.map(({ id, audience }) => [id, audience])).toEqual([
    ['webchat:demo', 'customer'],
    ['webchat:staff', 'staff'],
  ]);
  const secrets = accounts.map(({ settings }) => (settings as { secret: string }).secret);
  expect(new Set(secrets).size).toBe(2);
  for (const secret of secrets) expect(secret.length).toBeGreaterThanOrEqual(32);
});

test('the policy is in force from the first moment', async () => {
  const [version] = await db.prisma.policyVersion.findMany();
  expect(version).toMatchObject({ hash: policy.hash, content: policy.content, activatedAt: new Date(now) });
});

test('what the entries say of the hours of the desk is what the policy does', () => {
  const { hours } = loadPolicy(policy.content).policy.desk;
  expect(hours).toBe('always');
  for (const id of ['zh-c-012', 'en-018']) {
    const { body, sms } = seedEntries().find((entry) => entry.id === id) ?? { body: '', sms: '' };
    for (const text of [body, sms]) {
      expect(text).toMatch(/24 ?(小时|hours)/);
      expect(text).not.toMatch(/\d{1,2}:\d{2}/);
    }
  }
});
