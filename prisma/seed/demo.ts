import { randomBytes } from 'node:crypto';
import { type Database, type Sql, type Unit, uuidv7 } from '../client.ts';
import { type SeedEntry, seedEntries } from './entries.ts';
import { insertAll } from './insert.ts';
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

/** The moment of seeding, as ids and as columns want it. */
type Moment = { now: number; iso: string };

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
  const hashing = hashAll(options.hashPassword);
  const entries = seedEntries();
  const hashes = await hashing;
  return db.transaction(async (unit) => {
    await unit.sql.query({ text: `SELECT pg_advisory_xact_lock(hashtext('yingda demo seed'))` });
    if (await hasPeople(unit.sql)) return false;
    const at = { now: options.now, iso: new Date(options.now).toISOString() };
    await addPeople(unit, hashes, at);
    await addEntries(unit, entries, at);
    await addChannels(unit, at);
    if (options.policy) await addPolicy(unit, options.policy, at);
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

/** Colleagues who agreed to be called in when there is a surge. */
const CALLED_IN = ['1003', '1007', '1008', '1010'];

async function addPeople({ sql }: Unit, hashes: Map<string, string>, at: Moment): Promise<void> {
  const ids = new Map<DemoTeamKey, string>(DEMO_TEAMS.map(({ key }) => [key, uuidv7(at.now)]));
  await insertAll(
    sql,
    'team',
    DEMO_TEAMS.map(({ key, name, jobType }) => ({
      ...{ id: ids.get(key), name, job_type: jobType, created_at: at.iso },
    })),
  );
  const people = DEMO_PEOPLE.map(({ number, name, role, team, jobType, grade }) => ({
    ...{ id: uuidv7(at.now), number, name, role, job_type: jobType, grade, demo: true, active: true },
    ...{ team_id: ids.get(team), password_hash: hashes.get(number), created_at: at.iso },
  }));
  await insertAll(sql, 'person', people);
  const called = people.filter(({ number }) => CALLED_IN.includes(number));
  await insertAll(
    sql,
    'surge_consent',
    called.map(({ id }) => ({ person_id: id, agreed: true, changed_at: at.iso })),
  );
  await insertAll(
    sql,
    'department',
    Object.entries(DEPARTMENTS).map(([id, name]) => ({ id, name })),
  );
}

async function addEntries({ sql }: Unit, entries: SeedEntry[], at: Moment): Promise<void> {
  const rows = entries.map(({ id, language, catalogue, department, action, ...wording }) => {
    const { title, questions, body, sms, validFrom, validTo } = wording;
    const revision = { title, questions, body, sms, valid_from: validFrom, valid_to: validTo };
    const place = { id, language, catalogue, department, action };
    return { revision, entry: { ...place, ...revision, created_at: at.iso, updated_at: at.iso } };
  });
  await insertAll(
    sql,
    'entry',
    rows.map(({ entry }) => entry),
  );
  await insertAll(
    sql,
    'revision',
    rows.map(({ entry, revision }) => ({
      ...{ id: uuidv7(at.now), entry_id: entry.id, number: 1, ...revision, created_at: at.iso },
    })),
  );
}

/** The chat on the operator's site, and the colleagues' own. */
async function addChannels({ sql }: Unit, at: Moment): Promise<void> {
  const account = (site: string, audience: string, name: string, greeting: string) => ({
    ...{ id: `webchat:${site}`, channel: 'webchat', name, audience, created_at: at.iso },
    settings: { site, origins: [], locale: 'zh-CN', greeting, secret: randomBytes(32).toString('base64url') },
  });
  const hello = '您好，这里是晨星通信客户服务，我是智能助手小星。请问有什么可以帮您？';
  const staffHello = '您好，我是内部助手。请假等事项直接写给我就行，例如「我后天想请一天事假，家里有事」。';
  await insertAll(sql, 'channel_account', [
    account('demo', 'customer', '晨星通信', hello),
    account('staff', 'staff', '应答·内部助手', staffHello),
  ]);
}

async function addPolicy(
  { sql }: Unit,
  policy: { content: string; hash: string },
  at: Moment,
): Promise<void> {
  const { content, hash } = policy;
  await insertAll(sql, 'policy_version', [
    { id: uuidv7(at.now), content, hash, created_at: at.iso, activated_at: at.iso },
  ]);
}
