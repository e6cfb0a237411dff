import { z } from 'zod';

const id = z.number().int();
const language = z
  .string()
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/)
  .optional()
  .catch(undefined);
const user = z.object({ id, first_name: z.string().max(512).optional(), language_code: language });
const chat = z.object({ id, type: z.string() });
const entity = z.object({
  type: z.string(),
  offset: z.number().int().min(0),
  length: z.number().int().min(0),
  user: user.optional(),
});
const file = z.object({ file_id: z.string().min(1).max(1024), file_name: z.string().max(1024).optional() });
const place = z.object({ latitude: z.number(), longitude: z.number() });

const message = z.object({
  message_id: id,
  message_thread_id: id.optional(),
  is_topic_message: z.boolean().optional(),
  from: user.optional(),
  chat,
  text: z.string().optional(),
  entities: z.array(entity).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(entity).optional(),
  reply_to_message: z.object({ from: user.optional() }).optional(),
  photo: z.array(file).optional(),
  document: file.optional(),
  audio: file.optional(),
  voice: file.optional(),
  video: file.optional(),
  video_note: file.optional(),
  animation: file.optional(),
  sticker: z.object({ emoji: z.string().optional() }).optional(),
  location: place.optional(),
  contact: z.object({ phone_number: z.string(), first_name: z.string() }).optional(),
  migrate_to_chat_id: id.optional(),
});

const button = z.object({ text: z.string(), callback_data: z.string().optional() });
/** What is under the pressed message; `chat` and the ids are there even when the message is too old to be seen. */
const pressed = z.object({
  message_id: id,
  message_thread_id: id.optional(),
  is_topic_message: z.boolean().optional(),
  chat,
  reply_markup: z.object({ inline_keyboard: z.array(z.array(button)) }).optional(),
});
const press = z.object({
  id: z.string().min(1).max(128),
  from: user,
  message: pressed.optional(),
  data: z.string().max(64).optional(),
});

const member = z.object({
  chat,
  from: user,
  old_chat_member: z.object({ status: z.string() }),
  new_chat_member: z.object({ status: z.string() }),
});

/** What we read of an Update (core.telegram.org/bots/api#update): the kinds that we ask for, the fields that we use. */
export const update = z.object({
  update_id: id,
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: press.optional(),
  my_chat_member: member.optional(),
});

/** `allowed_updates`: others are not sent to us. */
export const KINDS = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

export type Update = z.infer<typeof update>;
export type Message = z.infer<typeof message>;
export type Press = z.infer<typeof press>;
