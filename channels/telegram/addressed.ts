import type { Message } from './update.ts';

/** Who the bot is, as getMe says. */
export interface Me {
  id: number;
  username: string;
}

const COMMAND = /^\/(\w{1,32})(?:@(\w+))?(?:\s+|$)/;

/** `/name@bot rest` (core.telegram.org/bots/features#commands); undefined where the text begins with none. */
export function commandOf(text: string): { name: string; to: string | undefined; rest: string } | undefined {
  const found = COMMAND.exec(text);
  if (!found?.[1]) return undefined;
  return {
    name: found[1].toLowerCase(),
    to: found[2]?.toLowerCase(),
    rest: text.slice(found[0].length).trim(),
  };
}

/**
 * What a message in a group says to the bot: by mention, by a command that names it, or in reply to it. Undefined:
 * it is meant for others. The mention itself is left out.
 */
export function saidTo(me: Me, message: Message): string | undefined {
  const text = message.text ?? message.caption ?? '';
  const entities = message.entities ?? message.caption_entities ?? [];
  const username = me.username.toLowerCase();
  const command = commandOf(text);
  if (command?.to !== undefined) return command.to === username ? text : undefined;
  const mentions = entities.filter(({ type, offset, length, user }) => {
    if (type === 'text_mention') return user?.id === me.id;
    return type === 'mention' && text.slice(offset, offset + length).toLowerCase() === `@${username}`;
  });
  if (mentions.length > 0) return without(text, mentions) || text;
  return message.reply_to_message?.from?.id === me.id ? text : undefined;
}

/** Offsets count UTF-16 units, as our strings do (core.telegram.org/bots/api#messageentity). */
function without(text: string, parts: { offset: number; length: number }[]): string {
  let left = text;
  for (const { offset, length } of parts.sort((a, b) => b.offset - a.offset))
    left = left.slice(0, offset) + left.slice(offset + length);
  return left.replace(/[ \t]{2,}/g, ' ').trim();
}
