import type { InboundFile, InboundMessage } from '../channel.ts';
import { commandOf, type Me, saidTo } from './addressed.ts';
import type { Message, Press, Update } from './update.ts';

/** Where it was said: an address of ours, and the language of whose app said it. */
export interface Place {
  key: string;
  locale: string | undefined;
}

/** What an update asks for. `by`: who pressed, where several people share the conversation. */
export type Intent =
  | { do: 'receive'; at: Place; message: Omit<InboundMessage, 'conversationId'> }
  | { do: 'press'; at: Place; press: Press; by: string | undefined }
  | { do: 'move'; at: Place; to: string };

/**
 * Reads an update; undefined where there is nothing for us in it.
 * External ids: `chat:message_id` of a message (also of its edits), `callback:id` of a pressed button.
 */
export function read(update: Update, me: () => Me): Intent | undefined {
  const { message, edited_message, callback_query, my_chat_member } = update;
  if (message) return readMessage(message, 'message', me);
  if (edited_message) return readMessage(edited_message, 'edit', me);
  if (callback_query?.message) {
    const { message: under, from } = callback_query;
    const by = under.chat.type === 'private' ? undefined : String(from.id);
    return { do: 'press', at: placeOf(under, from), press: callback_query, by };
  }
  if (my_chat_member) return readMember(my_chat_member, update.update_id);
  return undefined;
}

function readMessage(message: Message, kind: 'message' | 'edit', me: () => Me): Intent | undefined {
  const { chat, from } = message;
  const at = placeOf(message, from);
  if (message.migrate_to_chat_id !== undefined)
    return { do: 'move', at, to: String(message.migrate_to_chat_id) };
  if (chat.type !== 'private' && chat.type !== 'group' && chat.type !== 'supergroup') return undefined;
  const said = chat.type === 'private' ? (message.text ?? message.caption ?? '') : saidTo(me(), message);
  if (said === undefined) return undefined;

  const externalId = externalIdOf(chat.id, message.message_id);
  const about = { externalId, ...(at.locale && { locale: at.locale }), ...senderOf(chat, from) };
  const command = commandOf(said);
  // A link that carries a one-time code (t.me/name?start=12345678) sends it as its reader would.
  if (command?.name === 'start' && kind === 'message' && CODE.test(command.rest))
    return { do: 'receive', at, message: { kind, text: `绑定 ${command.rest}`, ...about } };
  if (command?.name === 'start' && kind === 'message')
    return { do: 'receive', at, message: { kind: 'joined', text: command.rest, ...about } };
  const files = filesOf(message);
  const text =
    (command ? `${command.name.replaceAll('_', ' ')} ${command.rest}`.trim() : said) || shown(message);
  if (!text && files.length === 0) return undefined;
  return { do: 'receive', at, message: { kind, text, ...about, ...(files.length > 0 && { files }) } };
}

/** As the console and the bot make them. */
const CODE = /^\d{8}$/;

/** Who speaks, in a group; an anonymous administrator or a channel speaks as nobody. */
function senderOf(chat: Message['chat'], from: Message['from']): Pick<InboundMessage, 'sender'> {
  if (chat.type === 'private' || !from) return {};
  return { sender: { key: String(from.id), ...(from.first_name && { name: from.first_name }) } };
}

const HERE = ['member', 'administrator', 'restricted'];

/** In a private chat it says that the person has (un)blocked the bot; in a group that the bot was put in or out. */
function readMember(
  { chat, from, old_chat_member: old, new_chat_member: now }: NonNullable<Update['my_chat_member']>,
  updateId: number,
): Intent | undefined {
  if (HERE.includes(old.status) === HERE.includes(now.status) || chat.type === 'channel') return undefined;
  const at = placeOf({ chat }, from);
  const about = { externalId: `update:${updateId}`, ...(at.locale && { locale: at.locale }) };
  return {
    do: 'receive',
    at,
    message: { kind: HERE.includes(now.status) ? 'joined' : 'left', text: '', ...about },
  };
}

type In = Pick<Message, 'chat' | 'message_thread_id' | 'is_topic_message'>;

function placeOf({ chat, message_thread_id, is_topic_message }: In, from: Message['from']): Place {
  // Replies have a thread too; only those of a forum are places of their own.
  const topic = is_topic_message && message_thread_id !== undefined ? `/${message_thread_id}` : '';
  const tag = from?.language_code;
  return { key: `${chat.id}${topic}`, locale: tag && /^zh\b/i.test(tag) ? 'zh-CN' : tag };
}

export const externalIdOf = (chat: number | string, message: number): string => `${chat}:${message}`;

function filesOf(message: Message): InboundFile[] {
  // Telegram sends a picture in several sizes, the largest last.
  const photo = message.photo?.at(-1);
  const named: [string, { file_id: string; file_name?: string | undefined } | undefined][] = [
    ['photo.jpg', photo],
    ['voice.ogg', message.voice],
    ['audio.mp3', message.audio],
    ['video.mp4', message.video ?? message.video_note],
    // An animation comes as a document too, which is the same file.
    ['file', message.document ?? message.animation],
  ];
  return named.flatMap(([name, file]) => (file ? [{ name: file.file_name ?? name, ref: file.file_id }] : []));
}

/** What has no words of its own, in words. */
function shown({ sticker, location, contact }: Message): string {
  if (sticker) return sticker.emoji ?? '';
  if (location) return `📍 ${location.latitude}, ${location.longitude}`;
  return contact ? `${contact.first_name} ${contact.phone_number}` : '';
}
