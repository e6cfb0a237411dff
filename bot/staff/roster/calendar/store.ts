import { createHash, randomBytes } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { Sql } from '../../../../prisma/client.ts';
import type { Person } from '../../../people/person.ts';
import { PERSON_COLUMNS, PERSON_FROM } from '../../../people/person.ts';
import { startOf } from '../dates.ts';
import { selectShifts } from '../store.ts';
import type { PlannedShift } from '../types.ts';
import { entriesFor } from '../views.ts';
import type { Feed } from './feed.ts';

const DAYS_BACK = 31;
const DAYS_AHEAD = 180;

const hashOf = (secret: string) => createHash('sha256').update(secret).digest();

/** Gives a colleague a new secret address; the one before stops working. @returns the secret, which is kept nowhere */
export async function resetFeed(sql: Sql, personId: string, now: number): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  await sql.query({
    text: `INSERT INTO roster_feed (person_id, secret_hash, created_at) VALUES ($1, $2, $3)
      ON CONFLICT (person_id) DO UPDATE SET secret_hash = excluded.secret_hash, created_at = excluded.created_at`,
    values: [personId, hashOf(secret), new Date(now)],
  });
  return secret;
}

export async function closeFeed(sql: Sql, personId: string): Promise<void> {
  await sql.query({ text: 'DELETE FROM roster_feed WHERE person_id = $1', values: [personId] });
}

/** When the address in force was made, epoch ms; undefined: there is none. */
export async function feedSince(sql: Sql, personId: string): Promise<number | undefined> {
  const { rows } = await sql.query<{ at: Date }>({
    text: 'SELECT created_at AS at FROM roster_feed WHERE person_id = $1',
    values: [personId],
  });
  return rows[0]?.at.getTime();
}

/** Whose address this is; nobody's once they have left. */
export async function personOfFeed(
  sql: Sql,
  secret: string,
): Promise<(Person & { version: number }) | undefined> {
  const { rows } = await sql.query<Person & { version: number } & Record<string, unknown>>({
    text: `SELECT ${PERSON_COLUMNS}, coalesce(r.version, 0) AS version
      FROM ${PERSON_FROM} JOIN roster_feed f ON f.person_id = p.id
      LEFT JOIN roster_person r ON r.person_id = p.id WHERE f.secret_hash = $1 AND p.active`,
    values: [hashOf(secret)],
  });
  return rows[0];
}

/** What stands in a colleague's calendar: the last month and the next half year. */
export async function loadFeed(
  sql: Sql,
  personId: string,
  timeZone: string,
  now: number,
): Promise<Pick<Feed, 'entries' | 'cancelled'>> {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const [from, to] = [today.subtract({ days: DAYS_BACK }), today.add({ days: DAYS_AHEAD })];
  const entries = await entriesFor(sql, { from: `${from}`, to: `${to}` }, [personId], timeZone);
  const cancelled: PlannedShift[] = await selectShifts(
    sql,
    's.cancelled_at IS NOT NULL AND s.person_id = $1 AND s.starts_at >= $2 AND s.starts_at < $3',
    [personId, new Date(startOf(from, timeZone)), new Date(startOf(to, timeZone))],
  );
  return { entries, cancelled };
}
