import { z } from 'zod';
import type { InboundFile, InboundMessage } from '../../channel.ts';
import { Refusal } from './errors.ts';

/**
 * Characters of one message, counted in UTF-16 code units: what a browser's `maxlength` counts, so that the
 * widget and the server agree. A rare Han character or an emoji therefore counts two or more.
 */
export const MAX_TEXT = 4000;

/** A language tag (BCP 47) as far as we read it. */
export const localeTag = z.string().regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/);

const short = (most: number) => z.string().max(most);
/** What only decorates a message is dropped when it is odd; what changes its meaning is refused. */
const shape = z.object({
  type: short(64),
  text: z.string().nullish(),
  name: short(200).nullish().catch(undefined),
  locale: localeTag.nullish().catch(undefined),
  value: z.unknown().optional(),
  attachments: z.array(z.unknown()).nullish(),
  channelData: z.unknown().optional(),
});

/** The client's own id of a message; too long an id would be cut to one that another message may have. */
const clientData = z.object({ clientActivityID: short(200).min(1).nullish() });
/** A button's token 按钮凭证, with a note (a reason for refusing, say) from the card's input field. */
const pressed = z.object({ token: z.string().regex(/^[\w-]{1,64}$/), note: short(MAX_TEXT).nullish() });

export type Intent =
  | { do: 'receive'; message: InboundMessage }
  | { do: 'press'; token: string; note?: string; text: string; clientId?: string | undefined }
  | { do: 'acknowledge' };

/**
 * What an Activity of a client asks for. `from`, `id`, `conversation` and other fields of Microsoft's clients
 * are ignored: who speaks and where is in the token.
 * @param files what was uploaded with it; the activity's own `attachments` then only describe them
 */
export function readActivity(body: unknown, conversationId: string, files?: InboundFile[]): Intent {
  const parsed = shape.safeParse(body);
  if (!parsed.success) throw refusalOf(parsed.error, body);
  const activity = parsed.data;
  switch (activity.type) {
    case 'message':
      return readMessage(activity, conversationId, files);
    case 'typing':
      return { do: 'receive', message: { conversationId, kind: 'typing', text: '' } };
    case 'event':
      if (activity.name !== 'yingda/joined') return { do: 'acknowledge' };
      return { do: 'receive', message: withLocale({ conversationId, kind: 'joined', text: '' }, activity) };
    case 'conversationUpdate':
      return { do: 'acknowledge' };
    default:
      throw new Refusal('NotSupported', 'type');
  }
}

type Activity = z.infer<typeof shape>;

function readMessage(activity: Activity, conversationId: string, files?: InboundFile[]): Intent {
  if (activity.attachments?.length && !files) throw new Refusal('AttachmentsNotSupported', 'attachments');
  const value = activity.value ?? undefined;
  const text = storable(activity.text || (typeof value === 'string' ? value : ''));
  if (text.length > MAX_TEXT) throw new Refusal('MessageTooLong', 'text');
  const clientId = readClientId(activity.channelData);
  if (isObject(value) && 'token' in value) {
    if (files) throw new Refusal('BadArgument', 'value');
    const press = pressed.safeParse(value);
    if (!press.success) throw new Refusal('BadArgument', 'value');
    const { token, note } = press.data;
    return { do: 'press', token, text, clientId, ...(note ? { note: storable(note) } : {}) };
  }
  const carries = isObject(value) && Object.keys(value).length > 0;
  if (isBlank(text) && !carries && !files) throw new Refusal('EmptyMessage', 'text');
  const message: InboundMessage = { conversationId, kind: 'message', text };
  if (clientId !== undefined) message.externalId = clientId;
  if (carries) message.value = storableValue(value);
  if (files) message.files = files;
  return { do: 'receive', message: withLocale(message, activity) };
}

function withLocale(message: InboundMessage, activity: Activity): InboundMessage {
  return activity.locale ? { ...message, locale: activity.locale } : message;
}

function readClientId(channelData: unknown): string | undefined {
  if (!isObject(channelData)) return undefined;
  const parsed = clientData.safeParse(channelData);
  if (!parsed.success) throw new Refusal('BadArgument', 'channelData.clientActivityID');
  return parsed.data.clientActivityID ? storable(parsed.data.clientActivityID) : undefined;
}

/** Spaces, and signs that show nothing: zero-width ones, byte order marks, variation selectors. */
function isBlank(text: string): boolean {
  return /^(?:[\s\p{Cc}\p{Cf}\u{115F}\u{1160}\u{3164}]|\p{Variation_Selector})*$/u.test(text);
}

/** PostgreSQL stores neither NUL nor half a surrogate pair: the one goes, the other becomes U+FFFD. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}

const MAX_DEPTH = 8;

function storableValue(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new Refusal('BadArgument', 'value');
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map((item) => storableValue(item, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [storable(key), storableValue(item, depth + 1)]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refusalOf(error: z.ZodError, body: unknown): Refusal {
  const path = error.issues[0]?.path.join('.') ?? '';
  const missing = !isObject(body) || (path === 'type' && body.type === undefined);
  return new Refusal(missing ? 'MissingProperty' : 'BadArgument', path || undefined);
}
