import { z } from 'zod';
import { contentOf } from '../kit/response.ts';
import { NO_ANSWER, STALE_TOKEN, WecomError } from './codes.ts';

/** Milliseconds for one call; a file takes longer. */
const TIMEOUT = 10_000;
const FILE_TIMEOUT = 60_000;
/** Milliseconds before its end at which an access_token is no longer begun with. */
const EARLY = 5 * 60_000;

const shape = z.looseObject({ errcode: z.number().default(0), errmsg: z.string().default('') });
export type Answer = z.infer<typeof shape>;

const granted = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const stored = z.object({ media_id: z.string().min(1) });

export interface ApiOptions {
  api: string;
  corpId: string;
  secret: string;
  now(): number;
}

interface Call {
  /** Below /cgi-bin/. */
  path: string;
  query?: Record<string, string>;
  init?: RequestInit;
  timeout?: number;
  take?: (response: Response) => Promise<Answer>;
}

/**
 * The platform's interfaces, called in one account's name. The access_token is kept until it is about to end, fetched
 * once however many wait for it, and renewed once when the platform takes it for stale.
 * https://developer.work.weixin.qq.com/document/path/91039
 */
export class Api {
  readonly #options: ApiOptions;
  #held: { token: string; until: number } | undefined;
  #coming: Promise<string> | undefined;

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  /** Asked by GET. @throws WecomError */
  get(path: string, query: Record<string, string> = {}): Promise<Answer> {
    return this.#withToken({ path, query });
  }

  /** @throws WecomError */
  post(path: string, body: Record<string, unknown>): Promise<Answer> {
    return this.#withToken({ path, init: { method: 'POST', body: JSON.stringify(body) } });
  }

  /** Stores a file for three days. https://developer.work.weixin.qq.com/document/path/90253 @returns its media_id */
  async upload(type: 'image' | 'file', file: { name: string; type: string; bytes: Buffer }): Promise<string> {
    const body = new FormData();
    body.append('media', new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name);
    const call = {
      path: 'media/upload',
      query: { type },
      init: { method: 'POST', body },
      timeout: FILE_TIMEOUT,
    };
    return stored.parse(await this.#withToken(call)).media_id;
  }

  /** https://developer.work.weixin.qq.com/document/path/90254 @throws RangeError over `limit` bytes */
  async download(mediaId: string, limit: number): Promise<Buffer> {
    let bytes: Buffer | undefined;
    const take = async (response: Response): Promise<Answer> => {
      // A refusal comes with status 200 too, as JSON; so does a file of that type, but with a name.
      const named = response.headers.has('content-disposition');
      const plain = /json|text/.test(response.headers.get('content-type') ?? '');
      if (plain && !named) return readAnswer(response);
      bytes = await contentOf(response, limit);
      return shape.parse({});
    };
    await this.#withToken({ path: 'media/get', query: { media_id: mediaId }, timeout: FILE_TIMEOUT, take });
    if (!bytes) throw new WecomError(NO_ANSWER, 'no file', 'media/get');
    return bytes;
  }

  async #withToken(call: Call): Promise<Answer> {
    const token = await this.#token();
    const first = await this.#request(call, token);
    if (!STALE_TOKEN.has(first.errcode)) return accepted(first, call.path);
    if (this.#held?.token === token) this.#held = undefined;
    return accepted(await this.#request(call, await this.#token()), call.path);
  }

  async #token(): Promise<string> {
    if (this.#held && this.#held.until > this.#options.now()) return this.#held.token;
    this.#coming ??= this.#fetchToken().finally(() => {
      this.#coming = undefined;
    });
    return this.#coming;
  }

  async #fetchToken(): Promise<string> {
    const { corpId, secret, now } = this.#options;
    const query = { corpid: corpId, corpsecret: secret };
    const given = granted.parse(accepted(await this.#request({ path: 'gettoken', query }), 'gettoken'));
    const until = now() + given.expires_in * 1000 - EARLY;
    this.#held = { token: given.access_token, until };
    return given.access_token;
  }

  async #request(call: Call, token?: string): Promise<Answer> {
    const { path, query = {}, init = {}, timeout = TIMEOUT, take = readAnswer } = call;
    const url = new URL(`/cgi-bin/${path}`, this.#options.api);
    url.search = new URLSearchParams({ ...(token && { access_token: token }), ...query }).toString();
    try {
      const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeout) });
      if (response.ok) return await take(response);
      throw new WecomError(NO_ANSWER, `HTTP ${response.status}`, path);
    } catch (error) {
      if (error instanceof WecomError || error instanceof RangeError) throw error;
      // The words of a failed fetch may hold the address, and that the access_token.
      throw new WecomError(NO_ANSWER, error instanceof Error ? error.name : 'no answer', path);
    }
  }
}

async function readAnswer(response: Response): Promise<Answer> {
  return shape.parse(await response.json());
}

function accepted(given: Answer, path: string): Answer {
  if (given.errcode !== 0) throw new WecomError(given.errcode, given.errmsg, path);
  return given;
}
