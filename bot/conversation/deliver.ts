import type { Capabilities } from '../../channels/channel.ts';
import { hot, type Sql, uuidv7 } from '../../prisma/client.ts';
import { localeOf } from '../i18n/index.ts';
import { fitTo, type Words } from './fitting/fit.ts';

/** Where said messages go, and on whose behalf. */
export interface Destination {
  addressId: string;
  can: Capabilities;
  locale: string;
  epoch: number;
  byBot: boolean;
  /** `notice`: we speak first; opt-outs and quiet hours hold for it. */
  classOf(said: hot.MessageRow): 'reply' | 'notice';
  /** The end of the quiet hours, if they run: notices wait until then. */
  notBefore?: Date | undefined;
  /** Quiet hours don't hold it back: whoever asked for it is awake. */
  atOnce?: boolean | undefined;
  /** The request that it answers. */
  trace?: string | undefined;
  now: number;
}

export interface Fitting {
  deliveries: hot.DeliveryRow[];
  /** What the numbers mean that were written beside choices, by the last message that has any. */
  choices: Record<string, string> | undefined;
}

/** The deliveries of said messages, fitted to their channel: one for each part, in order. */
export function deliveriesOf(said: readonly hot.MessageRow[], to: Destination): Fitting {
  const { addressId, can, locale, epoch, byBot, notBefore, atOnce, trace, now } = to;
  const deliveries: hot.DeliveryRow[] = [];
  let choices: Fitting['choices'];
  for (const row of said) {
    const { conversationId, seq, author, text, data } = row;
    if (row.visibility === 'staff') continue;
    const words = { ...(data as Omit<Words, 'text'>), text };
    const fitted = fitTo(words, can, localeOf(locale));
    choices = Object.keys(fitted.choices).length > 0 ? fitted.choices : undefined;
    const { name, yingda } = data;
    const cls = to.classOf(row);
    const held = cls === 'notice' ? notBefore : undefined;
    for (const part of fitted.parts) {
      const payload = { ...part, author, name, yingda, trace, atOnce };
      const place = { addressId, conversationId, seq, byBot, epoch };
      deliveries.push({ id: uuidv7(now), ...place, class: cls, payload, notBefore: held });
    }
  }
  return { deliveries, choices };
}

const addressText = `SELECT c.address_id AS "addressId", c.locale, c.epoch, a.channel_account_id AS account
FROM conversation c JOIN address a ON a.id = c.address_id WHERE c.id = $1`;

/**
 * Queues what people or the system said, where the conversation's channel is one that we push to.
 * @param canOf what the channel of an account can do, if it is on
 * @returns true if something was queued: nudge the outbound worker after the commit
 */
export async function deliver(
  sql: Sql,
  canOf: (account: string) => Capabilities | undefined,
  said: readonly hot.MessageRow[],
  now: Date,
): Promise<boolean> {
  const [first] = said;
  if (!first) return false;
  type Row = { addressId: string; locale: string; epoch: number; account: string };
  const { rows } = await sql.query<Row>({
    name: 'deliver-to',
    text: addressText,
    values: [first.conversationId],
  });
  const [row] = rows;
  const can = row && canOf(row.account);
  if (!row || !can?.push) return false;
  const { deliveries } = deliveriesOf(said, {
    ...{ ...row, can, byBot: false, classOf: () => 'reply', now: now.getTime() },
  });
  await hot.queueDeliveries(sql, deliveries, now);
  return deliveries.length > 0;
}
