import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** What both sides of a callback know. */
export interface Shared {
  corpId: string;
  token: string;
  encodingAESKey: string;
}

/** The platform's side of its callbacks, written from its description (document/path/90968), not with its library. */
export function seal(
  message: string,
  { encodingAESKey }: Pick<Shared, 'encodingAESKey'>,
  receiveId: string,
): string {
  const { key, iv } = keyOf(encodingAESKey);
  const body = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const plain = Buffer.concat([randomBytes(16), length, body, Buffer.from(receiveId)]);
  const pad = 32 - (plain.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([
    cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])),
    cipher.final(),
  ]).toString('base64');
}

/** @throws unless it was sealed for `receiveId` with this key */
export function unseal(
  sealed: string,
  { encodingAESKey }: Pick<Shared, 'encodingAESKey'>,
  receiveId: string,
): string {
  const { key, iv } = keyOf(encodingAESKey);
  const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()]);
  const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
  const end = 20 + plain.readUInt32BE(16);
  if (plain.subarray(end).toString() !== receiveId) throw new Error('sealed for somebody else');
  return plain.subarray(20, end).toString();
}

export function sign(token: string, timestamp: string, nonce: string, sealed: string): string {
  return createHash('sha1').update([token, timestamp, nonce, sealed].sort().join('')).digest('hex');
}

function keyOf(encodingAESKey: string) {
  const key = Buffer.from(`${encodingAESKey}=`, 'base64');
  return { key, iv: key.subarray(0, 16) };
}

/** How a callback is to be made; what isn't said is right. */
export interface Odd {
  timestamp?: string;
  receiveId?: string;
  token?: string;
  encodingAESKey?: string;
  signature?: string;
  /** Changes what was sealed after it was signed. */
  tamper?: (sealed: string) => string;
}

export interface Callback {
  query: string;
  sealed: string;
}

/** A sealed and signed callback. @param now epoch milliseconds */
export function callback(message: string, shared: Shared, now: number, odd: Odd = {}): Callback {
  const timestamp = odd.timestamp ?? String(Math.floor(now / 1000));
  const nonce = String(randomBytes(4).readUInt32BE());
  const key = { encodingAESKey: odd.encodingAESKey ?? shared.encodingAESKey };
  const right = seal(message, key, odd.receiveId ?? shared.corpId);
  const msg_signature = odd.signature ?? sign(odd.token ?? shared.token, timestamp, nonce, right);
  const query = new URLSearchParams({ msg_signature, timestamp, nonce }).toString();
  return { query, sealed: odd.tamper ? odd.tamper(right) : right };
}

export const envelope = (sealed: string, corpId: string) =>
  `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt><AgentID><![CDATA[]]></AgentID></xml>`;

/** `<xml>` of fields, as the platform writes it: texts in CDATA, numbers bare. */
export function xmlOf(fields: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries(fields).map(([name, value]) =>
    typeof value === 'number' ? `<${name}>${value}</${name}>` : `<${name}>${cdata(value)}</${name}>`,
  );
  return `<xml>${lines.join('\n')}</xml>`;
}

const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
