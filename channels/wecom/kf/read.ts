import { z } from 'zod';
import type { InboundMessage } from '../../channel.ts';
import { FAIL_TYPES } from '../codes.ts';
import { type Locale, t } from '../i18n/index.ts';
import { pressed } from './menu.ts';

const media = z.object({ media_id: z.string() });

/** One entry of sync_msg, as far as we read it. https://developer.work.weixin.qq.com/document/path/94670 */
export const entry = z.object({
  msgid: z.string().min(1).max(128),
  open_kfid: z.string().optional(),
  external_userid: z.string().optional(),
  /** Seconds. */
  send_time: z.number(),
  /** 3 the customer, 4 the system, 5 a person in WeCom's own client. */
  origin: z.number(),
  msgtype: z.string(),
  text: z.object({ content: z.string(), menu_id: z.string().optional() }).optional(),
  image: media.optional(),
  voice: media.optional(),
  video: media.optional(),
  file: media.optional(),
  location: z.object({ name: z.string().default(''), address: z.string().default('') }).optional(),
  link: z.object({ title: z.string().default(''), url: z.string().default('') }).optional(),
  event: z
    .object({
      event_type: z.string(),
      external_userid: z.string().optional(),
      welcome_code: z.string().optional(),
      fail_msgid: z.string().optional(),
      fail_type: z.number().optional(),
      recall_msgid: z.string().optional(),
    })
    .optional(),
});
export type Entry = z.infer<typeof entry>;

/** What an entry asks for. */
export type Intent =
  | { do: 'receive'; message: Omit<InboundMessage, 'conversationId'>; welcome?: string }
  | { do: 'press'; token: string; text: string; externalId: string }
  | { do: 'failed'; externalId: string; reason: string }
  | { do: 'nothing' };

/** Whose entry it is: the external_userid of the customer 外部联系人. */
export const customerOf = ({ external_userid, event }: Entry) => external_userid ?? event?.external_userid;

/** What a customer did. What colleagues write in WeCom's own client (origin 5) is none of ours. */
export function read(of: Entry, locale: Locale): Intent {
  if (of.msgtype === 'event') return readEvent(of);
  if (of.origin !== 3) return { do: 'nothing' };
  const { text, msgid: externalId } = of;
  const press = text?.menu_id ? pressed(text.menu_id) : undefined;
  if (press && 'token' in press)
    return { do: 'press', token: press.token, text: text?.content ?? '', externalId };
  const said = press ? { text: press.words } : contentOf(of, locale);
  return { do: 'receive', message: { kind: 'message', externalId, ...said } };
}

function contentOf(of: Entry, locale: Locale): Pick<InboundMessage, 'text' | 'files'> {
  const { text, image, voice, video, file, location, link, msgtype: type } = of;
  if (text) return { text: text.content };
  const names = { image: 'image', voice: 'voice.amr', video: 'video.mp4', file: 'file' };
  for (const [kind, found] of Object.entries({ image, voice, video, file })) {
    if (found) return { text: '', files: [{ name: names[kind as keyof typeof names], ref: found.media_id }] };
  }
  if (location) return { text: t(locale, 'location', location) };
  if (link) return { text: [link.title, link.url].filter(Boolean).join('\n') };
  return { text: t(locale, 'unsupported', { type }) };
}

function readEvent({ event, msgid }: Entry): Intent {
  switch (event?.event_type) {
    case 'enter_session': {
      const welcome = event.welcome_code ? { welcome: event.welcome_code } : {};
      return { do: 'receive', message: { kind: 'joined', text: '', externalId: msgid }, ...welcome };
    }
    case 'msg_send_fail': {
      const reason = `${event.fail_type ?? 0} ${FAIL_TYPES[event.fail_type ?? 0] ?? ''}`.trim();
      return event.fail_msgid ? { do: 'failed', externalId: event.fail_msgid, reason } : { do: 'nothing' };
    }
    case 'user_recall_msg': {
      const { recall_msgid: externalId } = event;
      return externalId
        ? { do: 'receive', message: { kind: 'delete', text: '', externalId } }
        : { do: 'nothing' };
    }
    default:
      return { do: 'nothing' };
  }
}
