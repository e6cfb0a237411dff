import { seedDemo } from '../../prisma/seed/demo.ts';
import { hashPassword } from '../people/password.ts';
import { defaultPolicy } from '../policy/default.ts';
import type { Parts } from './parts.ts';

export interface Login {
  number: string;
  password: string;
  role: string;
  team: string | null;
}

/** Fills an empty database with the demo centre, if it is wished for. */
export async function seed({ config, clock, db, log }: Parts): Promise<void> {
  const wished = config.seed ?? (config.production ? 'none' : 'demo');
  if (wished === 'none') return;
  const options = {
    now: clock.now(),
    production: config.production,
    hashPassword,
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
