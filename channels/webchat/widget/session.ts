import { type Api, type Parcel, WireError } from './api.ts';
import type { Box, Kept } from './storage.ts';
import type { Activity, ActivitySet, ConversationInfo } from './wire.ts';

/** Direct Line tokens live 30 minutes; Microsoft's own client renews at half. */
const refreshEveryMs = 15 * 60_000;

/** The customer's hold on one conversation: token, resume key, and every call that needs them. */
export interface Session {
  readonly conversationId: string | undefined;
  stored(): boolean;
  start(): Promise<string | undefined>;
  resume(): Promise<void>;
  reconnect(watermark: string): Promise<string | undefined>;
  poll(watermark: string): Promise<ActivitySet>;
  post(activity: Activity, parcel?: Parcel): Promise<{ id: string }>;
  /** The conversation is gone: drop the keys. */
  forget(): void;
}

export interface SessionParts {
  api: Api;
  box: Box;
  key: string;
  site: string;
  userToken: string | undefined;
}

export function createSession(parts: SessionParts): Session {
  return new KeptSession(parts);
}

class KeptSession implements Session {
  conversationId: string | undefined;
  #token = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #resuming: Promise<void> | undefined;
  readonly #parts: SessionParts;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  stored(): boolean {
    return this.#kept() !== undefined;
  }

  async start(): Promise<string | undefined> {
    const { api, site, userToken } = this.#parts;
    this.#keep(await api.generate(site, userToken));
    const info = await api.start(this.#token);
    this.#keep(info);
    return info.streamUrl;
  }

  resume(): Promise<void> {
    this.#resuming ??= onlyOneTab(this.#parts.key, () => this.#resume()).finally(() => {
      this.#resuming = undefined;
    });
    return this.#resuming;
  }

  async reconnect(watermark: string): Promise<string | undefined> {
    return (await this.#parts.api.reconnect(this.#here, this.#token, watermark)).streamUrl;
  }

  poll(watermark: string): Promise<ActivitySet> {
    return this.#parts.api.poll(this.#here, this.#token, watermark);
  }

  async post(activity: Activity, parcel?: Parcel): Promise<{ id: string }> {
    const { api } = this.#parts;
    const post = () =>
      parcel
        ? api.upload(this.#here, this.#token, activity, parcel)
        : api.post(this.#here, this.#token, activity);
    try {
      return await post();
    } catch (error) {
      const fault = error instanceof WireError ? error.fault : undefined;
      if (fault === 'gone') return refusedOrGone(error as WireError, () => this.reconnect(''));
      if (fault !== 'expired') throw error;
      await this.resume();
      return post();
    }
  }

  forget(): void {
    this.#parts.box.remove(this.#parts.key);
    clearTimeout(this.#timer);
    this.conversationId = undefined;
  }

  get #here(): string {
    return this.conversationId ?? '';
  }

  #kept(): Kept | undefined {
    return this.#parts.box.get<Kept>(this.#parts.key);
  }

  async #resume(): Promise<void> {
    // Read anew each time: another tab may have rotated the key since.
    const kept = this.#kept();
    if (!kept) throw new WireError('gone', 'nothing to resume');
    this.#keep(await this.#parts.api.resume(kept.conversationId, kept.resumeKey));
  }

  #keep(info: ConversationInfo): void {
    const { conversationId, resumeKey } = info;
    this.#token = info.token;
    this.conversationId = conversationId;
    const before = this.#kept();
    const seen = before?.conversationId === conversationId ? before.seen : undefined;
    if (resumeKey) this.#parts.box.set(this.#parts.key, { conversationId, resumeKey, seen });
    this.#refreshIn(refreshEveryMs);
  }

  #refreshIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // A lost refresh is no harm: it is tried again soon, and a call that is told 403 resumes.
      this.#parts.api.refresh(this.#token).then(
        (info) => this.#keep(info),
        () => this.#refreshIn(refreshEveryMs / 15),
      );
    }, ms);
  }
}

/** 404 to a post may mean the button that it pressed: only if the conversation too is not found is it gone. */
async function refusedOrGone(error: WireError, ask: () => Promise<unknown>): Promise<never> {
  await ask();
  throw new WireError('refused', error.message);
}

/** Two tabs that spend the same resume key at once would leave one of them with a key about to lapse. */
function onlyOneTab(key: string, run: () => Promise<void>): Promise<void> {
  return navigator.locks ? navigator.locks.request(key, run) : run();
}
