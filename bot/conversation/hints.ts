import { type Database, hot } from '../../prisma/client.ts';

export interface HintParts {
  db: Database;
  /** Names this process, so that it skips its own hints. */
  process: string;
  /** Another process wrote to this stream. */
  onHint(stream: string): void;
  /** Something that isn't kept, such as typing. */
  onSignal(signal: Signal): void;
  /** Followed streams with the lowest seq that their followers have. */
  followed(): { conversations: Map<string, number>; streams: Map<string, number> };
  onError(error: unknown): void;
}

/** Passed on to whoever listens now, never stored. */
export interface Signal {
  conversationId: string;
  /** Who is typing; `file`: what the message at `seq` says of its files has changed. */
  from: 'customer' | 'agent' | 'bot' | 'file';
  name?: string;
  seq?: number;
}

const channel = 'yingda';
const batchMs = 10;
const pollMs = 1500;
// NOTIFY takes 8000 bytes.
const perNotice = 100;

/**
 * Tells other processes that streams have grown. Hints are sent after the commit, batched, on a connection of
 * their own: NOTIFY inside transactions would serialise their commits. They may get lost; the poll finds all.
 */
export class Hints {
  #streams = new Set<string>();
  #signals: Signal[] = [];
  #timer: NodeJS.Timeout | undefined;
  #poll: NodeJS.Timeout | undefined;
  #client: Awaited<ReturnType<Database['direct']>> | undefined;
  #stopped = false;
  readonly #parts: HintParts;

  constructor(parts: HintParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    await this.#listen();
    this.#poll = setInterval(() => void this.#pollAll().catch(this.#parts.onError), pollMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#poll);
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => {});
  }

  tell(stream: string): void {
    this.#streams.add(stream);
    this.#schedule();
  }

  signal(signal: Signal): void {
    this.#signals.push(signal);
    this.#schedule();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(async () => {
      await this.#flush().catch(this.#parts.onError);
      this.#timer = undefined;
      if (this.#streams.size + this.#signals.length > 0) this.#schedule();
    }, batchMs);
  }

  async #flush(): Promise<void> {
    const streams = [...this.#streams];
    const signals = this.#signals;
    this.#streams = new Set();
    this.#signals = [];
    for (let i = 0; i < Math.max(streams.length, signals.length); i += perNotice) {
      const notice = {
        p: this.#parts.process,
        s: streams.slice(i, i + perNotice),
        t: signals.slice(i, i + perNotice),
      };
      await this.#client?.query('SELECT pg_notify($1, $2)', [channel, JSON.stringify(notice)]);
    }
  }

  async #listen(): Promise<void> {
    const client = await this.#parts.db.direct();
    client.on('notification', ({ payload }) => this.#heard(payload ?? ''));
    client.on('end', () => this.#again());
    await client.query(`LISTEN ${channel}`);
    this.#client = client;
    // What was said while nobody listened.
    await this.#pollAll();
  }

  /** The connection is gone: come back, and let the poll carry on until then. */
  #again(): void {
    this.#client = undefined;
    if (this.#stopped) return;
    setTimeout(() => {
      if (!this.#stopped) this.#listen().catch(() => this.#again());
    }, 500);
  }

  #heard(payload: string): void {
    const { p, s, t } = JSON.parse(payload) as { p: string; s: string[]; t: Signal[] };
    if (p === this.#parts.process) return;
    for (const stream of s) this.#parts.onHint(stream);
    for (const signal of t) this.#parts.onSignal(signal);
  }

  async #pollAll(): Promise<void> {
    const { conversations, streams } = this.#parts.followed();
    if (conversations.size + streams.size === 0) return;
    const heads = await hot.streamHeads(this.#parts.db.sql, [...conversations.keys()], [...streams.keys()]);
    for (const [stream, cursor] of [...conversations, ...streams]) {
      if ((heads.get(stream) ?? 0) > cursor) this.#parts.onHint(stream);
    }
  }
}
