import { seedDemo } from '../../prisma/seed/demo.ts';
import { DEMO_PEOPLE, demoPassword } from '../../prisma/seed/people.ts';
import type { Config } from '../config.ts';
import { hashPassword } from '../people/password.ts';
import { defaultPolicy } from '../policy/default.ts';
import type { Parts } from './parts.ts';

export interface Login {
  number: string;
  password: string;
  role: string;
  team: string | null;
}

export type HashPassword = typeof hashPassword;

const isWished = ({ seed, production }: Config) => (seed ?? (production ? 'none' : 'demo')) === 'demo';

/** Hashes the demo accounts' passwords while a new database is migrated: later the start would wait for it. */
export function hashAhead(config: Config): HashPassword {
  if (!isWished(config)) return hashPassword;
  const passwords = DEMO_PEOPLE.map(({ number }) => demoPassword(number));
  const hashes = new Map(passwords.map((password) => [password, hashPassword(password)]));
  for (const hash of hashes.values()) hash.catch(() => {});
  return (password) => hashes.get(password) ?? hashPassword(password);
}

/** Fills an empty database with the demo centre, if it is wished for. */
export async function seed(
  { config, clock, db, log }: Parts,
  hash: HashPassword = hashPassword,
): Promise<void> {
  if (!isWished(config)) return;
  const options = {
    now: clock.now(),
    production: config.production,
    hashPassword: hash,
    // Parsed when it is needed: a tenth of a second that a later start doesn't spend.
    get policy() {
      return defaultPolicy();
    },
  };
  if (await seedDemo(db, options)) log.info({}, 'Filled the empty database with the demo centre');
}

/** The demo accounts, whose passwords are no secret; in production there are none. */
export async function demoLogins({ config, db }: Parts): Promise<Login[]> {
  if (config.production) return [];
  const { rows } = await db.sql.query<{ number: string; role: string; team: string | null }>({
    text: `SELECT p.number, p.role, t.name AS team FROM person p LEFT JOIN team t ON t.id = p.team_id
           WHERE p.demo AND p.active ORDER BY p.number`,
  });
  return rows.map(({ number, role, team }) => ({ number, password: `demo-${number}`, role, team }));
}
