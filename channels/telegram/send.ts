import type { Delivery, SendResult } from '../channel.ts';
import { visible } from '../kit/html.ts';
import type { Failure } from './api.ts';
import type { Bot, To } from './bot.ts';
import { judge, refused } from './failures.ts';
import { sendFile } from './files.ts';
import { draw, type Part } from './format.ts';
import { externalIdOf } from './parse.ts';

/** An address as `parse` wrote it: `chat` or `chat/topic`. */
function chatOf(bot: Bot, address: string): To {
  const [chat = '', topic] = address.split('/');
  const chat_id = bot.moved.get(chat) ?? chat;
  return topic ? { chat_id, message_thread_id: Number(topic) } : { chat_id };
}

/** Hands a delivery over: its text, then its files. After a failure the next attempt goes on where this one stopped. */
export async function send(bot: Bot, { id, address, message }: Delivery): Promise<SendResult> {
  const steps = [
    ...draw(message).map((part) => (to: To) => sendPart(bot, to, part)),
    ...(message.files ?? []).map(({ id: fileId }) => async (to: To) => {
      const file = await bot.host.file(message.conversationId, fileId);
      if (file) return sendFile(bot, to, file);
      bot.onError(new Error(`file ${fileId} of ${message.id} is not there`));
      return undefined;
    }),
  ];
  let { next, ids } = bot.progress(id);
  try {
    for (; next < steps.length; next++) {
      const sent = await inChat(bot, address, async (to) => ({ to, messageId: await steps[next]?.(to) }));
      if (sent.messageId !== undefined) ids = [...ids, externalIdOf(sent.to.chat_id, sent.messageId)];
    }
    bot.keep(id);
    return { externalIds: ids };
  } catch (error) {
    bot.keep(id, { next, ids });
    return judge(error);
  }
}

/** Redraws a message; that it is drawn so already is what we wanted. A drawing without buttons takes them away. */
export async function update(bot: Bot, delivery: Delivery, externalId: string): Promise<SendResult> {
  const part = draw(delivery.message).at(-1);
  const message_id = Number(externalId.split(' ').at(-1)?.split(':').at(-1));
  if (!part || !Number.isSafeInteger(message_id)) return { permanent: `nothing to redraw: ${externalId}` };
  try {
    await inChat(bot, delivery.address, ({ chat_id }) =>
      bot.api.call('editMessageText', { chat_id, message_id, ...contentOf(part) }),
    );
  } catch (error) {
    if (!refused(error, /message is not modified/i)) return judge(error);
  }
  return { externalIds: [externalId] };
}

/** "The status is set for 5 seconds or less" (core.telegram.org/bots/api#sendchataction). */
export async function typing(bot: Bot, address: string): Promise<void> {
  await bot.api.call('sendChatAction', { ...chatOf(bot, address), action: 'typing' }).catch(() => undefined);
}

async function sendPart(bot: Bot, to: To, part: Part): Promise<number> {
  const send = (content: { text: string; parse_mode?: 'HTML' }) =>
    bot.api.call('sendMessage', { ...to, ...content });
  try {
    return (await send(contentOf(part))).message_id;
  } catch (error) {
    // Bare words are better than none.
    if (!refused(error, /can't parse entities/i)) throw error;
    bot.onError(error);
    const { parse_mode: _, ...content } = contentOf(part);
    return (await send({ ...content, text: visible(part.html) })).message_id;
  }
}

function contentOf({ html, keyboard }: Part) {
  return {
    text: html,
    parse_mode: 'HTML' as const,
    link_preview_options: { is_disabled: true },
    ...(keyboard && { reply_markup: { inline_keyboard: keyboard } }),
  };
}

/** Runs a call on the chat of an address, once more where the group has become a supergroup meanwhile. */
async function inChat<T>(bot: Bot, address: string, call: (to: To) => Promise<T>): Promise<T> {
  try {
    return await call(chatOf(bot, address));
  } catch (error) {
    const { movedTo } = error as Partial<Failure>;
    const [chat = ''] = address.split('/');
    if (movedTo === undefined || bot.moved.get(chat) === String(movedTo)) throw error;
    bot.moved.set(chat, String(movedTo));
    return call(chatOf(bot, address));
  }
}
