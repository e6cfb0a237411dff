import { type Database, uuidv7 } from '../../prisma/client.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Sealing } from './sealing.ts';

export interface ThrottleSettings {
  windowMinutes: number;
  /** Attempts on one number in the window, those under way included; a success forgets them. */
  perNumber: number;
  /** Failures from one address: many colleagues sit behind one. */
  perAddress: number;
}

export const defaultThrottle: ThrottleSettings = { windowMinutes: 15, perNumber: 8, perAddress: 60 };

/** An attempt that was let through; exactly one of the two ends it. */
export interface Attempt {
  failed(): Promise<void>;
  succeeded(): Promise<void>;
}

/** Holds back guessing of passwords, over all processes: the count lies in the database. */
export interface Throttle {
  /** Throws `too_many_attempts` with `details.retryAfterSeconds` when this number or address must wait. */
  begin(number: string, ip: string): Promise<Attempt>;
}

// Clocks of several processes differ a little; a demo's clock that was set back must not lock people out.
const SKEW = 60_000;

export function createThrottle(
  { db, clock, sealing }: { db: Database; clock: Clock; sealing: Sealing },
  settings: ThrottleSettings = defaultThrottle,
): Throttle {
  const windowMs = settings.windowMinutes * 60_000;
  return {
    async begin(number, ip) {
      const now = clock.now();
      const keys = [
        sealing.lookupKey('sign-in', `number:${number}`),
        sealing.lookupKey('sign-in', `ip:${ip}`),
      ];
      const id = uuidv7(now);
      await note(db, id, keys, now, windowMs);
      const wait = await waitFor(db, keys, { now, windowMs, ...settings });
      if (wait !== undefined) {
        // Not counted: whoever keeps knocking would otherwise lock the owner out for ever.
        await db.sql.query({ text: 'DELETE FROM sign_in_attempt WHERE id = $1', values: [id] });
        throw new AppError('too_many_attempts', undefined, { retryAfterSeconds: Math.ceil(wait / 1000) });
      }
      return {
        failed: async () => {
          await db.sql.query({
            text: 'UPDATE sign_in_attempt SET failed = true WHERE id = $1',
            values: [id],
          });
        },
        succeeded: async () => {
          await db.sql.query({
            text: 'DELETE FROM sign_in_attempt WHERE number_key = $1',
            values: [keys[0]],
          });
        },
      };
    },
  };
}

/** Written before it is counted, so that a hundred attempts at once count each other. Old ones go. */
async function note(db: Database, id: string, keys: Buffer[], now: number, windowMs: number): Promise<void> {
  await db.sql.query({
    text: `WITH old AS (DELETE FROM sign_in_attempt WHERE created_at < $5)
      INSERT INTO sign_in_attempt (id, number_key, ip_key, created_at) VALUES ($1, $2, $3, $4)`,
    values: [id, ...keys, new Date(now), new Date(now - windowMs)],
  });
}

/** Milliseconds until the oldest attempt that stands in the way leaves the window. */
async function waitFor(
  db: Database,
  keys: Buffer[],
  limits: ThrottleSettings & { now: number; windowMs: number },
): Promise<number | undefined> {
  const { now, windowMs } = limits;
  const { rows } = await db.sql.query<{ at: Date }>({
    text: `(SELECT created_at AS at FROM sign_in_attempt
        WHERE number_key = $1 AND created_at BETWEEN $3 AND $4 ORDER BY created_at DESC OFFSET $5 LIMIT 1)
      UNION ALL
      (SELECT created_at FROM sign_in_attempt
        WHERE ip_key = $2 AND failed AND created_at BETWEEN $3 AND $4 ORDER BY created_at DESC OFFSET $6 LIMIT 1)`,
    // Own attempt is among those of the number: `perNumber` may stand, one more may not.
    values: [
      ...keys,
      new Date(now - windowMs),
      new Date(now + SKEW),
      limits.perNumber,
      limits.perAddress - 1,
    ],
  });
  if (rows.length === 0) return undefined;
  return Math.max(1000, ...rows.map(({ at }) => at.getTime() + windowMs - now));
}
