import { createHash, randomBytes } from 'node:crypto';
import type { Database, Sql, Unit } from '../../prisma/client.ts';
import type { Clock } from '../clock.ts';
import { PERSON_COLUMNS, PERSON_FROM, type Person } from './person.ts';

/** Who is signed in 登录 with this browser. */
export interface SignedIn {
  person: Person;
  /** What unsafe methods must send as `x-csrf-token`. */
  csrfToken: string;
  /** sha256 of the cookie, hex: names the session, opens nothing. */
  sessionId: string;
  /**
   * Asks the database whether the session still lives and its person still has this role and team; unlike a request,
   * it does not keep it alive.
   */
  alive(): Promise<boolean>;
}

export interface SessionSettings {
  /** Without a request for this long, the session is over. */
  idleMinutes: number;
  /** However busy, the session is over after this long. */
  absoluteHours: number;
  /** For this long a session is believed without asking the database; so long may a revoked one live on elsewhere. */
  cacheSeconds: number;
}

export const defaultSessionSettings: SessionSettings = {
  idleMinutes: 30,
  absoluteHours: 12,
  cacheSeconds: 5,
};

export interface Sessions {
  /** Opens a session in the caller's transaction; `secret` is the cookie's value, known to nobody else. */
  open(sql: Sql, personId: string): Promise<{ secret: string; csrfToken: string; sessionId: string }>;
  /** Whose session the cookie is; undefined when it is unknown, idle too long, too old, or the person left. */
  find(secret: string): Promise<SignedIn | undefined>;
  /** Ends the session: here at once, in other processes within `cacheSeconds`. */
  close(unit: Unit, sessionId: string): Promise<void>;
}

interface Known {
  checkedAt: number;
  found: Promise<SignedIn | undefined>;
}

const CACHED = 10_000;

interface Parts {
  db: Database;
  clock: Clock;
  production: boolean;
}

export function createSessions(parts: Parts, settings: SessionSettings = defaultSessionSettings): Sessions {
  const { clock } = parts;
  const known = new Map<string, Known>();
  return {
    async open(sql, personId) {
      const secret = randomBytes(32).toString('base64url');
      const csrfToken = randomBytes(32).toString('base64url');
      const id = hashOf(secret);
      await sql.query({
        text: `INSERT INTO session (id, person_id, csrf_token, created_at, last_seen_at) VALUES ($1, $2, $3, $4, $4)`,
        values: [id, personId, csrfToken, new Date(clock.now())],
      });
      return { secret, csrfToken, sessionId: id.toString('hex') };
    },
    find(secret) {
      // Anything that isn't 32 bytes was never ours: it costs no query.
      if (!/^[\w-]{43}$/.test(secret)) return Promise.resolve(undefined);
      const id = hashOf(secret);
      const key = id.toString('hex');
      const now = clock.now();
      const cached = known.get(key);
      if (cached && Math.abs(now - cached.checkedAt) < settings.cacheSeconds * 1000) return cached.found;
      const found = load(parts, id, settings);
      remember(known, key, { checkedAt: now, found });
      return found;
    },
    async close({ sql, afterCommit }, sessionId) {
      await sql.query({
        text: 'DELETE FROM session WHERE id = $1',
        values: [Buffer.from(sessionId, 'hex')],
      });
      // Not before: a request in between would find the session still there and keep it.
      afterCommit(() => known.delete(sessionId));
    },
  };
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest();

/** Requests of one session that come together share one look-up; what found nobody is not kept. */
function remember(known: Map<string, Known>, key: string, entry: Known): void {
  known.delete(key);
  if (known.size >= CACHED) known.delete(known.keys().next().value ?? '');
  known.set(key, entry);
  const forget = () => {
    if (known.get(key) === entry) known.delete(key);
  };
  entry.found.then((found) => found ?? forget(), forget);
}

interface At {
  now: number;
  production: boolean;
  settings: SessionSettings;
}

interface SessionRow extends Person {
  csrfToken: string;
  lastSeenAt: Date;
}

async function read(
  sql: Sql,
  id: Buffer,
  { now, production, settings }: At,
): Promise<SessionRow | undefined> {
  const { rows } = await sql.query<SessionRow & Record<string, unknown>>({
    name: 'session_find',
    text: `SELECT ${PERSON_COLUMNS}, s.csrf_token AS "csrfToken", s.last_seen_at AS "lastSeenAt"
      FROM ${PERSON_FROM} JOIN session s ON s.person_id = p.id
      WHERE s.id = $1 AND p.active AND NOT (p.demo AND $2) AND s.last_seen_at > $3 AND s.created_at > $4`,
    values: [
      id,
      production,
      new Date(now - settings.idleMinutes * 60_000),
      new Date(now - settings.absoluteHours * 3_600_000),
    ],
  });
  return rows[0];
}

async function load({ db, clock, production }: Parts, id: Buffer, settings: SessionSettings) {
  const at = () => ({ now: clock.now(), production, settings });
  const { now } = at();
  const row = await read(db.sql, id, at());
  if (!row) return undefined;
  const { csrfToken, lastSeenAt, ...person } = row;
  // Once a minute is exact enough for an idle time of many, and spares a write per request.
  if (Math.abs(now - lastSeenAt.getTime()) >= 60_000)
    await db.sql.query({
      name: 'session_seen',
      text: 'UPDATE session SET last_seen_at = $2 WHERE id = $1',
      values: [id, new Date(now)],
    });
  const alive = async () => {
    const still = await read(db.sql, id, at());
    return still !== undefined && still.role === person.role && still.teamId === person.teamId;
  };
  return { person, csrfToken, sessionId: id.toString('hex'), alive };
}

/** Deletes the sessions that are over. */
export async function tidySessions(
  sql: Sql,
  now: number,
  { idleMinutes, absoluteHours } = defaultSessionSettings,
): Promise<void> {
  await sql.query({
    text: 'DELETE FROM session WHERE last_seen_at <= $1 OR created_at <= $2',
    values: [new Date(now - idleMinutes * 60_000), new Date(now - absoluteHours * 3_600_000)],
  });
}
