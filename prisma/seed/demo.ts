import { randomBytes } from 'node:crypto';
import { type Database, type Sql, type Unit, uuidv7 } from '../client.ts';
import { type SeedEntry, seedEntries } from './entries.ts';
import { DEMO_PEOPLE, DEMO_TEAMS, type DemoTeamKey, demoPassword } from './people.ts';
import { defaultRosterSettings, extendRoster, type RosterSettings } from './roster.ts';

export { type DemoLogin, demoLogins } from './people.ts';
export { extendRoster, type RosterSettings } from './roster.ts';

export interface SeedOptions {
  /** Epoch ms. */
  now: number;
  production: boolean;
  /** The centre's policy as text, with the hash that names its version; it is in force from `now`. */
  policy?: { content: string; hash: string };
  /** How passwords are hashed: the caller's business, not the data's. */
  hashPassword(password: string): Promise<string>;
  roster?: RosterSettings;
}

/** Departments 部门 that answer for entries, by the names that the entries use. */
const DEPARTMENTS: Readonly<Record<string, string>> = {
  market: '市场部',
  internet: '互联网部',
  service: '客户服务部',
  security: '信息安全部',
  enterprise: '政企部',
  network: '网络部',
};

/**
 * Fills an empty database with the demo centre 晨星通信, in one transaction. Of several processes that start at once
 * one does it.
 * @returns false when there are people already: nothing is touched then
 * @throws Error in production
 */
export async function seedDemo(db: Database, options: SeedOptions): Promise<boolean> {
  if (options.production)
    throw new Error('the demo centre, whose passwords everybody knows, stays out of production');
  if (await hasPeople(db.sql)) return false;
  const hashes = await hashAll(options.hashPassword);
  return db.transaction(async (unit) => {
    await unit.sql.query({ text: `SELECT pg_advisory_xact_lock(hashtext('yingda demo seed'))` });
    if (await hasPeople(unit.sql)) return false;
    const createdAt = new Date(options.now);
    await addPeople(unit, hashes, options.now);
    await addEntries(unit, seedEntries(), options.now);
    await addChannels(unit, createdAt);
    if (options.policy) await addPolicy(unit, options.policy, options.now);
    await extendRoster(unit.sql, options.now, options.roster ?? defaultRosterSettings);
    return true;
  });
}

async function hasPeople(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query<{ some: boolean }>({ text: 'SELECT EXISTS (SELECT FROM person) AS some' });
  return rows[0]?.some === true;
}

/** All at once: hashing runs beside the event loop, on as many cores as there are. */
async function hashAll(hashPassword: SeedOptions['hashPassword']): Promise<Map<string, string>> {
  const pairs = DEMO_PEOPLE.map(
    async ({ number }) => [number, await hashPassword(demoPassword(number))] as const,
  );
  return new Map(await Promise.all(pairs));
}

async function addPeople({ prisma }: Unit, hashes: Map<string, string>, now: number): Promise<void> {
  const createdAt = new Date(now);
  const ids = new Map<DemoTeamKey, string>(DEMO_TEAMS.map(({ key }) => [key, uuidv7(now)]));
  await prisma.team.createMany({
    data: DEMO_TEAMS.map(({ key, name, jobType }) => ({ id: ids.get(key) ?? '', name, jobType, createdAt })),
  });
  await prisma.person.createMany({
    data: DEMO_PEOPLE.map(({ number, name, role, team, jobType, grade }) => ({
      ...{ id: uuidv7(now), number, name, role, jobType, grade, createdAt, demo: true },
      ...{ teamId: ids.get(team) ?? null, passwordHash: hashes.get(number) ?? '' },
    })),
  });
  await prisma.department.createMany({
    data: Object.entries(DEPARTMENTS).map(([id, name]) => ({ id, name })),
  });
}

async function addEntries({ prisma }: Unit, entries: SeedEntry[], now: number): Promise<void> {
  const at = new Date(now);
  const dated = entries.map(({ validFrom, validTo, ...entry }) => ({
    ...entry,
    validFrom: new Date(validFrom),
    validTo: validTo ? new Date(validTo) : null,
  }));
  await prisma.entry.createMany({ data: dated.map((entry) => ({ ...entry, createdAt: at, updatedAt: at })) });
  await prisma.revision.createMany({
    data: dated.map(({ id, title, questions, body, sms, validFrom, validTo }) => ({
      ...{ id: uuidv7(now), entryId: id, number: 1, createdAt: at },
      ...{ title, questions, body, sms, validFrom, validTo },
    })),
  });
}

/** The chat on the operator's site, and the colleagues' own. */
async function addChannels({ prisma }: Unit, createdAt: Date): Promise<void> {
  const settings = () => ({ origins: [], secret: randomBytes(32).toString('base64url'), locale: 'zh-CN' });
  const greeting = '您好，这里是晨星通信客户服务，我是智能助手小星。请问有什么可以帮您？';
  const staffGreeting =
    '您好，我是内部助手。请假等事项直接写给我就行，例如「我后天想请一天事假，家里有事」。';
  const common = { channel: 'webchat', createdAt };
  await prisma.channelAccount.createMany({
    data: [
      {
        ...{ ...common, id: 'webchat:demo', name: '晨星通信', audience: 'customer' },
        settings: { ...settings(), site: 'demo', greeting },
      },
      {
        ...{ ...common, id: 'webchat:staff', name: '应答·内部助手', audience: 'staff' },
        settings: { ...settings(), site: 'staff', greeting: staffGreeting },
      },
    ],
  });
}

async function addPolicy(
  { prisma }: Unit,
  policy: { content: string; hash: string },
  now: number,
): Promise<void> {
  const at = new Date(now);
  const { content, hash } = policy;
  await prisma.policyVersion.create({
    data: { id: uuidv7(now), content, hash, createdAt: at, activatedAt: at },
  });
}
