import type { Channel, Delivery, SendResult } from '../../channels/channel.ts';
import { type Database, hot, uuidv7 } from '../../prisma/client.ts';
import { backoffMs, patienceMs } from './backoff.ts';
import { InHand } from './in-hand.ts';
import { Loop } from './loop.ts';
import { asOutbound } from './message.ts';
import { cells, step } from './pace.ts';

export interface OutboundParts {
  db: Database;
  now(): number;
  random(): number;
  /** The channel that serves an account; undefined if it is off. */
  channelOf(account: string): Channel | undefined;
  /** When the quiet hours end that run now. */
  quietUntil(now: number): number | undefined;
  /** A sealed address in clear. */
  open(sealed: Uint8Array): string;
  onError(error: unknown): void;
  /** For the log: how an attempt ended, with the id of the request that it answers. */
  onAttempt(attempt: Attempt): void;
  /** How long a lane is kept without a sign of life; default half a minute. */
  leaseMs?: number;
}

export interface Attempt {
  delivery: string;
  conversation: string;
  account: string;
  trace: unknown;
  state: string;
  attempt: number;
}

/** Lanes taken up at a time. An account with as many in hand gets no more for now, so that none uses up all. */
const lanesAtOnce = 16;
const LEASE_MS = 30_000;
/** Heads that back off come due by themselves. */
const restMs = 500;

/** A lane in hand: what it has used of its pace, and when that lets it go on. */
interface Lane {
  addressId: string;
  account: string;
  /** Until when it may begin another send: others are waiting, too. */
  until: number;
  pacedUntil?: number | undefined;
  notBefore?: number | undefined;
}

/**
 * Sends deliveries: the head of each lane only, in order, until it is sent, dead, superseded or suppressed. No lane
 * waits for another: a platform that doesn't answer holds up its own account only.
 */
export class OutboundWorker {
  readonly #parts: OutboundParts;
  readonly #loop: Loop;
  readonly #leaseMs: number;
  /** By address. */
  readonly #inHand = new InHand(lanesAtOnce, () => this.nudge());

  constructor(parts: OutboundParts) {
    this.#parts = parts;
    this.#leaseMs = parts.leaseMs ?? LEASE_MS;
    this.#loop = new Loop(() => this.#round(), restMs, parts.onError);
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
    const { db } = this.#parts;
    const now = this.#parts.now();
    const lease = { now: new Date(now), until: new Date(now + this.#leaseMs), token: uuidv7(now) };
    const lanes = await hot.claimLanes(db.sql, lease, lanesAtOnce, this.#inHand.full());
    for (const lane of lanes) this.#take({ ...lane, until: now + this.#leaseMs / 2 }, lease.token);
    return lanes.length === lanesAtOnce;
  }

  #take(lane: Lane, token: string): void {
    const { addressId, account } = lane;
    // Only after the process stood still for a whole lease: what it was sending then it is still sending.
    if (this.#inHand.has(addressId)) return;
    const renewing = setInterval(() => void this.#renew(addressId, token), this.#leaseMs / 3);
    const work = this.#lane(lane)
      .finally(() => {
        clearInterval(renewing);
        return this.#release(lane, token);
      })
      .catch(this.#parts.onError);
    this.#inHand.take(addressId, account, work);
  }

  async #renew(addressId: string, token: string): Promise<void> {
    const { db, now, onError } = this.#parts;
    await hot.renewLane(db.sql, addressId, token, new Date(now() + this.#leaseMs)).catch(onError);
  }

  #release({ addressId, pacedUntil, notBefore }: Lane, token: string): Promise<void> {
    const date = (at: number | undefined) => (at === undefined ? undefined : new Date(at));
    const [now, pace, wait] = [new Date(this.#parts.now()), date(pacedUntil), date(notBefore)];
    return hot.releaseLane(this.#parts.db.sql, addressId, { token, now, pacedUntil: pace, notBefore: wait });
  }

  /** Sends heads of one lane until one has to wait, none is left, or it was at it for half a lease. */
  async #lane(lane: Lane): Promise<void> {
    const { db, now } = this.#parts;
    while (!this.#loop.stopping && now() < lane.until) {
      const head = await hot.head(db.sql, lane.addressId, new Date(now()));
      if (!head) return;
      if (await this.#held(head)) continue;
      if (head.nextAt.getTime() > now()) return;
      const refused = refusalOf(head);
      if (refused) await hot.endSending(db.sql, head.id, refused, new Date(now()));
      else if (!(await this.#granted(head, lane)) || !(await this.#attempt(head))) return;
    }
  }

  /** Whether quiet hours hold it back: asked here, since a retry, an outage or a colleague may have brought it into them. */
  async #held({ id, class: cls, payload }: hot.HeadRow): Promise<boolean> {
    if (cls !== 'notice' || payload.atOnce) return false;
    const now = this.#parts.now();
    const until = this.#parts.quietUntil(now);
    return until !== undefined && hot.holdBack(this.#parts.db.sql, id, new Date(now), new Date(until));
  }

  /** Takes a send from the paces of the address and the account; false: later. */
  async #granted({ account, sealed, pacedUntil }: hot.HeadRow, lane: Lane): Promise<boolean> {
    const { db, now, channelOf, open } = this.#parts;
    const pace = channelOf(account)?.can.pace;
    if (!pace) return true;
    const forAddress = typeof pace.address === 'function' ? pace.address(open(sealed)) : pace.address;
    const own = step(forAddress, lane.pacedUntil ?? pacedUntil?.getTime(), now());
    if ('again' in own) {
      lane.notBefore = own.again;
      return false;
    }
    const again = pace.account && (await hot.takePace(db.sql, account, cells(pace.account), new Date(now())));
    lane.notBefore = again?.getTime();
    if (again === undefined) lane.pacedUntil = own.usedUntil;
    return again === undefined;
  }

  /** One attempt; true if the lane may go on. */
  async #attempt(head: hot.HeadRow): Promise<boolean> {
    const { db, now } = this.#parts;
    const started = await db.transaction((unit) => hot.startSending(unit.sql, head));
    if (!started) {
      await hot.endSending(db.sql, head.id, { state: 'superseded', error: 'epoch' }, new Date(now()));
      return true;
    }
    const result = await this.#send(head, started.attempts);
    const ended = this.#judge(head, started.attempts, result);
    await this.#end(head, ended, result);
    const { id: delivery, conversationId: conversation, account, payload } = head;
    const note = { delivery, conversation, account, trace: payload.trace };
    this.#parts.onAttempt({ ...note, state: ended.state, attempt: started.attempts });
    return ended.state !== 'queued';
  }

  async #send(head: hot.HeadRow, attempt: number): Promise<SendResult> {
    const { channelOf, open, onError } = this.#parts;
    const { id, account, sealed, payload } = head;
    try {
      const channel = channelOf(account);
      if (!channel?.send) return { permanent: 'channel off' };
      const delivery: Delivery = { id, account, address: open(sealed), attempt, message: asOutbound(head) };
      const { redraws, outcome = '' } = payload as { redraws?: string; outcome?: string };
      if (redraws === undefined) return await channel.send(delivery);
      if (channel.update) return await channel.update(delivery, redraws);
      const { card: _, ...message } = delivery.message;
      return await channel.send({ ...delivery, message: { ...message, text: outcome } });
    } catch (error) {
      onError(error);
      return { retryAfter: 0, reason: error instanceof Error ? error.message : 'failed' };
    }
  }

  async #end(head: hot.HeadRow, ended: hot.Ended, result: SendResult): Promise<void> {
    const { db } = this.#parts;
    const now = new Date(this.#parts.now());
    await db.transaction(async (unit) => {
      await hot.endSending(unit.sql, head.id, ended, now);
      const { account, id: delivery, addressId } = head;
      if (
        'externalIds' in result &&
        result.externalIds.length > 0 &&
        this.#parts.channelOf(account)?.can.receipts
      )
        await hot.noteParts(unit.sql, { account, delivery, externalIds: result.externalIds }, now);
      if (!('permanent' in result) || !result.address) return;
      if (result.address === 'optedOut') await hot.optOut(unit.sql, head.conversationId, true, now);
      else await hot.markAddress(unit.sql, addressId, result.address, now);
    });
  }

  #judge(head: hot.HeadRow, attempt: number, result: SendResult): hot.Ended {
    if ('externalIds' in result) return { state: 'sent', externalId: result.externalIds.join(' ') };
    if ('permanent' in result) {
      // Their own wish is no fault, and the bot's words are left out as notices are. What a colleague wrote is missed.
      const wished = result.address === 'optedOut' && (head.byBot || head.class === 'notice');
      return wished ? OPTED_OUT : { state: 'dead', error: refused(result) };
    }
    const now = this.#parts.now();
    const next = now + Math.max(result.retryAfter, backoffMs(attempt, this.#parts.random()));
    return next - head.triedFrom.getTime() > patienceMs[head.class]
      ? { state: 'dead', error: `gave up: ${result.reason}` }
      : {
          state: 'queued',
          error: result.reason,
          nextAt: new Date(next),
          ...(result.uncertain && { uncertain: true }),
        };
  }
}

/** Why a send was refused for good; `bot/deliveries/why.ts` reads it. */
const refused = ({ permanent, address }: Extract<SendResult, { permanent: string }>): string =>
  address ? `address ${address}: ${permanent}` : permanent;

const OPTED_OUT = { state: 'suppressed', error: 'opted out' } as const;

/** What must not be tried at all. */
function refusalOf(head: hot.HeadRow): hot.Ended | undefined {
  if (head.cancelled) return { state: 'suppressed', error: hot.BROADCAST_CANCELLED };
  if (head.mark) return { state: 'dead', error: `address ${head.mark}` };
  if (head.class === 'notice' && head.optedOut) return OPTED_OUT;
  return undefined;
}
