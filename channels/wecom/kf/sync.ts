import { z } from 'zod';
import type { ChannelHost } from '../../channel.ts';
import type { Api } from '../api.ts';
import { STALE_CALLBACK_TOKEN, WecomError } from '../codes.ts';
import { readPlace, writePlace } from './place.ts';
import { customerOf, type Entry, entry } from './read.ts';

const page = z.object({
  next_cursor: z.string().max(512).default(''),
  has_more: z.number().default(0),
  msg_list: z.array(z.unknown()).default([]),
});

export interface SyncParts {
  api: Api;
  host: ChannelHost;
  /** Id of ours. */
  account: string;
  openKfId: string;
  /** Takes one entry in. What it throws with a status below 500 won't be better another time. */
  take(entry: Entry): Promise<void>;
  onError(error: unknown, where: string): void;
}

/** Milliseconds between looks without a callback, whose Token the platform would rather see. */
const LOOK = 5 * 60_000;
const [SOON, LATE] = [1000, 60_000];
/** Clocks of ours and theirs. */
const LENIENT = 60_000;

/**
 * Pulls an account's messages 读取消息: on callbacks, at the start, every five minutes, and again after a failure. The
 * cursor is shelved only once a page has been taken in, so whatever happens in between is pulled again, and the
 * inbound key makes a repeat harmless. https://developer.work.weixin.qq.com/document/path/94670
 */
export class KfSync {
  readonly #parts: SyncParts;
  readonly #looking: NodeJS.Timeout;
  #again: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #wanted = false;
  #closed = false;
  #failures = 0;
  #token: string | undefined;

  constructor(parts: SyncParts) {
    this.#parts = parts;
    this.#looking = setInterval(() => this.nudge(), LOOK).unref();
  }

  /** There may be something new. @param token of the callback that said so */
  nudge(token?: string): void {
    if (token) this.#token = token;
    this.#wanted = true;
    if (this.#working || this.#closed) return;
    this.#working = this.#work().finally(() => {
      this.#working = undefined;
      if (this.#wanted && !this.#again) this.nudge();
    });
  }

  /** Ends what is in hand. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#looking);
    clearTimeout(this.#again);
    await this.#working;
  }

  async #work(): Promise<void> {
    clearTimeout(this.#again);
    this.#again = undefined;
    try {
      while (this.#wanted && !this.#closed) {
        this.#wanted = false;
        while (!this.#closed && (await this.#page()));
        this.#failures = 0;
      }
    } catch (error) {
      this.#parts.onError(error, `${this.#parts.account} sync_msg`);
      this.#wanted = true;
      const wait = Math.min(SOON * 2 ** this.#failures++, LATE);
      this.#again = setTimeout(() => {
        this.#again = undefined;
        this.nudge();
      }, wait).unref();
    }
  }

  /** Takes one page in. @returns whether there are more */
  async #page(): Promise<boolean> {
    const { host, account } = this.#parts;
    const { old, ...before } = await readPlace(host, account);
    const { next_cursor, has_more, msg_list } = page.parse(await this.#pull(before.cursor));
    const entries = msg_list.flatMap((each) => this.#readable(each));
    await this.#takeAll(entries.filter(({ send_time }) => send_time * 1000 >= before.since - LENIENT));
    const moved = next_cursor !== '' && next_cursor !== before.cursor;
    if (moved || old) await writePlace(host, account, { ...before, cursor: next_cursor || before.cursor });
    // Not an empty list, but this says that it was the last.
    return moved && has_more === 1;
  }

  async #pull(cursor: string | undefined) {
    const { api, openKfId } = this.#parts;
    const token = this.#token;
    const ask = (given?: string) =>
      api.post('kf/sync_msg', {
        ...(cursor && { cursor }),
        ...(given && { token: given }),
        ...{ open_kfid: openKfId, limit: 1000 },
      });
    try {
      return await ask(token);
    } catch (error) {
      if (!(error instanceof WecomError) || error.code !== STALE_CALLBACK_TOKEN || !token) throw error;
      if (this.#token === token) this.#token = undefined;
      return ask();
    }
  }

  #readable(given: unknown): Entry[] {
    const parsed = entry.safeParse(given);
    if (parsed.success) return [parsed.data];
    this.#parts.onError(parsed.error, `${this.#parts.account} sync_msg entry`);
    return [];
  }

  /** Every customer's in order, customers side by side. */
  async #takeAll(entries: readonly Entry[]): Promise<void> {
    const byCustomer = new Map<string | undefined, Entry[]>();
    for (const each of entries) {
      const customer = customerOf(each);
      const own = byCustomer.get(customer);
      if (own) own.push(each);
      else byCustomer.set(customer, [each]);
    }
    const ends = await Promise.allSettled([...byCustomer.values()].map((own) => this.#takeInOrder(own)));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async #takeInOrder(entries: readonly Entry[]): Promise<void> {
    const { take, onError, account } = this.#parts;
    for (const each of entries) {
      try {
        await take(each);
      } catch (error) {
        const status = (error as { status?: unknown }).status;
        if (typeof status !== 'number' || status >= 500) throw error;
        // Refused for good: those behind it must not wait for ever.
        onError(error, `${account} ${each.msgid}`);
      }
    }
  }
}
