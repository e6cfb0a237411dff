import type { IncomingMessage } from 'node:http';
import type { Account, Channel, ChannelHost, ChannelKind, ChannelSetup, Pace } from '../channel.ts';
import { Refused, webhook } from '../kit/webhook.ts';
import { Bot } from './bot.ts';
import { check } from './check.ts';
import { fetchFile } from './files.ts';
import { MAX_TEXT, sizeOf } from './format.ts';
import { Patience, poll } from './poll.ts';
import { send, typing, update } from './send.ts';
import { settings } from './settings.ts';
import { take } from './take.ts';
import { KINDS } from './update.ts';
import { authentic } from './verify.ts';

const PREFIX = '/channels/telegram';
/** An update of the longest message, in reply to another such, with all its entities, is far below this. */
const MAX_BODY = 1 << 20;

/**
 * 30 messages a second in all, one a second in a chat ("short bursts that go over this limit" are allowed), 20 a
 * minute in a group, whose id is negative (core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).
 */
const PACE = {
  account: { perSecond: 30, burst: 30 },
  address: (address: string): Pace =>
    address.startsWith('-') ? { perSecond: 20 / 60, burst: 5 } : { perSecond: 1, burst: 3 },
};

/**
 * Telegram: bots for customers and for colleagues, one account each. External ids: `chat:message_id` of a message,
 * `callback:id` of a pressed button, `update:update_id` of a joining or leaving. Addresses: `chat`, or `chat/topic` in a forum.
 */
export const kind: ChannelKind = { name: 'telegram', settings, create };

function create(setup: ChannelSetup): Channel {
  const bots = new Map(setup.accounts.map((account) => [account.id, new Bot(account, setup.onError)]));
  const closing = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  const botOf = (account: string) => {
    const bot = bots.get(account);
    if (!bot) throw new Error(`${account} is not configured`);
    return bot;
  };
  const urlOf = ({ id }: Account) => {
    const root = setup.publicUrl();
    return root && `${root}${PREFIX}/${encodeURIComponent(id.slice('telegram:'.length))}`;
  };
  return {
    name: 'telegram',
    can: {
      push: true,
      buttons: true,
      cards: true,
      markdown: true,
      typing: true,
      maxText: MAX_TEXT,
      size: sizeOf,
      pace: PACE,
    },
    prefix: PREFIX,
    http: webhook({ limit: MAX_BODY, onError: setup.onError }, async (request, body) => {
      await take(verified(bots, request), parsed(body));
      return { status: 200 };
    }),
    async open(host: ChannelHost) {
      for (const bot of bots.values()) bot.host = host;
      await Promise.all([...bots.values()].map((bot) => bot.recall()));
      running = Promise.all([...bots.values()].map((bot) => run(bot, urlOf(bot.account), closing.signal)));
    },
    async close() {
      closing.abort();
      await running;
      for (const bot of bots.values()) bot.api.close();
    },
    send: (delivery) => send(botOf(delivery.account), delivery),
    update: (delivery, externalId) => update(botOf(delivery.account), delivery, externalId),
    typing: (account, address) => typing(botOf(account), address),
    fetchFile: (account, ref, limit) => fetchFile(botOf(account), ref, limit),
    check: async () =>
      (await Promise.all([...bots.values()].map((bot) => check(bot, urlOf(bot.account))))).flat(),
  };
}

/** The bot of a request that Telegram made. @throws Refused */
function verified(bots: Map<string, Bot>, request: IncomingMessage): Bot {
  if (request.method !== 'POST') throw new Refused(405, 'POST only');
  const [path = ''] = (request.url ?? '').split('?');
  const name = path.slice(path.lastIndexOf('/') + 1);
  const bot = bots.get(`telegram:${decoded(name)}`);
  if (bot?.settings.mode !== 'webhook') throw new Refused(404, 'no such bot');
  if (!authentic(request.headers['x-telegram-bot-api-secret-token'], bot.settings.secretToken))
    throw new Refused(401, 'X-Telegram-Bot-Api-Secret-Token');
  return bot;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    throw new Refused(404, 'no such bot');
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new Refused(400, 'not JSON');
  }
}

/** Gets a bot going, as often as it takes; in polling mode it ends with the channel. */
async function run(bot: Bot, url: string | undefined, stop: AbortSignal): Promise<void> {
  const patience = new Patience(stop);
  while (!stop.aborted) {
    try {
      await bot.meet(stop);
      await connect(bot, url, stop);
      break;
    } catch (error) {
      if (!stop.aborted) bot.onError(error);
      await patience.wait(error);
    }
  }
  if (stop.aborted) return;
  await list(bot, stop).catch((error) => stop.aborted || bot.onError(error));
  if (bot.settings.mode === 'polling') await poll(bot, stop);
}

/** Says where updates are to go. Saying it again changes nothing, so every process may. */
async function connect(bot: Bot, url: string | undefined, stop: AbortSignal): Promise<void> {
  const { mode, secretToken } = bot.settings;
  if (mode === 'polling') await bot.api.call('deleteWebhook', {}, { stop });
  else if (!url) bot.onError(new Error('PUBLIC_URL is not set: no webhook is set, and nothing comes in'));
  else if (secretToken)
    await bot.api.call('setWebhook', { url, secret_token: secretToken, allowed_updates: KINDS }, { stop });
}

/** At most 100, with descriptions of at most 256 characters (core.telegram.org/bots/api#setmycommands, #botcommand). */
const MAX_COMMANDS = 100;

/** Says which commands the app is to offer after a slash: to colleagues only, in their app's language. */
async function list({ account, host, api }: Bot, stop: AbortSignal): Promise<void> {
  if (account.audience !== 'staff' || !host.commands) return;
  for (const [locale, language] of [
    ['zh-CN', undefined],
    ['en', 'en'],
  ] as const) {
    const commands = host
      .commands(locale)
      .slice(0, MAX_COMMANDS)
      .map(({ name, description }) => ({ command: name, description: description.slice(0, 256) }));
    await api.call('setMyCommands', { commands, ...(language && { language_code: language }) }, { stop });
  }
}
