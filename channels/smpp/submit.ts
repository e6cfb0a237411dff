import type { Delivery, SendResult } from '../channel.ts';
import { reachable } from '../kit/sms/numbers.ts';
import { segments } from '../kit/sms/segments.ts';
import { refusal, statusName, THROTTLED } from './codes.ts';
import { writable, write } from './coding.ts';
import { header, UDHI } from './concat.ts';
import type { Link } from './link.ts';
import { canonical } from './receipts.ts';
import { References } from './references.ts';
import type { Settings } from './settings.ts';
import { NoAnswer, textOf } from './wire.ts';

const RESTING_MS = 2000;
const THROTTLE_MS = 1000;
const LONGEST_THROTTLE_MS = 30_000;
/** Deliveries of which some parts are out. */
const REMEMBERED = 1000;

/** Hands deliveries to an SMSC, part by part. */
export class Submitter {
  readonly #link: Link;
  readonly #settings: Settings;
  readonly #now: () => number;
  /** Ids of the parts that were taken, of deliveries that are to be tried again: what is out is not sent twice. */
  readonly #out = new Map<string, string[]>();
  readonly #references = new References();
  #throttles = 0;
  #quietUntil = 0;

  constructor(link: Link, settings: Settings, now: () => number) {
    this.#link = link;
    this.#settings = settings;
    this.#now = now;
  }

  async send(delivery: Delivery): Promise<SendResult> {
    const { address, id, message } = delivery;
    if (!reachable(address)) return { permanent: 'no number', address: 'unknown' };
    if (message.text === '') return { permanent: 'nothing to say in words' };
    if (!this.#link.up) return { retryAfter: RESTING_MS, reason: 'not bound' };
    const quiet = this.#quietUntil - this.#now();
    if (quiet > 0) return { retryAfter: quiet, reason: 'throttled' };

    const messages = this.#messages(delivery);
    const ids = this.#out.get(id) ?? [];
    for (const fields of messages.slice(ids.length)) {
      const result = await this.#link.window.run(() => this.#submit(fields));
      if (!('externalIds' in result)) {
        if ('permanent' in result) this.#out.delete(id);
        else this.#remember(id, ids);
        return result;
      }
      ids.push(...result.externalIds);
    }
    this.#out.delete(id);
    return { externalIds: ids.filter((each) => each !== '') };
  }

  #messages({ id, address, message: { text } }: Delivery) {
    const { alphabet, source, destination, serviceType, receipts } = this.#settings;
    const cut = segments(text, !writable(text, alphabet));
    const several = cut.parts.length > 1;
    const ref = several ? this.#references.of(address, id) : 0;
    return cut.parts.map((part, at) => {
      const { coding, octets } = write(part, cut.alphabet, alphabet);
      const udh = several ? header(ref, cut.parts.length, at + 1) : Buffer.alloc(0);
      return {
        service_type: serviceType,
        source_addr_ton: source.ton,
        source_addr_npi: source.npi,
        source_addr: source.address,
        // A short code has no international form.
        dest_addr_ton: address.startsWith('+') ? destination.ton : 0,
        dest_addr_npi: destination.npi,
        destination_addr: address.replace('+', ''),
        esm_class: several ? UDHI : 0,
        registered_delivery: receipts ? 1 : 0,
        data_coding: coding,
        short_message: Buffer.concat([udh, octets]),
      };
    });
  }

  async #submit(fields: Record<string, string | number | Buffer>): Promise<SendResult> {
    try {
      const answer = await this.#link.request('submit_sm', fields);
      const code = answer.command_status;
      if (THROTTLED.has(code)) return this.#throttled(code);
      if (this.#settings.blockedCodes.includes(code))
        return { permanent: statusName(code), address: 'blocked' };
      if (code !== 0) return refusal(code, THROTTLE_MS);
      this.#throttles = 0;
      return {
        externalIds: [canonical(textOf(answer, 'message_id') ?? '', this.#settings.messageIds.response)],
      };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { retryAfter: RESTING_MS, reason, ...(error instanceof NoAnswer && { uncertain: true }) };
    }
  }

  /** The whole account is quiet for a while, longer each time: others would only be refused as well. */
  #throttled(code: number): SendResult {
    const now = this.#now();
    // Of a whole window that was refused together, the first counts.
    if (this.#quietUntil <= now) {
      this.#quietUntil = now + Math.min(LONGEST_THROTTLE_MS, THROTTLE_MS * 2 ** this.#throttles);
      this.#throttles = Math.min(this.#throttles + 1, 10);
    }
    return { retryAfter: this.#quietUntil - now, reason: statusName(code) };
  }

  #remember(id: string, ids: string[]): void {
    if (ids.length === 0) return;
    this.#out.delete(id);
    this.#out.set(id, ids);
    const [oldest] = this.#out.keys();
    if (this.#out.size > REMEMBERED && oldest !== undefined) this.#out.delete(oldest);
  }
}
