import { z } from 'zod';
import type { InboundFile, InboundMessage } from '../channel.ts';
import { type Activity, personOf, scopeOf, tenantOf } from './activity.ts';
import type { Address } from './address.ts';

/** What a button of ours carries back: words to be said, or a token that counts once. */
export const carried = z.object({
  say: z.string().max(4000).optional(),
  token: z.string().max(64).optional(),
  /** The message whose card is to be drawn again. */
  seq: z.number().int().positive().max(2_147_483_647).optional(),
});

export type Inbound = Omit<InboundMessage, 'conversationId'>;
export type Read = { message: Inbound } | { press: string } | undefined;

/** What an activity says to us; undefined for what is none of our business. */
export function read(activity: Activity): Read {
  const { type, text = '', id, locale } = activity;
  const about = { ...(id !== undefined && { externalId: id }), ...(locale && { locale }) };
  switch (type) {
    case 'message':
      return readMessage(activity, about);
    case 'messageUpdate':
      return addressed(activity)
        ? { message: { kind: 'edit', text: plain(text, activity), ...about } }
        : undefined;
    case 'messageDelete':
      return { message: { kind: 'delete', text: '', ...about } };
    case 'typing':
      return { message: { kind: 'typing', text: '' } };
    case 'conversationUpdate': {
      // Only our own coming; and not as news from ourselves, which names nobody to answer.
      const joined = activity.membersAdded?.some((member) => member.id === activity.recipient.id);
      return joined && activity.from.id !== activity.recipient.id
        ? { message: { kind: 'joined', text: '', ...(locale && { locale }) } }
        : undefined;
    }
    default:
      return undefined;
  }
}

function readMessage(activity: Activity, about: Pick<Inbound, 'externalId' | 'locale'>): Read {
  const { say, token } = carried.safeParse(activity.value).data ?? {};
  if (token !== undefined) return { press: token };
  if (say === undefined && !addressed(activity)) return undefined;
  const text = say ?? plain(activity.text ?? '', activity);
  const files = filesOf(activity);
  if (text === '' && files.length === 0) return undefined;
  return {
    message: { kind: 'message', text, ...(files.length > 0 && { files }), ...senderOf(activity), ...about },
  };
}

/** Who speaks, in company; `personOf` is what their 1:1 chat is known by. */
function senderOf(activity: Activity): Pick<Inbound, 'sender'> {
  if (scopeOf(activity) === 'personal') return {};
  const { name } = activity.from;
  return { sender: { key: personOf(activity), ...(name && { name }) } };
}

/** In company we speak only when spoken to, even where the app may hear everything. */
function addressed(activity: Activity): boolean {
  return (
    scopeOf(activity) === 'personal' ||
    mentionsOf(activity).some(({ mentioned }) => isBot(mentioned, activity))
  );
}

const mentionsOf = ({ entities = [] }: Activity) => entities.filter(({ type }) => type === 'mention');

function isBot(mentioned: { id?: string | undefined } | undefined, { recipient }: Activity): boolean {
  return mentioned?.id?.toLowerCase() === recipient.id.toLowerCase();
}

/** The words, without our own name called out; others who are mentioned stay, as `@name`. */
function plain(text: string, activity: Activity): string {
  let words = text;
  for (const { text: tag, mentioned } of mentionsOf(activity))
    if (tag && isBot(mentioned, activity)) words = words.replaceAll(tag, ' ');
  return words
    .replace(/<at(?:\s[^<>]*)?>([^<>]*)<\/at>/g, '@$1')
    .replace(/&nbsp;|\u00a0/g, ' ')
    .replace(/[ \t]{2,}/g, ' ')
    .trim();
}

const download = z.object({ downloadUrl: z.string().max(8192) });

/** Files of a 1:1 chat and pictures pasted into a message: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4 */
function filesOf({ attachments = [] }: Activity): InboundFile[] {
  return attachments.flatMap(({ contentType = '', contentUrl, content, name }): InboundFile[] => {
    if (contentType === 'application/vnd.microsoft.teams.file.download.info') {
      const ref = download.safeParse(content).data?.downloadUrl;
      return ref ? [{ name: name ?? 'file', ref }] : [];
    }
    return contentType.startsWith('image/') && contentUrl ? [{ name: name ?? 'image', ref: contentUrl }] : [];
  });
}

/** Where this conversation is answered. */
export function addressOf(activity: Activity): Address {
  const { serviceUrl, conversation, recipient, from } = activity;
  const type = scopeOf(activity);
  const tenant = tenantOf(activity);
  return {
    serviceUrl,
    conversation: conversation.id,
    type,
    ...(tenant !== undefined && { tenant }),
    bot: recipient.id,
    // Not in company, where it would be another one at every message.
    ...(type === 'personal' && { user: from.id }),
  };
}
