import { randomInt, timingSafeEqual } from 'node:crypto';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { Refused } from '../kit/webhook.ts';
import { readXml, writeXml } from './xml.ts';

export interface Credentials {
  corpId: string;
  token: string;
  encodingAESKey: string;
}

/** How far a callback's time may be from ours, in milliseconds. */
export const FRESH = 5 * 60_000;
/** Bytes of a callback: a text has at most 2048, and grows by two thirds when sealed and written as base64. */
export const MAX_CALLBACK = 64 * 1024;

const QUERY = {
  msg_signature: /^[0-9a-f]{40}$/,
  timestamp: /^\d{10}$/,
  nonce: /^[\w-]{1,64}$/,
} as const;
const SEALED = /^(?:[A-Za-z0-9+/]{4}){4,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * What a callback says, once it is known to be the platform's, fresh, and meant for us (receiveid is the CorpID).
 * https://developer.work.weixin.qq.com/document/path/90968
 * @param query of the request's address: msg_signature, timestamp, nonce
 * @param sealed `Encrypt` of the body, or `echostr` of the query when the address is verified
 * @throws Refused 401
 */
export function open(query: URLSearchParams, sealed: string, who: Credentials, now: number): string {
  const [signature, timestamp, nonce] = (['msg_signature', 'timestamp', 'nonce'] as const).map((name) =>
    field(query, name),
  ) as [string, string, string];
  if (!SEALED.test(sealed)) throw new Refused(401, 'not sealed');
  const right = getSignature(who.token, timestamp, nonce, sealed);
  if (!timingSafeEqual(Buffer.from(right), Buffer.from(signature))) throw new Refused(401, 'wrong signature');
  if (Math.abs(now - Number(timestamp) * 1000) > FRESH) throw new Refused(401, 'not fresh');
  const { message, id } = unseal(who.encodingAESKey, sealed);
  if (id !== who.corpId) throw new Refused(401, 'meant for somebody else');
  return message;
}

function field(query: URLSearchParams, name: keyof typeof QUERY): string {
  const [value = '', ...more] = query.getAll(name);
  if (more.length > 0 || !QUERY[name].test(value)) throw new Refused(401, `${name} is missing or odd`);
  return value;
}

function unseal(key: string, sealed: string): { message: string; id: string } {
  try {
    return decrypt(key, sealed);
  } catch {
    throw new Refused(401, 'sealed with another key');
  }
}

/** The sealed part of a posted callback. @throws Refused 400 */
export function sealedIn(body: Buffer): string {
  const { Encrypt } = readXml(body.toString('utf8'));
  if (!Encrypt) throw new Refused(400, 'no Encrypt');
  return Encrypt.trim();
}

/**
 * An answer within the callback 被动回复, sealed as the platform wants it.
 * https://developer.work.weixin.qq.com/document/path/90241
 */
export function sealedReply(
  fields: Readonly<Record<string, string | number>>,
  { corpId, token, encodingAESKey }: Credentials,
  now: number,
): string {
  const Encrypt = encrypt(encodingAESKey, writeXml(fields), corpId);
  const TimeStamp = String(Math.floor(now / 1000));
  const Nonce = String(randomInt(1_000_000_000, 9_999_999_999));
  return writeXml({
    Encrypt,
    MsgSignature: getSignature(token, TimeStamp, Nonce, Encrypt),
    TimeStamp,
    Nonce,
  });
}
