import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import TelegramServer from 'telegram-test-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account, Channel, OutboundMessage } from '../../../channels/channel.ts';
import { kind } from '../../../channels/telegram/channel.ts';
import { MemoryHost } from '../../fakes/memory-host.ts';
import { SECRET, TOKEN } from '../../fakes/telegram/peer.ts';
import { heard } from './world.ts';

/** A port that was free just now: the server wants one by number. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// It is CommonJS with a default export: by either way of reading that.
const Server = ((TelegramServer as { default?: unknown }).default ?? TelegramServer) as new (config: {
  port: number;
  host: string;
}) => InstanceType<typeof TelegramServer.default>;

interface Shown {
  reply_markup: { inline_keyboard: { text: string; callback_data: string }[][] };
}

let server: InstanceType<typeof Server>;
let channel: Channel | undefined;
let host: MemoryHost;
const web = createServer((request, response) => channel?.http?.(request, response));
const addressOf = (of: typeof web) => `http://127.0.0.1:${(of.address() as AddressInfo).port}`;
/** The secret that the relay adds, and how we answered what it brought. */
let secret = '';
let relayed: number[] = [];
/** Between them and us: they know no secrets, and fall over when a webhook refuses. */
const relay = createServer(async (request, response) => {
  const headers = { 'x-telegram-bot-api-secret-token': secret };
  const body = await text(request);
  const answer = await fetch(addressOf(web) + request.url, { method: 'POST', headers, body });
  relayed.push(answer.status);
  response.end();
});

beforeEach(async () => {
  server = new Server({ port: await freePort(), host: '127.0.0.1' });
  await server.start();
  for (const each of [web, relay]) await new Promise<void>((resolve) => each.listen(0, '127.0.0.1', resolve));
  secret = '';
  relayed = [];
});
afterEach(async () => {
  await channel?.close();
  await server.stop();
  for (const each of [web, relay]) {
    each.closeAllConnections();
    await new Promise((resolve) => each.close(resolve));
  }
});

async function open(mode: 'webhook' | 'polling') {
  const settings = kind.settings.parse({
    token: TOKEN,
    mode,
    secretToken: SECRET,
    apiRoot: server.config.apiURL,
  });
  const account: Account = {
    id: 'telegram:help',
    channel: 'telegram',
    name: 'help',
    audience: 'customer',
    settings,
  };
  host = new MemoryHost([account]);
  channel = kind.create({ accounts: [account], publicUrl: () => addressOf(relay), onError() {} });
  // A bot that repeats what it hears, and asks once.
  host.onMessage = ({ conversationId, text: words }, seq) => {
    const message: OutboundMessage = {
      ...{ id: `${conversationId}|${seq}`, conversationId, seq, at: 0, author: 'bot', kind: 'message' },
      text: `echo **${words}**`,
      ...(words === '有什么可办' && { actions: [{ title: '查询话费' }] }),
    };
    void channel?.send?.({ id: `d${seq}`, account: account.id, address: '7', attempt: 1, message });
  };
  await channel.open(host);
}

describe('telegram-test-api', () => {
  it('its client talks with the bot that polls, and presses its buttons', async () => {
    await open('polling');
    const client = server.getClient(TOKEN, { userId: 7, chatId: 7, timeout: 30_000 });
    await client.sendCommand(client.makeCommand('/start AB12CD'));
    await expect
      .poll(() => [...host.threads.values()][0]?.signs)
      .toMatchObject([{ kind: 'joined', text: 'AB12CD' }]);
    await client.sendMessage(client.makeMessage('有什么可办'));
    const [update] = (await client.getUpdates()).result;
    const { message } = update as unknown as { message: Shown };
    expect(message).toMatchObject({ chat_id: '7', text: 'echo <b>有什么可办</b>', parse_mode: 'HTML' });
    const button = message.reply_markup.inline_keyboard[0]?.[0];
    expect(button?.text).toBe('查询话费');
    await client.sendCallback(
      client.makeCallbackQuery(button?.callback_data ?? '', { message: { message_id: 2 } }),
    );
    await expect.poll(() => heard(host, '7').map(({ text }) => text)).toEqual(['有什么可办', '查询话费']);
  });

  it('shows a card as edited', async () => {
    await open('polling');
    const client = server.getClient(TOKEN, { userId: 7, chatId: 7, timeout: 30_000 });
    const message = {
      id: 'c|1',
      conversationId: 'c',
      seq: 1,
      at: 0,
      author: 'bot',
      kind: 'message',
      text: '',
    } as const;
    const delivery = { id: 'd', account: 'telegram:help', address: '7', attempt: 1 };
    const card = { title: '年假', buttons: [{ title: '同意', token: 'abc' }] };
    const sent = await channel?.send?.({ ...delivery, message: { ...message, card } });
    if (!sent || !('externalIds' in sent)) throw new Error('not sent');
    const decided = { ...delivery, message: { ...message, card: { ...card, outcome: '已同意' } } };
    expect(await channel?.update?.(decided, sent.externalIds[0] ?? '')).toEqual(sent);
    const [shown] = await client.getUpdatesHistory();
    expect(shown).toMatchObject({ message: { text: '<b>年假</b>\n<b>已同意</b>' } });
  });

  it('its webhook brings no secret and is let in only where somebody adds it', async () => {
    await open('webhook');
    const client = server.getClient(TOKEN, { userId: 7, chatId: 7, timeout: 30_000 });
    const { webhooks } = server as unknown as { webhooks: Record<string, unknown> };
    await expect.poll(() => webhooks[TOKEN]).toMatchObject({ secret_token: SECRET });
    await client.sendMessage(client.makeMessage('我没有密钥'));
    await expect.poll(() => relayed).toEqual([401]);
    expect(host.threads.size).toBe(0);
    secret = SECRET;
    await client.sendMessage(client.makeMessage('我有密钥'));
    await expect.poll(() => relayed).toEqual([401, 200]);
    expect(heard(host, '7').map(({ text }) => text)).toEqual(['我有密钥']);
    expect((await client.getUpdates()).result[0]).toMatchObject({
      message: { text: 'echo <b>我有密钥</b>' },
    });
  });
});
