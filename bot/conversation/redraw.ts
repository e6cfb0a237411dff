import type { Card } from '../../channels/channel.ts';
import { hot, type Sql, uuidv7 } from '../../prisma/client.ts';

// The part that carried the button, whether its channel draws cards or buttons only.
const sentText = `SELECT address_id AS "addressId", external_id AS "externalId", epoch, payload FROM delivery
WHERE conversation_id = $1 AND seq = ANY($2) AND external_id IS NOT NULL AND payload -> 'redraws' IS NULL
  AND jsonb_path_exists(payload, '$.**.token ? (@ == $token)', jsonb_build_object('token', $3::text))`;

/**
 * Draws a decided card into the message that carried it, and, where that message was pushed, queues its redrawing: the
 * channel edits it if it can, and else says the outcome.
 */
export async function redraw(
  sql: Sql,
  conversationId: string,
  token: string,
  card: Card,
  now: number,
): Promise<void> {
  const drawn = await hot.redrawCard(sql, conversationId, token, card);
  if (drawn.length === 0) return;
  type Sent = { addressId: string; externalId: string; epoch: number; payload: Record<string, unknown> };
  const values = [conversationId, drawn.map(({ seq }) => seq), token];
  const { rows } = await sql.query<Sent>({ text: sentText, values });
  const deliveries = rows.map(({ addressId, externalId, epoch, payload }) => ({
    ...{ id: uuidv7(now), addressId, conversationId, seq: drawn[0]?.seq ?? 0, byBot: false, epoch },
    class: 'reply' as const,
    payload: {
      ...payload,
      actions: undefined,
      ...(payload.card ? { card } : { text: `${payload.text}\n${card.outcome ?? ''}` }),
      redraws: externalId.split(' ').at(-1),
      outcome: `${card.title}：${card.outcome ?? ''}`,
    },
  }));
  if (deliveries.length > 0) await hot.queueDeliveries(sql, deliveries, new Date(now));
}
