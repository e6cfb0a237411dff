import { type Database, hot, type Unit, uuidv7 } from '../../prisma/client.ts';

/** 示忙示闲: ready for customers, at work but not ready, not there. */
export const PRESENCES = ['available', 'away', 'offline'] as const;
export type Presence = (typeof PRESENCES)[number];

/** Of the `desk` stream: `{ type: 'presence', data: PresenceChange }`. */
export interface PresenceChange {
  personId: string;
  status: Presence;
  /** Epoch milliseconds. */
  changedAt: number;
}

/** Shows committed events to whoever follows: the pipeline's `publish([], events)`. */
export type PublishEvents = (events: hot.EventRow[]) => void;

/** The stream of everything that the desk shows live. */
const STREAM = 'desk';

/**
 * Sets a person's presence and tells the desk, in the caller's transaction.
 * @returns false when it was so already: nothing is told then
 */
export async function setPresence(
  unit: Unit,
  { personId, status, now }: { personId: string; status: Presence; now: number },
  publish: PublishEvents,
): Promise<boolean> {
  const { rows } = await unit.sql.query<{ personId: string }>({
    text: `INSERT INTO presence AS p (person_id, status, changed_at) VALUES ($1, $2, $3)
      ON CONFLICT (person_id) DO UPDATE SET status = $2, changed_at = $3 WHERE p.status <> $2
      RETURNING person_id AS "personId"`,
    values: [personId, status, new Date(now)],
  });
  return tell(unit, rows, status, now, publish);
}

/**
 * Whoever has no session left (signed out, idle too long) is not there. A job calls it each minute, sign-out with the
 * person's id.
 * @param seenSince epoch ms: a session last seen before it is over
 */
export async function leaveWithoutSession(
  unit: Unit,
  { personId, seenSince, now }: { personId?: string; seenSince: number; now: number },
  publish: PublishEvents,
): Promise<boolean> {
  const { rows } = await unit.sql.query<{ personId: string }>({
    text: `UPDATE presence p SET status = 'offline', changed_at = $1
      WHERE p.status <> 'offline' AND ($2::uuid IS NULL OR p.person_id = $2)
        AND NOT EXISTS (SELECT FROM session s WHERE s.person_id = p.person_id AND s.last_seen_at > $3)
      RETURNING p.person_id AS "personId"`,
    values: [new Date(now), personId ?? null, new Date(seenSince)],
  });
  return tell(unit, rows, 'offline', now, publish);
}

async function tell(
  unit: Unit,
  changed: { personId: string }[],
  status: Presence,
  now: number,
  publish: PublishEvents,
): Promise<boolean> {
  if (changed.length === 0) return false;
  const events = changed.map(({ personId }) => {
    const data: PresenceChange = { personId, status, changedAt: now };
    return { id: uuidv7(now), type: 'presence', data: { ...data } };
  });
  const rows = await hot.appendEvents(unit.sql, STREAM, events, new Date(now));
  unit.afterCommit(() => publish(rows));
  return true;
}

export interface PresenceRow {
  personId: string;
  number: string;
  name: string;
  teamId: string | null;
  status: Presence;
  /** Epoch milliseconds; null for somebody who never was at the desk. */
  changedAt: number | null;
}

/** Presence of everyone who may set one, by number. */
export async function readPresences(sql: Database['sql'], roles: readonly string[]): Promise<PresenceRow[]> {
  const { rows } = await sql.query<Omit<PresenceRow, 'changedAt'> & { at: Date | null }>({
    text: `SELECT p.id AS "personId", p.number, p.name, p.team_id AS "teamId", x.changed_at AS at,
        coalesce(x.status, 'offline') AS status
      FROM person p LEFT JOIN presence x ON x.person_id = p.id
      WHERE p.active AND p.role = ANY($1) ORDER BY p.number`,
    values: [roles],
  });
  return rows.map(({ at, ...row }) => ({ ...row, changedAt: at?.getTime() ?? null }));
}

export async function presenceOf(sql: Database['sql'], personId: string): Promise<Presence> {
  const { rows } = await sql.query<{ status: Presence }>({
    text: 'SELECT status FROM presence WHERE person_id = $1',
    values: [personId],
  });
  return rows[0]?.status ?? 'offline';
}
