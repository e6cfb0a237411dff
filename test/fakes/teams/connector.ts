import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Mood } from '../../contracts/channel-peer.ts';
import { type Outgoing, outgoing, sizeOf } from './rules.ts';
import { newSigner, type Signer } from './tokens.ts';

/** One thing that a bot did at the connector. */
export interface Post {
  conversation: string;
  kind: 'message' | 'typing' | 'update';
  id: string;
  activity: Outgoing;
}

type Refusal = [status: number, code: string, headers?: Record<string, string>];

/** How the connector refuses: https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis */
export const MOODS: Record<Exclude<Mood, 'fine'>, Refusal> = {
  busy: [429, 'Throttled', { 'retry-after': '1' }],
  down: [502, 'ServiceError'],
  blocked: [403, 'ConversationBlockedByUser'],
  unknown: [404, 'ConversationNotFound'],
};

// Once for all: finding two primes is the dearest thing here.
const SIGNER = newSigner();
const UNENDORSED = newSigner();

/**
 * Microsoft's side on loopback, by what it has published: the keys that sign what it posts, the login service that gives
 * bots their tokens, and the connector's REST, which refuses what Teams would refuse.
 */
export class Connector {
  readonly signer: Signer = SIGNER;
  /** Published, but endorsed for another channel. */
  readonly unendorsed: Signer = UNENDORSED;
  readonly posts: Post[] = [];
  /** What bots sent that Teams would not have taken. */
  readonly faults: string[] = [];
  readonly tokens = new Set<string>();
  /** The forms that bots sent for a token. */
  readonly grants: URLSearchParams[] = [];
  readonly members = new Map<string, string[]>();
  readonly files = new Map<string, Buffer>();
  /** Requests for files, with what they were authorised by. */
  readonly fetched: { path: string; authorization: string | undefined }[] = [];
  refusal: Refusal | undefined;
  /** The login service's `error`, when it gives no token. */
  loginError: string | undefined;
  keysDown = false;
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));

  static async start(): Promise<Connector> {
    const connector = new Connector();
    await new Promise<void>((resolve) => connector.#server.listen(0, '127.0.0.1', resolve));
    return connector;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get serviceUrl(): string {
    return `${this.origin}/amer/`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
    const send = (status: number, value: unknown, headers: Record<string, string> = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(value));
    if (path === '/openid') return void send(200, { issuer: 'x', jwks_uri: `${this.origin}/keys` });
    if (path === '/keys') return void (this.keysDown ? send(500, {}) : send(200, { keys: this.#keys() }));
    if (path.endsWith('/oauth2/v2.0/token')) return void this.#grant(new URLSearchParams(body), send);
    if (path.startsWith('/files/') || path.includes('/v3/attachments/'))
      return this.#file(path, request.headers.authorization, response);
    const bearer = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    if (!this.tokens.has(bearer))
      return void send(401, { error: { code: 'Unauthorized', message: 'no token' } });
    if (this.refusal) {
      const [status, code, headers] = this.refusal;
      return void send(status, { error: { code, message: code } }, headers);
    }
    this.#converse(`${request.method} ${path}`, body, send);
  }

  #keys() {
    return [
      { signer: this.signer, endorsements: ['msteams', 'skypeteams'] },
      { signer: this.unendorsed, endorsements: ['webchat'] },
    ].map(({ signer, endorsements }) => ({
      ...signer.publicKey.export({ format: 'jwk' }),
      kid: signer.kid,
      use: 'sig',
      endorsements,
    }));
  }

  #grant(form: URLSearchParams, send: Send): void {
    this.grants.push(form);
    const proof = form.get('client_secret') ?? form.get('client_assertion');
    const right = form.get('grant_type') === 'client_credentials' && proof && !this.loginError;
    if (!right) {
      const error_description = 'AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1';
      return void send(401, { error: this.loginError ?? 'invalid_client', error_description });
    }
    const token = randomUUID();
    this.tokens.add(token);
    send(200, { token_type: 'Bearer', expires_in: 3599, access_token: token });
  }

  #file(path: string, authorization: string | undefined, response: ServerResponse): void {
    this.fetched.push({ path, authorization });
    const needed = path.includes('/v3/attachments/');
    const allowed = needed
      ? this.tokens.has(authorization?.replace('Bearer ', '') ?? '')
      : authorization === undefined;
    const bytes = this.files.get(path);
    if (path === '/files/elsewhere') response.writeHead(302, { location: 'http://127.0.0.1:1/secret' }).end();
    else if (!allowed || !bytes) response.writeHead(allowed ? 404 : 401).end();
    else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes);
  }

  #converse(call: string, body: string, send: Send): void {
    const members = /^GET \/amer\/v3\/conversations\/([^/]+)\/pagedmembers$/.exec(call);
    if (members) {
      const ids = this.members.get(members[1] ?? '') ?? [];
      return void send(200, { members: ids.map((id) => ({ id, name: id })) });
    }
    const [, verb, conversation = '', id] =
      /^(POST|PUT) \/amer\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/.exec(call) ?? [];
    const read = outgoing.safeParse(JSON.parse(body || 'null'));
    const fault = !verb
      ? `no such call: ${call}`
      : verb === 'POST' && id
        ? 'an answer to a message that there never was'
        : read.error?.message;
    if (fault || !read.data) {
      this.faults.push(String(fault));
      return void send(400, { error: { code: 'BadArgument', message: String(fault) } });
    }
    if (sizeOf(read.data) > 28_000)
      return void send(413, { error: { code: 'MessageSizeTooBig', message: 'too big' } });
    if (verb === 'PUT' && !this.posts.some((post) => post.id === id))
      return void send(404, { error: { code: 'ActivityNotFoundInConversation', message: 'none' } });
    const kind = verb === 'PUT' ? 'update' : read.data.type === 'typing' ? 'typing' : 'message';
    const named = id ?? `1${String(this.posts.length).padStart(12, '0')}`;
    this.posts.push({ conversation, kind, id: named, activity: read.data });
    send(verb === 'PUT' ? 200 : 201, { id: named });
  }
}

type Send = (status: number, value: unknown, headers?: Record<string, string>) => unknown;
