import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Mood } from '../../contracts/channel-peer.ts';
import { type Answer, ok, refuse, type Shown } from './answers.ts';
import { AppSide } from './app.ts';
import { KfSide } from './kf.ts';
import type { Shared } from './sealing.ts';

export const CORP: Shared & { secret: string } = {
  corpId: 'wx5823bf96d3bd56c7',
  secret: 'the-secret-of-the-application',
  token: 'QDG6eK',
  encodingAESKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
};

/** How often the platform was asked for what. */
type Calls = Record<string, number>;

/**
 * A stand-in of WeCom's interfaces 服务端API that keeps their published rules strictly: where the real one cuts or
 * drops, it refuses. Error codes: https://developer.work.weixin.qq.com/document/path/90313
 */
export class WecomPlatform {
  readonly shown: Shown[] = [];
  readonly calls: Calls = {};
  readonly media = new Map<string, { name: string; type: string; bytes: Buffer }>();
  readonly app: AppSide;
  readonly kf: KfSide;
  mood: Mood = 'fine';
  /** Answers to come first, by path. */
  readonly next = new Map<string, (Answer | 'HTTP 502' | 'cut')[]>();
  #token: { value: string; until: number } | undefined;
  readonly #server: Server;
  readonly now: () => number;

  constructor(now: () => number = () => Date.now()) {
    this.now = now;
    this.app = new AppSide(this);
    this.kf = new KfSide(this);
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Tokens given out so far are no longer good. */
  forgetToken(): void {
    this.#token = undefined;
  }

  show(message: Omit<Shown, 'buttons'>): void {
    this.shown.push({ ...message, buttons: message.keys.map(({ title }) => title) });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://platform');
    const path = url.pathname.replace('/cgi-bin/', '');
    this.calls[path] = (this.calls[path] ?? 0) + 1;
    const body = await buffer(request);
    const planned = this.next.get(path)?.shift();
    if (planned === 'cut') return void response.destroy();
    if (planned === 'HTTP 502' || (this.mood === 'down' && SENDS.test(path)))
      return void response.writeHead(502).end();
    if (path === 'media/get' && !planned && this.#knows(url)) return this.#download(url, response);
    const answer = planned ?? (await this.#answer(path, url, request, body));
    response
      .writeHead(200, { 'content-type': 'application/json; charset=UTF-8' })
      .end(JSON.stringify(answer));
  }

  #knows(url: URL): boolean {
    return this.#tokenFault(url) === undefined && this.media.has(url.searchParams.get('media_id') ?? '');
  }

  async #answer(path: string, url: URL, request: IncomingMessage, body: Buffer): Promise<Answer> {
    if (path === 'gettoken') return this.#getToken(url.searchParams);
    const fault = this.#tokenFault(url);
    if (fault) return fault;
    const wanted = GETS.has(path) ? 'GET' : 'POST';
    if (request.method !== wanted)
      return refuse(wanted === 'GET' ? 43001 : 43002, `require ${wanted} method`);
    if (path === 'media/upload') return this.#upload(url, request, body);
    if (path === 'media/get') return refuse(40007, 'invalid media_id');
    const given = wanted === 'GET' ? Object.fromEntries(url.searchParams) : JSON.parse(body.toString('utf8'));
    return this.app.answer(path, given) ?? this.kf.answer(path, given) ?? refuse(404, 'no such interface');
  }

  #getToken(query: URLSearchParams): Answer {
    if (query.get('corpid') !== CORP.corpId) return refuse(40013, 'invalid corpid');
    if (query.get('corpsecret') !== CORP.secret) return refuse(40001, 'invalid credential');
    // The same one as long as it is good.
    if (!this.#token || this.#token.until <= this.now())
      this.#token = { value: randomUUID(), until: this.now() + 7200_000 };
    return ok({
      access_token: this.#token.value,
      expires_in: Math.floor((this.#token.until - this.now()) / 1000),
    });
  }

  #tokenFault(url: URL): Answer | undefined {
    const given = url.searchParams.get('access_token');
    if (!given) return refuse(41001, 'access_token missing');
    if (given !== this.#token?.value) return refuse(40014, 'invalid access_token');
    return this.#token.until > this.now() ? undefined : refuse(42001, 'access_token expired');
  }

  async #upload(url: URL, request: IncomingMessage, body: Buffer): Promise<Answer> {
    const type = url.searchParams.get('type') ?? '';
    if (!['image', 'file', 'voice', 'video'].includes(type)) return refuse(40005, 'invalid type');
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const file = (await new Response(new Uint8Array(body), { headers }).formData()).get('media');
    if (!(file instanceof File) || !file.name) return refuse(44001, 'empty media data');
    if (file.size <= 5) return refuse(40006, 'invalid file size');
    if (type === 'image' && !['image/jpeg', 'image/png'].includes(file.type))
      return refuse(40004, 'invalid media type');
    if (file.size > (type === 'image' ? 10 : 20) * 1024 * 1024) return refuse(45001, 'media too large');
    const media_id = `media-${this.media.size + 1}`;
    this.media.set(media_id, { name: file.name, type, bytes: Buffer.from(await file.arrayBuffer()) });
    return ok({ type, media_id, created_at: String(Math.floor(this.now() / 1000)) });
  }

  #download(url: URL, response: ServerResponse): void {
    const id = url.searchParams.get('media_id') ?? '';
    const file = this.media.get(id);
    const type = file?.type === 'image' ? 'image/jpeg' : 'text/plain';
    const headers = { 'content-type': type, 'content-disposition': `attachment; filename="${id}"` };
    response.writeHead(200, headers).end(file?.bytes);
  }
}

/** What the mood is about. */
const SENDS = /\/send|update_template_card$/;
const GETS = new Set(['agent/get', 'media/get']);
