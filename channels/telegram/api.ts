import { Agent } from 'node:https';
import { Telegram, TelegramError } from 'telegraf';
import type { Telegram as Methods, Opts } from 'telegraf/types';

/** What Telegram said no to; code 0: it did not answer, or not as the Bot API does. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: number;
  /** Milliseconds to wait (429). */
  readonly retryAfter: number | undefined;
  /** The supergroup that a group has become. */
  readonly movedTo: number | undefined;

  constructor(
    code: number,
    message: string,
    about: { retry_after?: number; migrate_to_chat_id?: number } = {},
  ) {
    super(message);
    this.code = code;
    this.retryAfter = about.retry_after === undefined ? undefined : about.retry_after * 1000;
    this.movedTo = about.migrate_to_chat_id;
  }
}

/** Less than the lease of a lane, so that nobody else sends what we still wait for. The library itself waits 500 s. */
const PATIENCE_MS = 10_000;

/** One bot's calls of the Bot API. Errors are Failures: the library's carry the token or what was said. */
export class Api {
  readonly #root: string;
  readonly #token: string;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #telegram: Telegram;

  constructor(token: string, root: string) {
    this.#root = root;
    this.#token = token;
    this.#telegram = new Telegram(token, { apiRoot: root, agent: this.#agent, webhookReply: false });
  }

  /** @throws Failure */
  async call<M extends keyof Methods>(
    method: M,
    payload: Opts<M>,
    { patienceMs = PATIENCE_MS, stop }: { patienceMs?: number; stop?: AbortSignal } = {},
  ): Promise<ReturnType<Methods[M]>> {
    const patience = AbortSignal.timeout(patienceMs);
    const signal = stop ? AbortSignal.any([patience, stop]) : patience;
    try {
      // The library's type is that of an older package; Node's signal is what it waits for.
      return await this.#telegram.callApi(method, payload, { signal: signal as never });
    } catch (error) {
      throw this.#failure(method, error);
    }
  }

  /**
   * The content of a file by what getFile said of it. @throws Failure, also where it has more than `limit` bytes
   */
  async download(path: string, limit: number): Promise<Buffer> {
    const url = `${this.#root}/file/bot${this.#token}/${encodeURI(path)}`;
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(60_000), redirect: 'error' });
      if (!answer.ok || !answer.body) throw new Failure(answer.status, `file: ${answer.status}`);
      const chunks: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of answer.body) {
        size += chunk.length;
        if (size > limit) throw new Failure(413, `file: more than ${limit} bytes`);
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    } catch (error) {
      throw this.#failure('file', error);
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #failure(what: string, error: unknown): Failure {
    if (error instanceof Failure) return error;
    if (error instanceof TelegramError)
      return new Failure(error.code, `${what}: ${error.description}`, error.parameters);
    const words = error instanceof Error ? error.message : String(error);
    return new Failure(0, `${what}: ${words.replaceAll(this.#token, '…')}`);
  }
}
