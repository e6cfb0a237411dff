import type { Database } from '../../prisma/client.ts';
import { maskNumbersIn } from '../people/masking.ts';

/** One conversation as the desk's lists show it. Nothing here names a customer. */
export interface DeskItem {
  conversationId: string;
  episodeId: string;
  owner: 'bot' | 'queue' | 'agent';
  personId: string | null;
  personName: string | null;
  queue: string | null;
  reason: string | null;
  summary: Record<string, unknown> | null;
  channel: string;
  locale: string;
  openedAt: number;
  queuedAt: number | null;
  takenAt: number | null;
  /** What the customer said last. */
  lastText: string;
  lastSeq: number;
}

type Row = Omit<DeskItem, 'openedAt' | 'queuedAt' | 'takenAt'> & {
  openedAt: Date;
  queuedAt: Date | null;
  takenAt: Date | null;
};

const itemText = `SELECT c.id AS "conversationId", e.id AS "episodeId", e.owner, e.person_id AS "personId", p.name AS "personName",
  e.queue, e.reason, e.summary, ca.channel, c.locale, e.opened_at AS "openedAt", e.queued_at AS "queuedAt",
  e.taken_at AS "takenAt", c.last_seq AS "lastSeq",
  coalesce((SELECT left(coalesce(nullif(m.text, ''), m.data #>> '{files,0,name}', ''), 160) FROM message m WHERE m.conversation_id = c.id AND m.author = 'customer'
    ORDER BY m.seq DESC LIMIT 1), '') AS "lastText"
FROM episode e JOIN conversation c ON c.id = e.conversation_id JOIN address a ON a.id = c.address_id
JOIN channel_account ca ON ca.id = a.channel_account_id LEFT JOIN person p ON p.id = e.person_id
WHERE e.closed_at IS NULL AND c.audience = 'customer'`;

const shown = ({ openedAt, queuedAt, takenAt, lastText, ...row }: Row): DeskItem => ({
  ...row,
  // Masked before it is cut: half a number is not known for one.
  lastText: maskNumbersIn(lastText).slice(0, 80),
  openedAt: openedAt.getTime(),
  queuedAt: queuedAt?.getTime() ?? null,
  takenAt: takenAt?.getTime() ?? null,
});

/** Who waits, longest first, and what `personId` has in hand. */
export async function deskLists(
  db: Database,
  personId: string,
): Promise<{ waiting: DeskItem[]; mine: DeskItem[] }> {
  const waiting = `${itemText} AND e.owner = 'queue' ORDER BY e.queued_at LIMIT 200`;
  const mine = `${itemText} AND e.owner = 'agent' AND e.person_id = $1 ORDER BY e.taken_at LIMIT 100`;
  const [a, b] = await Promise.all([
    db.sql.query<Row & Record<string, unknown>>({ text: waiting }),
    db.sql.query<Row & Record<string, unknown>>({ text: mine, values: [personId] }),
  ]);
  return { waiting: a.rows.map(shown), mine: b.rows.map(shown) };
}

/** A conversation with the last episode it had, open or not, and whose it is; undefined if there is none. */
export async function readConversation(db: Database, id: string) {
  const episodeOf = { orderBy: { openedAt: 'desc' }, take: 1 } as const;
  const found = await db.prisma.conversation.findFirst({
    where: { id, audience: 'customer' },
    include: { episodes: episodeOf, address: { include: { account: true } } },
  });
  if (!found) return undefined;
  const episode = found.episodes[0];
  const ownerId = episode?.personId ?? null;
  const owner = ownerId ? await db.prisma.person.findUnique({ where: { id: ownerId } }) : null;
  return { found, episode, owner };
}
