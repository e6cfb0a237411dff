import type { Channel } from '../../channels/channel.ts';
import { type Database, hot } from '../../prisma/client.ts';
import { isAppError } from '../errors.ts';
import { fileStore, MAX_FILE } from '../files/store.ts';
import { InHand } from './in-hand.ts';
import { Loop } from './loop.ts';

export interface FetchParts {
  db: Database;
  now(): number;
  random(): number;
  channelOf(account: string): Channel | undefined;
  /** What a message says of its files has changed. */
  onChanged(conversationId: string, seq: number): void;
  onError(error: unknown, conversationId: string): void;
}

/** Fetches taken up at a time. An account with as many in hand gets no more for now. */
const atOnce = 4;
/** A fetch still under way after this counts as failed, and another process may try. */
const patienceMs = 60_000;
const leaseMs = 2 * patienceMs;
const restMs = 1000;
const attemptsAllowed = 6;
/** Before the second attempt; doubled for each further one: the last is about 5 minutes after the first. */
const firstPauseMs = 10_000;

/**
 * Fetches files that came in by reference, after their message was acknowledged: each is stored once, or given up. A
 * platform that doesn't answer holds up its own account only.
 */
export class FetchWorker {
  readonly #parts: FetchParts;
  readonly #loop: Loop;
  /** By the file's id. */
  readonly #inHand = new InHand(atOnce, () => this.nudge());

  constructor(parts: FetchParts) {
    this.#parts = parts;
    this.#loop = new Loop(
      () => this.#round(),
      restMs,
      (error) => parts.onError(error, ''),
    );
  }

  start(): void {
    this.#loop.start();
  }

  /** Something may be due. */
  nudge(): void {
    this.#loop.nudge();
  }

  /** Finishes what is in hand. */
  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#inHand.finished();
  }

  async #round(): Promise<boolean> {
    const now = this.#parts.now();
    const lease = { now: new Date(now), until: new Date(now + leaseMs) };
    const due = await hot.claimFetches(this.#parts.db.sql, lease, atOnce, this.#inHand.full());
    for (const fetch of due) this.#take(fetch);
    return due.length === atOnce;
  }

  #take(fetch: hot.FileFetchRow): void {
    const { id, account } = fetch;
    // Only after the process stood still for a whole lease: it is still being fetched.
    if (this.#inHand.has(id)) return;
    const work = this.#one(fetch).catch((error) => this.#parts.onError(error, fetch.conversationId));
    this.#inHand.take(id, account, work);
  }

  async #one(fetch: hot.FileFetchRow): Promise<void> {
    const { db, onError } = this.#parts;
    try {
      await this.#store(fetch, await this.#content(fetch));
    } catch (error) {
      onError(error, fetch.conversationId);
      const hopeless = isAppError(error, 'too_large') || isAppError(error, 'unsupported_type');
      if (hopeless || fetch.attempts >= attemptsAllowed) return this.#giveUp(fetch);
      const pause = firstPauseMs * 2 ** (fetch.attempts - 1) * (0.75 + this.#parts.random() / 2);
      await hot.postponeFetch(db.sql, fetch.id, new Date(this.#parts.now() + pause));
    }
  }

  async #content({ account, ref }: hot.FileFetchRow): Promise<Buffer> {
    const channel = this.#parts.channelOf(account);
    if (!channel?.fetchFile) throw new Error(`the channel of ${account} fetches no files`);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the file took too long')), patienceMs);
    });
    try {
      return await Promise.race([channel.fetchFile(account, ref, MAX_FILE), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #store(fetch: hot.FileFetchRow, bytes: Buffer): Promise<void> {
    const { db, now } = this.#parts;
    const { id, name, conversationId } = fetch;
    const seq = await db.transaction(async (unit) => {
      if (!(await hot.endFetch(unit.sql, id))) return undefined;
      const owner = `conversation:${conversationId}`;
      const file = { id, name, owner, retention: 'standard', bytes } as const;
      const { contentType: type, size } = await fileStore(db).put(unit, file, now());
      return hot.markFile(unit.sql, fetch, { type, size, state: 'stored' });
    });
    if (seq) this.#parts.onChanged(conversationId, seq);
  }

  async #giveUp(fetch: hot.FileFetchRow): Promise<void> {
    const seq = await this.#parts.db.transaction(async (unit) =>
      (await hot.endFetch(unit.sql, fetch.id))
        ? hot.markFile(unit.sql, fetch, { state: 'failed' })
        : undefined,
    );
    if (seq) this.#parts.onChanged(fetch.conversationId, seq);
  }
}
