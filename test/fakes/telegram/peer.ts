import { expect } from 'vitest';
import type { Account } from '../../../channels/channel.ts';
import { kind } from '../../../channels/telegram/channel.ts';
import type { Peer, Seen } from '../../contracts/channel-peer.ts';
import { deliver, openChat, type Person, pressed, updateOf, written } from './people.ts';
import { FakeTelegram } from './server.ts';
import type { Chat, Update } from './state.ts';

export const TOKEN = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
export const SECRET = 'a_secret-of-our-own';

/** The stand-in as the contract suite uses it, with one bot in webhook mode. */
export async function telegramPeer(): Promise<Peer & { telegram: FakeTelegram }> {
  const telegram = await FakeTelegram.start();
  const bot = telegram.bot(TOKEN, 'ChenxingBot');
  const settings = kind.settings.parse({ token: TOKEN, secretToken: SECRET, apiRoot: telegram.root });
  const account: Account = {
    id: 'telegram:help',
    channel: 'telegram',
    name: '辰星',
    audience: 'customer',
    settings,
  };
  let origin = '';
  // The suite opens the channel before it knows where it listens; setWebhook is then the peer's own.
  const channel = kind.create({ accounts: [account], publicUrl: () => origin || undefined, onError() {} });
  const people = new Map<string, { chat: Chat; person: Person }>();
  const who = (name = 'somebody') => {
    const id = 1000 + people.size;
    const known = people.get(name) ?? { chat: openChat(bot, id), person: { id, first_name: name } };
    people.set(name, known);
    return known;
  };
  const updates = new Map<string, Update>();
  let last = who();
  const forged = async (path: string, headers: Record<string, string>) => {
    const { chat, person } = who('forger');
    const body = JSON.stringify(updateOf(bot, 'message', written(chat, person, '我是伪造的')));
    return fetch(`${origin}/channels/telegram/${path}`, { method: 'POST', headers, body });
  };
  return {
    telegram,
    channel,
    account,
    listening(at) {
      origin = at;
      bot.webhook = { url: `${at}/channels/telegram/help`, secret: SECRET, kinds: [] };
    },
    says(text, { id, from } = {}) {
      last = who(from);
      const made = () => updateOf(bot, 'message', written(last.chat, last.person, text));
      const update = (id !== undefined && updates.get(id)) || made();
      if (id !== undefined) updates.set(id, update);
      return deliver(bot, update);
    },
    async presses(title) {
      const query = pressed(bot, last.chat, last.person, title);
      expect(await deliver(bot, updateOf(bot, 'callback_query', query))).toBe(true);
    },
    async forges() {
      const header = 'x-telegram-bot-api-secret-token';
      const tries: Record<string, [string, Record<string, string>]> = {
        'no secret': ['help', {}],
        'empty secret': ['help', { [header]: '' }],
        'half a secret': ['help', { [header]: SECRET.slice(0, 9) }],
        'secret in other case': ['help', { [header]: SECRET.toUpperCase() }],
        'secret twice': ['help', { [header]: `${SECRET}, ${SECRET}` }],
        'another bot': ['nobody', { [header]: SECRET }],
        'no bot': ['', { [header]: SECRET }],
        'undecodable bot': ['%ff', { [header]: SECRET }],
      };
      const got = await Promise.all(
        Object.entries(tries).map(
          async ([name, [path, headers]]) => [name, (await forged(path, headers)).ok] as const,
        ),
      );
      return got.filter(([, ok]) => ok).map(([name]) => name);
    },
    async oversize() {
      const { chat, person } = who('talker');
      return deliver(bot, updateOf(bot, 'message', written(chat, person, '大'.repeat(400_000)))).catch(
        () => false,
      );
    },
    seen: (from) =>
      who(from).chat.sent.map(
        ({ kind: how, text, keyboard, message_id }): Seen => ({
          kind: how,
          text,
          buttons: keyboard.flat().map((button) => button.text),
          id: `${who(from).chat.id}:${message_id}`,
        }),
      ),
    mood(mood) {
      telegram.mood = mood;
    },
    close: () => telegram.stop(),
  };
}
