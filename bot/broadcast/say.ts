import type { Capabilities } from '../../channels/channel.ts';
import { hot, type Unit, uuidv7 } from '../../prisma/client.ts';
import { deliveriesOf } from '../conversation/deliver.ts';
import { fitTo } from '../conversation/fitting/fit.ts';

/** A text as one message of a channel: what it counts as; undefined if it doesn't fit into one. `null`: not counted. */
export function segmentsOf(text: string, can: Capabilities): number | null | undefined {
  const { parts } = fitTo({ text }, can, 'zh-CN');
  const [only] = parts;
  if (!only || parts.length > 1) return undefined;
  return can.size ? can.size(only.text) : null;
}

export interface Saying {
  text: string;
  can: Capabilities;
  locale: string;
  /** Left out: a test, which goes at once, quiet hours or not, and is stopped by nothing. */
  broadcastId?: string;
}

/**
 * Writes the text into a recipient's conversation and queues it, as a notice: an opt-out is asked for once more when it
 * is sent. No turn is woken; an answer finds the text before it.
 * @returns what to publish after the commit, and the delivery
 */
export async function sayTo(
  { sql }: Unit,
  conversationId: string,
  { text, can, locale, broadcastId }: Saying,
  now: number,
): Promise<{ said: hot.MessageRow; deliveryId: string }> {
  const held = await hot.hold(sql, conversationId);
  if (!held) throw new Error('the conversation of a recipient vanished');
  const at = new Date(now);
  const message = {
    ...({ id: uuidv7(now), author: 'bot', personId: null, visibility: 'all', text } as const),
    data: { yingda: { outcome: 'notice', entryIds: [] } },
  };
  const { epoch, addressId } = held;
  const placed = await hot.append(sql, { conversationId, epoch }, message, at);
  if (!placed) throw new Error('a held conversation changed hands');
  const said: hot.MessageRow = {
    ...{ ...message, ...placed, conversationId },
    ...{ kind: 'message', state: 'sent', createdAt: at },
  };
  // Not by the bot: colleagues wrote and approved it, so a take-over doesn't hold it back.
  const atOnce = broadcastId === undefined;
  const to = { addressId, can, locale, epoch, byBot: false, classOf: () => 'notice' as const, atOnce, now };
  const { deliveries } = deliveriesOf([said], to);
  const [delivery] = deliveries;
  if (!delivery || deliveries.length > 1) throw new Error('a broadcast is one message');
  await hot.queueDeliveries(sql, [{ ...delivery, broadcastId }], at);
  return { said, deliveryId: delivery.id };
}
