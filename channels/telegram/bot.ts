import type { Account, ChannelHost } from '../channel.ts';
import type { Me } from './addressed.ts';
import { Api } from './api.ts';
import type { Settings } from './settings.ts';

/** How far a delivery of several messages got, so that a retry says nothing twice. */
export interface Progress {
  next: number;
  ids: string[];
}

/** A chat, or a topic of a forum. */
export interface To {
  chat_id: string;
  message_thread_id?: number;
}

const MOVED = 'moved:';
/** Deliveries that never come back (dead, superseded) must not fill the memory. */
const REMEMBERED = 1000;

/** One configured bot 机器人 and what is known of it while the process runs. */
export class Bot {
  readonly account: Account;
  readonly settings: Settings;
  readonly api: Api;
  readonly onError: (error: unknown) => void;
  /** The supergroups that groups have become, by their old ids. */
  readonly moved = new Map<string, string>();
  readonly #progress = new Map<string, Progress>();
  #host: ChannelHost | undefined;
  #me: Me | undefined;

  constructor(account: Account, onError: (error: unknown, where: string) => void) {
    this.account = account;
    this.settings = account.settings as Settings;
    this.api = new Api(this.settings.token, this.settings.apiRoot);
    this.onError = (error) => onError(error, account.id);
  }

  /** @throws until the channel is open; it is checked without. */
  get host(): ChannelHost {
    if (!this.#host) throw new Error(`${this.account.id} is not open`);
    return this.#host;
  }

  set host(host: ChannelHost) {
    this.#host = host;
  }

  /** @throws until getMe has answered: the platform sends again what we could not read yet. */
  readonly me = (): Me => {
    if (!this.#me) throw new Error('getMe has not answered yet');
    return this.#me;
  };

  async meet(stop?: AbortSignal): Promise<Me> {
    const { id, username = '' } = await this.api.call('getMe', {}, stop && { stop });
    this.#me = { id, username };
    return this.#me;
  }

  /** A group has become a supergroup: its conversation goes on there, and what comes late under the old id belongs to it. */
  async hasMoved(key: string, to: string): Promise<void> {
    await this.host.move(this.account, key, to);
    await this.host.shelf.set(this.account.id, `${MOVED}${key}`, to);
    this.moved.set(key, to);
  }

  /** What this process, or the one before, has heard of groups that moved. */
  async recall(): Promise<void> {
    for (const { name, value } of await this.host.shelf.list(this.account.id, MOVED))
      this.moved.set(name.slice(MOVED.length), value);
  }

  progress(deliveryId: string): Progress {
    return this.#progress.get(deliveryId) ?? { next: 0, ids: [] };
  }

  /** Remembers how far a delivery got; without `progress`, that it has ended. */
  keep(deliveryId: string, progress?: Progress): void {
    this.#progress.delete(deliveryId);
    if (progress) this.#progress.set(deliveryId, progress);
    if (this.#progress.size > REMEMBERED) this.#progress.delete(this.#progress.keys().next().value ?? '');
  }
}
