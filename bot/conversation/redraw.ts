import type { Card } from '../../channels/channel.ts';
import { type Database, hot, type Sql, uuidv7 } from '../../prisma/client.ts';

// The part that carried the button, whether its channel draws cards or buttons only.
const sentText = `SELECT address_id AS "addressId", external_id AS "externalId", epoch, payload FROM delivery
WHERE conversation_id = $1 AND seq = ANY($2) AND external_id IS NOT NULL AND payload -> 'redraws' IS NULL
  AND jsonb_path_exists(payload, '$.**.token ? (@ starts with $token)', jsonb_build_object('token', $3::text))`;

/** What has not gone out yet: it goes out as the card stands by then. */
const waitingText = `SELECT id, payload FROM delivery
WHERE conversation_id = $1 AND seq = ANY($2) AND state = 'queued' AND payload -> 'redraws' IS NULL
  AND jsonb_path_exists(payload, '$.**.token ? (@ starts with $token)', jsonb_build_object('token', $3::text))
FOR UPDATE SKIP LOCKED`;

const AT_ONCE = 50;

/**
 * Draws every decided card anew that has not been: the pressed one and its copies in other chats, those decided by
 * words, those of a subject that was withdrawn, and what a process left that died. Each is claimed with its row, so
 * that any number of processes may look.
 * @returns whether something is to be sent or said
 */
export async function redrawDecided(db: Database, now: number): Promise<boolean> {
  return db.transaction(async ({ sql }) => {
    type Row = { token: string; conversationId: string; outcome: Card; elsewhere: boolean };
    const { rows } = await sql.query<Row & Record<string, unknown>>({
      text: `UPDATE card SET redrawn_at = $1 WHERE token IN (SELECT token FROM card
          WHERE decided_at IS NOT NULL AND redrawn_at IS NULL ORDER BY decided_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
        RETURNING token, conversation_id AS "conversationId", outcome, elsewhere`,
      values: [new Date(now)],
    });
    for (const { token, conversationId, outcome, elsewhere } of rows) {
      const queued = await redraw(sql, conversationId, token, outcome, now);
      // Browsers that follow the conversation don't see what was drawn into an old message.
      if (!queued && elsewhere) await hot.tell(sql, outcomeWord(conversationId, outcome, now), new Date(now));
    }
    return rows.length > 0;
  });
}

const outcomeWord = (conversationId: string, card: Card, now: number) => ({
  ...{ id: uuidv7(now), conversationId, kind: 'card.outcome', data: { text: outcomeText(card) } },
});

const outcomeText = ({ title, outcome = '' }: Card) => `${title}：${outcome}`;

/**
 * Draws a decided card into the message that carried it, and, where that message was pushed, queues its redrawing: the
 * channel edits it if it can, and else says the outcome.
 */
async function redraw(
  sql: Sql,
  conversationId: string,
  token: string,
  card: Card,
  now: number,
): Promise<boolean> {
  const drawn = await hot.redrawCard(sql, conversationId, token, card);
  if (drawn.length === 0) return false;
  type Sent = { addressId: string; externalId: string; epoch: number; payload: Record<string, unknown> };
  const values = [conversationId, drawn.map(({ seq }) => seq), token];
  const waiting = await sql.query<Pick<Sent, 'payload'> & { id: string }>({ text: waitingText, values });
  for (const { id, payload } of waiting.rows)
    await sql.query({
      text: 'UPDATE delivery SET payload = $2 WHERE id = $1',
      values: [id, JSON.stringify({ ...payload, ...decidedPart(payload, card) })],
    });
  const { rows } = await sql.query<Sent>({ text: sentText, values });
  const deliveries = rows.map(({ addressId, externalId, epoch, payload }) => ({
    ...{ id: uuidv7(now), addressId, conversationId, seq: drawn[0]?.seq ?? 0, byBot: false, epoch },
    class: 'reply' as const,
    payload: {
      ...payload,
      ...decidedPart(payload, card),
      redraws: externalId.split(' ').at(-1),
      outcome: outcomeText(card),
    },
  }));
  if (deliveries.length > 0) await hot.queueDeliveries(sql, deliveries, new Date(now));
  return deliveries.length + waiting.rows.length > 0;
}

/** A message's part with the decided card in the place of what could be pressed. */
const decidedPart = (payload: Record<string, unknown>, card: Card) => ({
  actions: undefined,
  ...(payload.card ? { card } : { text: `${payload.text}\n${card.outcome ?? ''}` }),
});
