import type { Database, Unit } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';
import type { Audit } from './audit.ts';
import { passwordMatches } from './password.ts';
import { PERSON_COLUMNS, PERSON_FROM, type Person } from './person.ts';
import type { Sessions, SignedIn } from './sessions.ts';
import type { Throttle } from './throttle.ts';

export interface SignInParts {
  db: Database;
  sessions: Sessions;
  throttle: Throttle;
  audit: Audit;
  /** Told in the same transaction: the desk sets the person offline if that was the last session. */
  onSignedOut?(unit: Unit, personId: string): Promise<unknown>;
  /** In production a demo account, whose password is printed in the README, opens nothing. */
  production: boolean;
}

export interface Credentials {
  number: string;
  password: string;
  ip: string;
}

/**
 * Signs a person in by number and password.
 * @throws AppError `bad_credentials`, the same for an unknown number, a wrong password and a person who left;
 *   `too_many_attempts` with `details.retryAfterSeconds`
 */
export async function signIn(
  { db, sessions, throttle, audit, production }: SignInParts,
  { number, password, ip }: Credentials,
): Promise<Omit<SignedIn, 'alive'> & { secret: string }> {
  const attempt = await throttle.begin(number, ip);
  const { hash, person } = await personByNumber(db, number, production);
  if (!(await passwordMatches(hash, password)) || !person) {
    await attempt.failed();
    await audit(db, {
      actor: { kind: 'visitor' },
      action: 'session.refuse',
      object: 'person',
      objectId: person?.id,
      secrets: { number, ip },
    });
    throw new AppError('bad_credentials');
  }
  const opened = await db.transaction(async (unit) => {
    const session = await sessions.open(unit.sql, person.id);
    await audit(unit, {
      actor: { kind: 'person', id: person.id },
      action: 'session.open',
      object: 'person',
      objectId: person.id,
      secrets: { ip },
    });
    return session;
  });
  await attempt.succeeded();
  return { person, ...opened };
}

async function personByNumber(db: Database, number: string, production: boolean) {
  const { rows } = await db.sql.query<Person & { hash: string }>({
    text: `SELECT ${PERSON_COLUMNS}, p.password_hash AS hash FROM ${PERSON_FROM}
      WHERE p.number = $1 AND p.active AND NOT (p.demo AND $2)`,
    values: [number, production],
  });
  if (!rows[0]) return { hash: undefined, person: undefined };
  const { hash, ...person } = rows[0];
  return { hash, person: person as Person };
}

/** Ends the session and says so in the audit record. */
export async function signOut(
  { db, sessions, audit, onSignedOut }: Omit<SignInParts, 'throttle' | 'production'>,
  personId: string,
  sessionId: string,
): Promise<void> {
  await db.transaction(async (unit) => {
    await sessions.close(unit, sessionId);
    const actor = { kind: 'person', id: personId } as const;
    await audit(unit, { actor, action: 'session.close', object: 'person', objectId: personId });
    await onSignedOut?.(unit, personId);
  });
}
