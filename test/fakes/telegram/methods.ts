import { type Entity, EntityError, parseHtml } from './html.ts';
import { type Chat, type FakeBot, Refusal, type Sent, type Upload } from './state.ts';

/** Fields of a call; uploads are files. */
export type Fields = Record<string, unknown>;

/** The published limits: core.telegram.org/bots/api#sendmessage, #inlinekeyboardbutton. */
const MAX_TEXT = 4096;
const MAX_CAPTION = 1024;
const MAX_DATA_BYTES = 64;
const MAX_BUTTONS = 100;
const MAX_NOTE = 200;
const MAX_DOWNLOAD = 20e6;

type Method = (bot: FakeBot, fields: Fields) => unknown;

/** The calls that the stand-in knows; others are 404, as a misspelt one is at Telegram. */
export const METHODS: Record<string, Method> = {
  getMe: ({ id, username }) => ({ id, is_bot: true, first_name: username, username }),
  setWebhook(bot, { url, secret_token, allowed_updates }) {
    const secret = String(secret_token ?? '');
    if (!/^https?:\/\//.test(String(url)))
      throw new Refusal(400, 'bad webhook: An HTTPS URL must be provided for webhook');
    if (secret && !/^[\w-]{1,256}$/.test(secret))
      throw new Refusal(400, 'secret token contains unallowed characters');
    bot.webhook = { url: String(url), secret, kinds: (allowed_updates as string[] | undefined) ?? [] };
    return true;
  },
  setMyCommands(bot, { commands, language_code: language = '' }) {
    const list = commands as { command: string; description: string }[];
    if (!Array.isArray(list) || list.length > 100) throw new Refusal(400, 'BOT_COMMANDS_TOO_MUCH');
    if (!/^([a-z]{2})?$/.test(String(language))) throw new Refusal(400, 'invalid language code specified');
    for (const { command, description } of list) {
      if (!/^[a-z0-9_]{1,32}$/.test(command)) throw new Refusal(400, 'BOT_COMMAND_INVALID');
      if (!description || description.length > 256) throw new Refusal(400, 'BOT_COMMAND_DESCRIPTION_INVALID');
    }
    bot.commands.set(String(language), list);
    return true;
  },
  deleteWebhook(bot) {
    bot.webhook = undefined;
    return true;
  },
  getWebhookInfo: (bot) => ({
    url: bot.webhook?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: bot.queue.length,
    ...(bot.webhook && { allowed_updates: bot.webhook.kinds }),
    ...(bot.lastError && { last_error_date: bot.lastError.at, last_error_message: bot.lastError.message }),
  }),
  sendMessage(bot, fields) {
    const chat = chatOf(bot, fields);
    const { text, entities } = formatted(fields, 'text', MAX_TEXT);
    if (!text.trim()) throw new Refusal(400, 'message text is empty');
    return shown(chat, bot, { text, entities, keyboard: keyboardOf(fields) });
  },
  editMessageText(bot, fields) {
    const chat = chatOf(bot, fields);
    const old = chat.messages.get(Number(fields.message_id));
    if (!old || old.from !== bot.id) throw new Refusal(400, 'message to edit not found');
    const now = { ...formatted(fields, 'text', MAX_TEXT), keyboard: keyboardOf(fields) };
    const same = ({ text, entities, keyboard }: typeof now) => JSON.stringify([text, entities, keyboard]);
    if (same(now) === same(old))
      throw new Refusal(
        400,
        'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      );
    const edited: Sent = { ...old, ...now, kind: 'update' };
    chat.messages.set(old.message_id, edited);
    chat.sent.push(edited);
    return asMessage(chat, edited);
  },
  sendPhoto(bot, fields) {
    const photo = uploadOf(fields, 'photo');
    if (photo.bytes.length > 10e6) throw new Refusal(400, 'PHOTO_SAVE_FILE_INVALID');
    if (photo.bytes.subarray(0, 4).toString() === 'TALL') throw new Refusal(400, 'PHOTO_INVALID_DIMENSIONS');
    return sentFile(bot, fields, photo, 'photo');
  },
  sendDocument: (bot, fields) => sentFile(bot, fields, uploadOf(fields, 'document'), 'document'),
  sendChatAction(bot, fields) {
    const chat = chatOf(bot, fields);
    if (fields.action !== 'typing') throw new Refusal(400, 'wrong parameter action in request');
    chat.sent.push({ message_id: 0, from: bot.id, kind: 'typing', text: '', entities: [], keyboard: [] });
    return true;
  },
  answerCallbackQuery(bot, { callback_query_id: id, text = '' }) {
    if (String(text).length > MAX_NOTE) throw new Refusal(400, 'MESSAGE_TOO_LONG');
    if (!bot.asked.delete(String(id)))
      throw new Refusal(400, 'query is too old and response timeout expired or query ID is invalid');
    bot.notes.push(String(text));
    bot.answers.set(String(id), String(text));
    return true;
  },
  getFile(bot, { file_id }) {
    const file = bot.files.get(String(file_id));
    if (!file) throw new Refusal(400, 'invalid file_id');
    if (file.bytes.length > MAX_DOWNLOAD) throw new Refusal(400, 'file is too big');
    return {
      file_id,
      file_unique_id: file_id,
      file_size: file.bytes.length,
      file_path: `documents/${file_id}`,
    };
  },
};

/** The calls that a mood of the platform, or a blocked bot, refuses. */
export const SENDS = ['sendMessage', 'sendPhoto', 'sendDocument', 'editMessageText'];

function chatOf(bot: FakeBot, { chat_id }: Fields): Chat {
  const chat = bot.chats.get(Number(chat_id));
  if (!chat) throw new Refusal(400, 'chat not found');
  if (chat.movedTo !== undefined)
    throw new Refusal(400, 'group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: chat.movedTo,
    });
  if (chat.refusal) throw chat.refusal;
  return chat;
}

function formatted(fields: Fields, name: string, most: number): { text: string; entities: Entity[] } {
  const source = String(fields[name] ?? '');
  const mode = fields.parse_mode;
  if (mode !== undefined && mode !== 'HTML') throw new Refusal(400, `unsupported parse_mode`);
  const read = () => {
    if (!mode) return { text: source, entities: [] };
    try {
      return parseHtml(source);
    } catch (error) {
      if (error instanceof EntityError) throw new Refusal(400, `can't parse entities: ${error.message}`);
      throw error;
    }
  };
  const parsed = read();
  if (parsed.text.length > most)
    throw new Refusal(400, name === 'text' ? 'message is too long' : 'message caption is too long');
  return parsed;
}

function keyboardOf({ reply_markup }: Fields): { text: string; callback_data: string }[][] {
  const { inline_keyboard: rows = [] } = (reply_markup ?? {}) as { inline_keyboard?: unknown };
  if (!Array.isArray(rows) || !rows.every(Array.isArray))
    throw new Refusal(400, "can't parse inline keyboard");
  const buttons = rows.flat();
  if (buttons.length > MAX_BUTTONS) throw new Refusal(400, 'reply markup is too long');
  for (const { text, callback_data: data } of buttons) {
    if (typeof text !== 'string' || !text)
      throw new Refusal(400, 'inline keyboard button text must be non-empty');
    const bytes = Buffer.byteLength(typeof data === 'string' ? data : '');
    if (bytes < 1 || bytes > MAX_DATA_BYTES) throw new Refusal(400, 'BUTTON_DATA_INVALID');
  }
  return rows;
}

function uploadOf(fields: Fields, name: string): Upload {
  const upload = fields[name] as Upload | undefined;
  if (!upload?.bytes) throw new Refusal(400, `there is no ${name} in the request`);
  if (upload.bytes.length > 50e6) throw new Refusal(413, 'Request Entity Too Large');
  return upload;
}

function sentFile(bot: FakeBot, fields: Fields, file: Upload, as: 'photo' | 'document') {
  const chat = chatOf(bot, fields);
  const { text, entities } = formatted(fields, 'caption', MAX_CAPTION);
  return shown(chat, bot, { text, entities, keyboard: [], file: { ...file, as } });
}

function shown(chat: Chat, bot: FakeBot, content: Pick<Sent, 'text' | 'entities' | 'keyboard' | 'file'>) {
  const sent: Sent = { ...content, message_id: chat.nextId++, from: bot.id, kind: 'message' };
  chat.messages.set(sent.message_id, sent);
  chat.sent.push(sent);
  return asMessage(chat, sent);
}

/** A Message as Telegram writes it. */
export function asMessage({ id, type }: Chat, { message_id, from, text, entities, keyboard }: Sent) {
  return {
    message_id,
    date: 1,
    from: { id: from, is_bot: true, first_name: 'bot' },
    chat: { id, type },
    text,
    ...(entities.length > 0 && { entities }),
    ...(keyboard.length > 0 && { reply_markup: { inline_keyboard: keyboard } }),
  };
}
