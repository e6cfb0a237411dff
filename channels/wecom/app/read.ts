import type { InboundMessage } from '../../channel.ts';
import { Refused } from '../../kit/webhook.ts';
import { type Locale, t } from '../i18n/index.ts';
import type { Fields } from '../xml.ts';
import { pressed } from './card.ts';

/** What a callback asks for. `from`: the member's UserID 成员. */
export type Intent = { from: string } & (
  | { do: 'receive'; message: Omit<InboundMessage, 'conversationId'> }
  | { do: 'press'; token: string; responseCode: string }
  /** Nothing that we could read: they are asked to write. */
  | { do: 'excuse' }
  | { do: 'nothing' }
);

/**
 * What a member did in the application. Messages: https://developer.work.weixin.qq.com/document/path/90375, events:
 * https://developer.work.weixin.qq.com/document/path/90376
 * @throws Refused 400 without a sender, 401 for another application
 */
export function read(fields: Fields, agentId: number, locale: Locale): Intent {
  const { FromUserName: from = '', AgentID = String(agentId), MsgType, MsgId } = fields;
  if (!/^\S{1,64}$/.test(from)) throw new Refused(400, 'no FromUserName');
  if (AgentID !== String(agentId)) throw new Refused(401, 'another AgentID');
  if (MsgType === 'event') return readEvent(fields, from);
  if (!MsgId) throw new Refused(400, 'no MsgId');
  const content = contentOf(fields, locale);
  if (!content) return { from, do: 'excuse' };
  return { from, do: 'receive', message: { kind: 'message', externalId: MsgId, ...content } };
}

function contentOf(fields: Fields, locale: Locale): Pick<InboundMessage, 'text' | 'files'> | undefined {
  const { MsgType, Content = '', MediaId, Label = '', Title = '', Url = '', Recognition } = fields;
  switch (MsgType) {
    case 'text':
      return { text: Content };
    case 'image':
      return MediaId ? { text: '', files: [{ name: 'image', ref: MediaId }] } : undefined;
    case 'video':
      return MediaId ? { text: '', files: [{ name: 'video.mp4', ref: MediaId }] } : undefined;
    case 'voice':
      return Recognition ? { text: Recognition } : undefined;
    case 'location':
      return { text: t(locale, 'location', { name: Label, address: '' }) };
    case 'link':
      return { text: [Title, Url].filter(Boolean).join('\n') };
    default:
      return undefined;
  }
}

/** Events carry no MsgId: who, when and what make one, and a repeat has the same. */
function readEvent(fields: Fields, from: string): Intent {
  const { Event = '', EventKey = '', TaskId = '', CreateTime = '', ResponseCode = '' } = fields;
  const externalId = [from, CreateTime, Event, EventKey, TaskId].join(' ').slice(0, 400);
  const says = (text: string): Intent => ({
    from,
    do: 'receive',
    message: { kind: 'message', text, externalId },
  });
  switch (Event) {
    case 'enter_agent':
      return { from, do: 'receive', message: { kind: 'joined', text: '', externalId } };
    case 'click':
      return EventKey ? says(EventKey) : { from, do: 'nothing' };
    case 'template_card_event': {
      const press = pressed(EventKey);
      if (!press) return { from, do: 'nothing' };
      return 'words' in press
        ? says(press.words)
        : { from, do: 'press', token: press.token, responseCode: ResponseCode };
    }
    default:
      return { from, do: 'nothing' };
  }
}
