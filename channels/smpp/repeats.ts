import { randomUUID } from 'node:crypto';
import type { ChannelHost } from '../channel.ts';

/** One arrival of a message, until it is certain that the SMSC has read our answer to it. */
export interface Arrival {
  fingerprint: string;
  /** The external id. */
  id: string;
  name: string;
  sequence: number;
  at: number;
  answeredAt: number | undefined;
}

export interface RepeatParts {
  host: ChannelHost;
  account: string;
  /** Milliseconds after which nothing left over from another session counts any more. */
  window: number;
  /** Resolves once the other side has read all that we wrote before. */
  enquire(): Promise<void>;
  onError(error: unknown): void;
}

const PREFIX = 'in/';
/** SMSCs wait at least that long for an answer before they send a message again on the same session. */
const PATIENCE_MS = 5000;

/**
 * Tells a message that the SMSC sends again from one that a customer says again. SMPP gives incoming messages no id; but
 * an SMSC repeats only what it believes unanswered. So each arrival is on the shelf from before it is written down until
 * an enquire_link that we sent after the answer has come back: then the SMSC has read the answer. An equal message that
 * comes while an arrival of an ended session stands there is its repeat, and gets the same id; any other is new.
 */
export class Repeats {
  readonly #parts: RepeatParts;
  readonly #since: number;
  readonly #own = new Set<Arrival>();
  readonly #claimed = new Set<string>();
  #confirming: Promise<void> | undefined;

  constructor(parts: RepeatParts) {
    this.#parts = parts;
    this.#since = parts.host.now();
  }

  /** Names what came `at` that time. Calls for one fingerprint must not overlap. */
  async arrive(fingerprint: string, sequence: number, at: number): Promise<Arrival> {
    const { host, account } = this.#parts;
    for (const own of this.#own) {
      const slow = (own.answeredAt ?? Number.POSITIVE_INFINITY) - own.at > PATIENCE_MS;
      const late = slow && at - own.at > PATIENCE_MS;
      if (own.fingerprint === fingerprint && (own.sequence === sequence || late)) return own;
    }
    const prefix = `${PREFIX}${fingerprint}/`;
    const left = (await host.shelf.list(account, prefix)).find(
      (each) => !this.#claimed.has(each.name) && !this.#over(each.at),
    );
    const name = left?.name ?? `${prefix}${randomUUID()}`;
    this.#claimed.add(name);
    const arrival = {
      fingerprint,
      name,
      id: name.slice(prefix.length),
      sequence,
      at,
      answeredAt: undefined,
    };
    this.#own.add(arrival);
    if (!left) await host.shelf.put(account, name, '');
    return arrival;
  }

  /** Our answer has been written, or, if not `ok`, refused: then it will come again. */
  answered(arrival: Arrival, ok: boolean): void {
    if (ok) {
      arrival.answeredAt = this.#parts.host.now();
      this.#confirming ??= this.#confirm();
    } else this.#forget(arrival);
  }

  async #confirm(): Promise<void> {
    const { enquire, onError } = this.#parts;
    // Those answered in one go are certain in one go.
    await new Promise((resolve) => setImmediate(resolve));
    const answered = this.#answered();
    // A link that broke leaves them where the next session finds them.
    const certain = await enquire().then(
      () => true,
      () => false,
    );
    if (certain) await this.#settle(answered).catch(onError);
    this.#confirming = undefined;
    if (certain && this.#answered().length > 0) this.#confirming ??= this.#confirm();
  }

  /** The session ended; `settled`: the SMSC has read all our answers. */
  async ended(settled: boolean): Promise<void> {
    if (settled) await this.#settle(this.#answered());
  }

  async #settle(arrivals: Arrival[]): Promise<void> {
    const { host, account } = this.#parts;
    await host.shelf.take(
      account,
      arrivals.map(({ name }) => name),
    );
    for (const arrival of arrivals) this.#forget(arrival);
  }

  /** Clears away what was left over and never came again. */
  async sweep(): Promise<void> {
    const { host, account } = this.#parts;
    const over = (await host.shelf.list(account, PREFIX)).filter(
      ({ name, at }) => !this.#claimed.has(name) && this.#over(at),
    );
    await host.shelf.take(
      account,
      over.map(({ name }) => name),
    );
  }

  /** While no link stood nothing could come again: that time doesn't count. */
  #over(at: number): boolean {
    return this.#parts.host.now() - Math.max(at, this.#since) > this.#parts.window;
  }

  #answered(): Arrival[] {
    return [...this.#own].filter(({ answeredAt }) => answeredAt !== undefined);
  }

  #forget(arrival: Arrival): void {
    this.#own.delete(arrival);
    this.#claimed.delete(arrival.name);
  }
}
