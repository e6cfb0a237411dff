import { z } from 'zod';
import type { InboundFile, InboundMessage } from '../channel.ts';
import { e164 } from '../kit/sms/numbers.ts';
import { addressOfError } from './codes.ts';
import type { Settings } from './settings.ts';
import type { Form } from './verify.ts';

/**
 * Strict on purpose: the signature covers names and values run together, so that a loose id would let fields of a
 * captured request be cut anew and pass for a new message.
 */
const sid = z.string().regex(/^(SM|MM)[0-9a-f]{32}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);

/** https://www.twilio.com/docs/messaging/guides/webhook-request */
const message = z.object({
  MessageSid: sid,
  AccountSid: z.string(),
  From: z.string().min(1).max(64),
  Body: z.string().default(''),
  /** Where Twilio's own opt-out took the message: it has answered it, and blocks us after STOP. */
  OptOutType: z.enum(['STOP', 'START']).optional().catch(undefined),
  NumMedia: z.coerce.number().int().min(0).max(10).catch(0),
});

/** https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks */
const status = z.object({
  MessageSid: sid,
  AccountSid: z.string(),
  MessageStatus: z.string(),
  ErrorCode: z.string().optional(),
});

/**
 * Words that end everything wherever short messages follow the carriers' rules, besides those of the policy:
 * https://help.twilio.com/articles/223134027 . Not elsewhere: a chat may be asked to cancel something.
 */
const ENDS = /^\s*(?:stopall|cancel|end|quit|optout|revoke)[\s.!]*$/i;

export interface Parsed {
  from: string;
  text: string;
  externalId: string;
  files: InboundFile[];
  opts?: InboundMessage['opts'];
}

/** What was said; undefined where the form isn't a message to this account. */
export function parseMessage(form: Form, { accountSid, country }: Settings): Parsed | undefined {
  const { data } = message.safeParse(form);
  if (data?.AccountSid !== accountSid) return undefined;
  const opts = optsOf(data.OptOutType, data.Body);
  const files = Array.from({ length: data.NumMedia }, (_, at) => fileOf(form, at));
  return {
    from: e164(data.From, country),
    text: data.Body,
    externalId: data.MessageSid,
    files: files.filter((file) => file !== undefined),
    ...(opts && { opts }),
  };
}

function optsOf(by: 'STOP' | 'START' | undefined, body: string): InboundMessage['opts'] {
  if (by) return { to: by === 'STOP' ? 'out' : 'in', confirmed: true };
  return ENDS.test(body) ? { to: 'out', confirmed: false } : undefined;
}

function fileOf(form: Form, at: number): InboundFile | undefined {
  const ref = form[`MediaUrl${at}`];
  if (typeof ref !== 'string' || ref.length > 2000) return undefined;
  const type = /^(?:image|video|audio|application|text)\/([a-z0-9]{2,5})\b/.exec(
    String(form[`MediaContentType${at}`]),
  );
  return { name: `mms-${at + 1}.${type?.[1] ?? 'bin'}`, ref };
}

export interface Report {
  externalId: string;
  state: 'delivered' | 'failed';
  about?: { reason: string; address: ReturnType<typeof addressOfError> };
}

/** What became of one of ours; `passing` for a state that isn't the last, undefined where it isn't about this account. */
export function parseStatus(form: Form, { accountSid }: Settings): Report | 'passing' | undefined {
  const { data } = status.safeParse(form);
  if (data?.AccountSid !== accountSid) return undefined;
  const { MessageSid: externalId, MessageStatus: state, ErrorCode } = data;
  if (state === 'delivered' || state === 'read') return { externalId, state: 'delivered' };
  if (state === 'failed' || state === 'undelivered')
    return { externalId, state: 'failed', ...(ErrorCode && { about: errorOf(state, ErrorCode) }) };
  return 'passing';
}

const errorOf = (state: string, code: string) => ({
  ...{ reason: `${state}: ${code}`, address: addressOfError(Number(code)) },
});
