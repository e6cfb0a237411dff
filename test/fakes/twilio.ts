import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Mood } from '../contracts/channel-peer.ts';

export const ACCOUNT_SID = `AC${'0123456789abcdef'.repeat(2)}`;
export const AUTH_TOKEN = 'f1d2d2f924e986ac86fdf7b36c94bcdf';
export const messageSid = () => `SM${randomBytes(16).toString('hex')}`;

/** What the API took. */
export interface Taken {
  sid: string;
  to: string;
  body: string;
  statusCallback: string | null;
}

/**
 * A stand-in of Twilio written from its published rules: basic auth, `Messages.json` with its required fields, the
 * 1,600 character limit, error bodies with their codes, signed webhooks, media behind a redirect.
 */
export class Twilio {
  readonly taken: Taken[] = [];
  readonly requests: { path: string; authorization: string | undefined }[] = [];
  /** Files by path: bytes, or where the store has them. */
  readonly media = new Map<string, Buffer | { location: string }>();
  numbers: { phone_number: string; sms_url: string; sms_method: string }[] = [];
  mood: Mood = 'fine';
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #authToken: string;
  origin = '';

  constructor(authToken = AUTH_TOKEN) {
    this.#authToken = authToken;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url ?? '/', this.origin);
    const { authorization } = request.headers;
    this.requests.push({ path: url.pathname, authorization });
    if (this.mood === 'down') return void response.destroy();
    const basic = `Basic ${Buffer.from(`${ACCOUNT_SID}:${this.#authToken}`).toString('base64')}`;
    const json = (status: number, body: unknown, headers = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    const refuse = (status: number, code: number, headers = {}) =>
      json(status, { code, message: `error ${code}`, status }, headers);
    if (authorization !== basic) return refuse(401, 20003);
    const base = `/2010-04-01/Accounts/${ACCOUNT_SID}`;
    if (url.pathname === `${base}.json`) return json(200, { sid: ACCOUNT_SID, status: 'active' });
    if (url.pathname === `${base}/IncomingPhoneNumbers.json`) {
      const wanted = url.searchParams.get('PhoneNumber');
      return json(200, { incoming_phone_numbers: this.numbers.filter((n) => n.phone_number === wanted) });
    }
    const file = this.media.get(url.pathname);
    if (Buffer.isBuffer(file)) return response.writeHead(200, { 'content-type': 'image/png' }).end(file);
    if (file) return response.writeHead(302, { location: file.location }).end();
    if (url.pathname !== `${base}/Messages.json` || request.method !== 'POST') return refuse(404, 20404);
    if (this.mood === 'busy') return refuse(429, 20429, { 'retry-after': '1' });
    if (this.mood === 'blocked') return refuse(400, 30004);
    if (this.mood === 'unknown') return refuse(400, 21211);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const to = form.get('To') ?? '';
    const body = form.get('Body') ?? '';
    if (!/^(\+[1-9]\d{6,14}|\d{3,20})$/.test(to)) return refuse(400, 21211);
    if (!form.get('From') && !form.get('MessagingServiceSid')) return refuse(400, 21603);
    if (body === '') return refuse(400, 21602);
    if (body.length > 1600) return refuse(400, 21617);
    const sid = messageSid();
    this.taken.push({ sid, to, body, statusCallback: form.get('StatusCallback') });
    return json(201, { sid, status: 'queued', to });
  }

  /** X-Twilio-Signature as https://www.twilio.com/docs/usage/security describes it. */
  sign(url: string, fields: Record<string, string>): string {
    const signed = Object.keys(fields)
      .sort()
      .reduce((all, name) => all + name + fields[name], url);
    return createHmac('sha1', this.#authToken).update(signed, 'utf8').digest('base64');
  }

  /** Calls a webhook: signed, unless told otherwise. @returns the status */
  async calls(
    url: string,
    fields: Record<string, string>,
    {
      signature = this.sign(url, fields),
      to = url,
      type = 'application/x-www-form-urlencoded',
      method = 'POST',
      body = new URLSearchParams(fields).toString(),
    } = {},
  ): Promise<number> {
    const response = await fetch(to, {
      method,
      headers: { 'content-type': type, ...(signature && { 'x-twilio-signature': signature }) },
      ...(method === 'POST' && { body }),
    });
    await response.arrayBuffer();
    return response.status;
  }

  /** The fields of a message that came in. */
  incoming(from: string, text: string, sid = messageSid()): Record<string, string> {
    return {
      MessageSid: sid,
      SmsSid: sid,
      SmsMessageSid: sid,
      AccountSid: ACCOUNT_SID,
      From: from,
      To: '+861069800001',
      Body: text,
      NumMedia: '0',
      NumSegments: '1',
      ApiVersion: '2010-04-01',
    };
  }
}
