import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Account, Channel, ChannelHost, OutboundMessage } from '../../../channels/channel.ts';
import { kind } from '../../../channels/telegram/channel.ts';
import { MemoryHost } from '../../fakes/memory-host.ts';
import { SECRET, TOKEN } from '../../fakes/telegram/peer.ts';
import { openChat, type Person } from '../../fakes/telegram/people.ts';
import { FakeTelegram } from '../../fakes/telegram/server.ts';
import type { Chat, FakeBot } from '../../fakes/telegram/state.ts';

export const LINA: Person = { id: 42, first_name: '李娜', language_code: 'zh-hans' };
export const BOB: Person = { id: 43, first_name: 'Bob', language_code: 'en' };

/** Telegram with a customers' and a colleagues' bot, our channel with both accounts, and a host in memory. */
export interface World {
  telegram: FakeTelegram;
  bot: FakeBot;
  staffBot: FakeBot;
  host: MemoryHost;
  channel: Channel;
  /** Where the channel is served. */
  origin: string;
  /** Li Na's private chat with the customers' bot. */
  chat: Chat;
  errors: string[];
  /** Opens the channel on the host in memory, or another, and waits until both bots are connected. */
  open(on?: ChannelHost): Promise<void>;
  /** Sends from the product's side into a chat. */
  send(
    message: Partial<OutboundMessage>,
    about?: { address?: string; account?: string; id?: string },
  ): ReturnType<NonNullable<Channel['send']>>;
}

export async function world(
  mode: 'webhook' | 'polling' = 'webhook',
  publicUrl?: () => string | undefined,
): Promise<World> {
  const telegram = await FakeTelegram.start();
  const staffToken = `220202020:${TOKEN.slice(10)}`;
  const bot = telegram.bot(TOKEN, 'ChenxingBot');
  const staffBot = telegram.bot(staffToken, 'ChenxingTeamBot');
  const account = (name: string, token: string, audience: Account['audience']): Account => ({
    ...{ id: `telegram:${name}`, channel: 'telegram', name, audience },
    settings: kind.settings.parse({ token, mode, secretToken: SECRET, apiRoot: telegram.root }),
  });
  const accounts = [account('help', TOKEN, 'customer'), account('team', staffToken, 'staff')];
  const host = new MemoryHost(accounts);
  const errors: string[] = [];
  let channel: Channel | undefined;
  const server: Server = createServer((request, response) => channel?.http?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const made = kind.create({
    accounts,
    publicUrl: publicUrl ?? (() => origin),
    onError: (error, where) => errors.push(`${where} ${error instanceof Error ? error.message : error}`),
  });
  channel = made;
  onTestFinished(async () => {
    await made.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await telegram.stop();
  });
  let sent = 0;
  return {
    ...{ telegram, bot, staffBot, host, channel: made, origin, errors },
    chat: openChat(bot, LINA.id),
    async open(on: ChannelHost = host) {
      await made.open(on);
      const connected = mode === 'webhook' ? 'setWebhook' : 'getUpdates';
      while (telegram.calls.filter((name) => name === connected).length < 2)
        await new Promise((resolve) => setImmediate(resolve));
    },
    async send(
      message,
      { address = String(LINA.id), account: to = 'telegram:help', id = `d${++sent}` } = {},
    ) {
      const whole = {
        id: 'c|0000007',
        conversationId: 'c',
        seq: 7,
        at: 0,
        author: 'bot',
        kind: 'message',
        text: '',
      } as const;
      const result = await made.send?.({
        id,
        account: to,
        address,
        attempt: 1,
        message: { ...whole, ...message },
      });
      if (!result) throw new Error('telegram can send');
      return result;
    },
  };
}

/** What a conversation of the memory heard. */
export const heard = (host: MemoryHost, key: string) =>
  [...host.threads.values()].filter((thread) => thread.key === key).flatMap(({ inbound }) => inbound);
