import type { Channel, SendResult } from '../../channels/channel.ts';
import { type Database, hot, uuidv7 } from '../../prisma/client.ts';
import { backoffMs, patienceMs } from './backoff.ts';
import { Loop } from './loop.ts';
import { asOutbound } from './message.ts';

export interface OutboundParts {
  db: Database;
  now(): number;
  random(): number;
  /** The channel that serves an address, with the address in clear; undefined if it is off. */
  route(addressId: string): Promise<{ channel: Channel; account: string; address: string } | undefined>;
  onError(error: unknown): void;
  /** For the log: how an attempt ended, with the id of the request that it answers. */
  onAttempt(attempt: Attempt): void;
}

export interface Attempt {
  delivery: string;
  conversation: string;
  trace: unknown;
  state: string;
  attempt: number;
}

const lanesAtOnce = 16;
const leaseMs = 30_000;
/** Heads that back off come due by themselves. */
const restMs = 500;

/** Sends deliveries: the head of each lane only, in order, until it is sent, dead or superseded. */
export class OutboundWorker {
  readonly #parts: OutboundParts;
  /** Starts, nudges and stops it. Stopping finishes what is in hand. */
  readonly loop: Loop;

  constructor(parts: OutboundParts) {
    this.#parts = parts;
    this.loop = new Loop(() => this.#round(), restMs, parts.onError);
  }

  async #round(): Promise<boolean> {
    const { db } = this.#parts;
    const now = this.#parts.now();
    const lease = { now: new Date(now), until: new Date(now + leaseMs), token: uuidv7(now) };
    const lanes = await hot.claimLanes(db.sql, lease, lanesAtOnce);
    await Promise.all(
      lanes.map((lane) =>
        this.#lane(lane, lease.until).finally(() => hot.releaseLane(db.sql, lane, lease.token)),
      ),
    );
    return lanes.length === lanesAtOnce;
  }

  /** Sends heads of one lane until one has to wait, none is left, or the lease is half over. */
  async #lane(addressId: string, until: Date): Promise<void> {
    const { db } = this.#parts;
    while (!this.loop.stopping && this.#parts.now() < until.getTime() - leaseMs / 2) {
      const head = await hot.head(db.sql, addressId);
      if (!head || head.nextAt.getTime() > this.#parts.now()) return;
      if (!(await this.#attempt(head))) return;
    }
  }

  /** One attempt; true if the lane may go on. */
  async #attempt(head: hot.HeadRow): Promise<boolean> {
    const { db } = this.#parts;
    const now = new Date(this.#parts.now());
    const started = await db.transaction((unit) => hot.startSending(unit.sql, head));
    if (!started) {
      await hot.endSending(db.sql, head.id, { state: 'superseded', error: 'epoch' }, now);
      return true;
    }
    const result = await this.#send(head, started.attempts);
    const ended = this.#judge(head, started.attempts, result);
    await hot.endSending(db.sql, head.id, ended, new Date(this.#parts.now()));
    const { id: delivery, conversationId: conversation, payload } = head;
    this.#parts.onAttempt({
      delivery,
      conversation,
      trace: payload.trace,
      state: ended.state,
      attempt: started.attempts,
    });
    return ended.state !== 'queued';
  }

  async #send(head: hot.HeadRow, attempt: number): Promise<SendResult> {
    try {
      const route = await this.#parts.route(head.addressId);
      if (!route?.channel.send) return { permanent: 'channel off' };
      return await route.channel.send({
        id: head.id,
        account: route.account,
        address: route.address,
        attempt,
        message: asOutbound(head),
      });
    } catch (error) {
      this.#parts.onError(error);
      return { retryAfter: 0, reason: error instanceof Error ? error.message : 'failed' };
    }
  }

  #judge(head: hot.HeadRow, attempt: number, result: SendResult): hot.Ended {
    if ('externalIds' in result) return { state: 'sent', externalId: result.externalIds.join(' ') };
    if ('permanent' in result) return { state: 'dead', error: result.permanent };
    const now = this.#parts.now();
    const next = now + Math.max(result.retryAfter, backoffMs(attempt, this.#parts.random()));
    const tooLate = next - head.createdAt.getTime() > patienceMs[head.class];
    return tooLate
      ? { state: 'dead', error: `gave up: ${result.reason}` }
      : { state: 'queued', error: result.reason, nextAt: new Date(next) };
  }
}
