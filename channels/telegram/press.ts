import type { InboundMessage } from '../channel.ts';
import type { Bot } from './bot.ts';
import { cut } from './format.ts';
import { en } from './i18n/en.ts';
import { zhCN } from './i18n/zh-CN.ts';
import type { Place } from './parse.ts';
import type { Press } from './update.ts';

/** answerCallbackQuery: "0-200 characters". */
const MAX_NOTE = 200;

/**
 * What a pressed button does. Its data comes from the person's app, which can send any: a token counts in its own
 * conversation only, a value is as if typed. Resolves to what the app shows for a moment, if anything.
 */
export async function press(bot: Bot, conversationId: string, at: Place, pressed: Press, by?: string) {
  const data = pressed.data ?? '';
  if (data.startsWith('t:')) return pressToken(bot, conversationId, at, data.slice(2), by);
  const text = await valueFrom(bot, conversationId, pressed);
  if (!text) return gone(at);
  const message: InboundMessage = {
    conversationId,
    kind: 'message',
    text,
    externalId: `callback:${pressed.id}`,
  };
  await bot.host.receive(bot.account, at.locale ? { ...message, locale: at.locale } : message);
  return undefined;
}

async function pressToken(
  bot: Bot,
  conversationId: string,
  at: Place,
  token: string,
  by: string | undefined,
) {
  try {
    const card = await bot.host.press(conversationId, token, by === undefined ? {} : { by });
    return cut(card.outcome ?? card.text ?? card.title, MAX_NOTE);
  } catch (error) {
    const { status = 500 } = error as { status?: number };
    if (status >= 500) throw error;
    return gone(at);
  }
}

const TITLED = /^i:(\d{1,15}):(\d{1,3})$/;

/** Too long a value is looked up in the message that we sent; the button's title is what is left without it. */
async function valueFrom(
  bot: Bot,
  conversationId: string,
  { data = '', message }: Press,
): Promise<string | undefined> {
  if (data.startsWith('v:')) return data.slice(2);
  const [, seq, index] = TITLED.exec(data) ?? [];
  if (seq === undefined) return undefined;
  const title = message?.reply_markup?.inline_keyboard
    .flat()
    .find((each) => each.callback_data === data)?.text;
  const [said] = await bot.host.read(conversationId, Number(seq) - 1, 1);
  const button = [...(said?.actions ?? []), ...(said?.card?.buttons ?? [])][Number(index)];
  return said?.seq === Number(seq) && button ? (button.value ?? button.title) : title;
}

const gone = ({ locale = 'zh-CN' }: Place) => (locale.startsWith('zh') ? zhCN : en).gone;
