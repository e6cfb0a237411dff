import type { Bot } from './bot.ts';
import { type Intent, read } from './parse.ts';
import { press } from './press.ts';
import { update as shape } from './update.ts';

/**
 * Takes one update in; once this resolves it may be acknowledged. What we can't read, or the host refuses for good, is
 * passed over: it would only come again and hold up the others. How old it is doesn't matter: Telegram keeps updates
 * for 24 hours while we are away. @throws what passes: it must come again
 */
export async function take(bot: Bot, body: unknown): Promise<void> {
  const parsed = shape.safeParse(body);
  if (!parsed.success)
    return bot.onError(new Error(`an update of unknown shape: ${parsed.error.issues[0]?.path}`));
  const intent = read(parsed.data, bot.me);
  if (!intent) return;
  try {
    await act(bot, intent);
  } catch (error) {
    const { status = 500 } = error as { status?: number };
    if (status >= 500 || status === 429) throw error;
    bot.onError(error);
  }
}

async function act(bot: Bot, intent: Intent): Promise<void> {
  const at = { ...intent.at, key: bot.moved.get(intent.at.key) ?? intent.at.key };
  const locale = at.locale ?? bot.settings.locale;
  if (intent.do === 'move') {
    await bot.hasMoved(intent.at.key, intent.to);
    return;
  }
  const conversationId = await bot.host.thread(bot.account, at.key, locale);
  if (intent.do === 'receive') {
    await bot.host.receive(bot.account, { conversationId, ...intent.message });
    return;
  }
  const note = await press(bot, conversationId, at, intent.press, intent.by);
  // Only stops the waiting sign of the person's app: nobody waits for it here.
  bot.api
    .call('answerCallbackQuery', { callback_query_id: intent.press.id, ...(note && { text: note }) })
    .catch(bot.onError);
}
