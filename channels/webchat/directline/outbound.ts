import type { OutboundMessage } from '../../channel.ts';
import { adaptiveCard, cardAction, heroCard } from './cards.ts';

/** For whom a message is written: the user id is the conversation's own side. */
export interface Reader {
  user: string;
  /** Shown name of the bot. */
  botName: string;
  cards: 'adaptive' | 'hero';
  /** Our address as this reader knows it. */
  base: string;
  /** Where a file of the conversation is, for a while. */
  fileUrl(fileId: string): string;
}

/** What the stream and the poll hand out: activities and the place to go on from. */
export type ActivitySet = { activities: string; watermark: string };

const BOT_ID = 'yingda';

/** `conversationId|0000042`, the id of an activity on this wire. */
export function activityId(conversationId: string, seq: number): string {
  return `${conversationId}|${String(seq).padStart(7, '0')}`;
}

/** A message as Activity (Bot Framework schema, Direct Line 3.0). */
export function toActivity(message: OutboundMessage, reader: Reader): Record<string, unknown> {
  const own = message.author === 'customer' || message.author === 'staff';
  const activity: Record<string, unknown> = {
    type: message.kind,
    // A typing sign has no place of its own in the conversation: an id would clash with the message's there.
    ...(message.kind === 'typing' ? {} : { id: message.id }),
    timestamp: new Date(message.at).toISOString(),
    channelId: 'directline',
    conversation: { id: message.conversationId },
    from: own ? { id: reader.user, role: 'user' } : speaker(message, reader),
    ...channelData(message),
  };
  if (message.kind === 'event') activity.name = String(message.data?.name ?? 'yingda/event');
  if (message.kind !== 'message') return activity;
  activity.text = message.text;
  // Only the bot writes Markdown: what people type is shown as they typed it.
  activity.textFormat = message.author === 'bot' || message.author === 'system' ? 'markdown' : 'plain';
  if (typeof message.data?.replyToId === 'string') activity.replyToId = message.data.replyToId;
  const attachments = attachmentsOf(message, reader);
  if (attachments.length > 0) activity.attachments = attachments;
  if (message.actions?.length) {
    activity.suggestedActions = { to: [reader.user], actions: message.actions.map(cardAction) };
  }
  return activity;
}

function attachmentsOf({ card, files = [] }: OutboundMessage, reader: Reader): object[] {
  const drawn = card ? [(reader.cards === 'hero' ? heroCard : adaptiveCard)(card)] : [];
  const sent = files.map(({ id, name, type: contentType }) => {
    const contentUrl = reader.fileUrl(id);
    // Microsoft's Web Chat shows a user's own picture only if it has a small one.
    const small = contentType.startsWith('image/') ? { thumbnailUrl: contentUrl } : {};
    return { contentType, contentUrl, ...small, name };
  });
  return [...drawn, ...sent];
}

function speaker(message: OutboundMessage, reader: Reader): Record<string, unknown> {
  if (message.author === 'agent') return { id: 'agent', role: 'bot', name: message.name ?? reader.botName };
  return { id: BOT_ID, role: 'bot', name: message.name ?? reader.botName };
}

function channelData(message: OutboundMessage): { channelData?: Record<string, unknown> } {
  const { replyToId: _, ...rest } = message.data ?? {};
  const data: Record<string, unknown> = {};
  if (message.clientId) data.clientActivityID = message.clientId;
  // Where Microsoft's Web Chat looks for the figures that it shows, by the attachment's place.
  if (message.files && !message.card) data.attachmentSizes = message.files.map(({ size }) => size);
  if (message.author !== 'customer' && message.author !== 'staff') {
    data.yingda = { ...rest, author: message.author };
  } else if (Object.keys(rest).length > 0) data.yingda = rest;
  return Object.keys(data).length > 0 ? { channelData: data } : {};
}

const written = new WeakMap<OutboundMessage, { user: string; base: string; json: string }>();

/** The message's JSON, made once however many watch: a host that shares one object between them saves the rest. */
export function serialise(message: OutboundMessage, reader: Reader): string {
  const known = written.get(message);
  const { user, base } = reader;
  if (known?.user === user && known.base === base) return known.json;
  const json = JSON.stringify(toActivity(message, reader));
  written.set(message, { user, base, json });
  return json;
}

/** The ActivitySet of some messages; `after` is where the reader stood. Typing signs don't move the watermark back. */
export function frame(messages: readonly OutboundMessage[], reader: Reader, after: number): string {
  let last = after;
  let activities = '';
  for (const message of messages) {
    if (message.seq > last) last = message.seq;
    activities += (activities ? ',' : '') + serialise(message, reader);
  }
  return `{"activities":[${activities}],"watermark":"${last}"}`;
}
