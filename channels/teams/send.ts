import type { ChannelHost, Delivery, SendResult } from '../channel.ts';
import { type Address, readAddress } from './address.ts';
import type { Bot, Connector } from './bot.ts';
import { VIEWERS } from './card.ts';
import { failed } from './failure.ts';
import { attach } from './files.ts';
import { outgoing } from './format.ts';
import { isTrusted } from './hosts.ts';
import type { Links } from './links.ts';

export interface Sender {
  bot: Bot;
  host: ChannelHost;
  links: Links;
  /** The account's public address. */
  at: string | undefined;
}

type Sent = Parameters<Parameters<Bot['at']>[1]>[0];
type Activity = Parameters<Sent['updateActivity']>[0];

/** Sends one message, or with `id` redraws the one that went before. */
export async function send(sender: Sender, delivery: Delivery, id?: string): Promise<SendResult> {
  const { bot, host, links, at } = sender;
  const to = trusted(bot, delivery.address);
  if (!to) return { permanent: 'no address to answer at', address: 'unknown' };
  const files = await attach(delivery.message, { host, links, at });
  try {
    return await bot.at(to, async (context, connector) => {
      const viewers = await viewersOf(delivery, to, connector);
      const activity = outgoing(delivery.message, to, { viewers, ...files }) as Activity;
      const done = id
        ? await context.updateActivity({ ...activity, id }).then(() => ({ id }))
        : await context.sendActivity(activity);
      return { externalIds: done?.id ? [done.id] : [] };
    });
  } catch (error) {
    return failed(error);
  }
}

/** Best effort: nobody misses a sign that did not show. */
export async function showTyping(bot: Bot, kept: string): Promise<void> {
  const to = trusted(bot, kept);
  if (to) await bot.at(to, (context) => context.sendActivity({ type: 'typing' })).catch(() => undefined);
}

/** Asked again at every send: what is stored may be older than the settings. */
function trusted({ settings }: Bot, kept: string): Address | undefined {
  const to = readAddress(kept);
  return to && isTrusted(to.serviceUrl, settings.ServiceHosts) ? to : undefined;
}

/** Whose view of a card redraws itself. Without a list of members it has a menu entry for that, so their lack stops nothing. */
async function viewersOf({ message }: Delivery, to: Address, connector: Connector): Promise<string[]> {
  const counts = [...(message.card?.buttons ?? []), ...(message.actions ?? [])].some(({ token }) => token);
  if (!counts) return [];
  if (to.type === 'personal') return to.user ? [to.user] : [];
  const [conversation = ''] = to.conversation.split(';');
  const { conversations } = connector as unknown as { conversations: Conversations };
  const page = await conversations
    .getConversationPagedMembers(conversation, { pageSize: VIEWERS })
    .catch(() => undefined);
  return (page?.members ?? []).map(({ id }) => id);
}

interface Conversations {
  getConversationPagedMembers(
    id: string,
    about: { pageSize: number },
  ): Promise<{ members?: { id: string }[] }>;
}
