import type { Entity } from './html.ts';
import { asMessage } from './methods.ts';
import type { Chat, FakeBot, Sent, Update } from './state.ts';

export interface Person {
  id: number;
  first_name: string;
  language_code?: string;
}

/** A private chat with a bot, or a group that it is in. */
export function openChat(bot: FakeBot, id: number, type: Chat['type'] = 'private'): Chat {
  const known = bot.chats.get(id);
  if (known) return known;
  const chat: Chat = { id, type, nextId: 1, messages: new Map(), sent: [] };
  bot.chats.set(id, chat);
  return chat;
}

/** A Message that somebody writes. @param more other fields, or the same in another way */
export function written(chat: Chat, from: Person, text: string, more: Record<string, unknown> = {}) {
  const entities = entitiesOf(text);
  return {
    message_id: chat.nextId++,
    date: 1_700_000_000,
    from: { is_bot: false, ...from },
    chat: { id: chat.id, type: chat.type },
    ...(text && { text }),
    ...(entities.length > 0 && { entities }),
    ...more,
  };
}

/** What Telegram marks in a text by itself. */
function entitiesOf(text: string): Entity[] {
  const marks: [string, RegExp][] = [
    ['bot_command', /(?<!\S)\/\w{1,32}(?:@\w+)?/g],
    ['mention', /(?<![\w/])@\w{5,32}/g],
  ];
  return marks.flatMap(([type, mark]) =>
    [...text.matchAll(mark)].map(({ index, 0: found }) => ({ type, offset: index, length: found.length })),
  );
}

/** The button of the chat's messages with this title, pressed. */
export function pressed(bot: FakeBot, chat: Chat, from: Person, title: string): Record<string, unknown> {
  const has = ({ keyboard }: Sent) => keyboard.flat().find(({ text }) => text === title);
  const under = [...chat.messages.values()].reverse().find(has);
  const data = under && has(under)?.callback_data;
  if (!under || !data) throw new Error(`there is no button ${title}`);
  return callback(bot, chat, from, data, asMessage(chat, under));
}

export function callback(bot: FakeBot, chat: Chat, from: Person, data: string, message?: unknown) {
  const id = `${bot.id}${bot.nextUpdate}`;
  bot.asked.add(id);
  const under = message ?? { message_id: 1, date: 0, chat: { id: chat.id, type: chat.type } };
  return { id, from, chat_instance: '1', data, message: under };
}

/** An Update of one kind. */
export function updateOf(bot: FakeBot, kind: string, content: unknown): Update {
  return { update_id: bot.nextUpdate++, [kind]: content };
}

/**
 * Telegram brings an update: to the webhook, or into the queue of getUpdates. Resolves to whether it is done with it;
 * otherwise it would send it again (call it again for that).
 */
export async function deliver(bot: FakeBot, update: Update): Promise<boolean> {
  const { webhook } = bot;
  if (!webhook) {
    bot.queue.push(update);
    bot.waiting?.();
    return false;
  }
  const answer = await fetch(webhook.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(webhook.secret && { 'x-telegram-bot-api-secret-token': webhook.secret }),
    },
    body: JSON.stringify(update),
  });
  await answer.text();
  if (!answer.ok)
    bot.lastError = { at: 1_700_000_000, message: `Wrong response from the webhook: ${answer.status}` };
  return answer.ok;
}
