import type { Sql } from '../../prisma/client.ts';
import { defaultSessionSettings } from './sessions.ts';

const newestText = `SELECT s.id, s.last_seen_at AS "lastSeenAt" FROM conversation c
  JOIN address a ON a.id = c.address_id JOIN person p ON p.id = a.person_id AND p.active
  JOIN session s ON s.person_id = p.id
  WHERE c.id = $1 AND s.last_seen_at > $2 AND s.created_at > $3 ORDER BY s.last_seen_at DESC LIMIT 1`;

/**
 * Whether the colleague of a staff chat is signed in. Its token alone would go on for hours after they signed out, and
 * cards in it decide on other people's leave. `acting` keeps their session alive, as a request of the console does.
 * @param now epoch milliseconds
 */
export async function attends(
  sql: Sql,
  conversationId: string,
  { acting, now }: { acting: boolean; now: number },
  { idleMinutes, absoluteHours } = defaultSessionSettings,
): Promise<boolean> {
  const { rows } = await sql.query<{ id: Buffer; lastSeenAt: Date }>({
    name: 'attends',
    text: newestText,
    values: [conversationId, new Date(now - idleMinutes * 60_000), new Date(now - absoluteHours * 3_600_000)],
  });
  const session = rows[0];
  if (session && acting && now - session.lastSeenAt.getTime() >= 60_000) {
    const text = 'UPDATE session SET last_seen_at = $2 WHERE id = $1';
    await sql.query({ text, values: [session.id, new Date(now)] });
  }
  return session !== undefined;
}
