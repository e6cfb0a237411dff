import { createHmac } from 'node:crypto';
import type { Account, ChannelHost } from '../channel.ts';
import { e164 } from '../kit/sms/numbers.ts';
import { read } from './coding.ts';
import { type Place, unpack } from './concat.ts';
import { en } from './i18n/en.ts';
import { zhCN } from './i18n/zh-CN.ts';
import { type Part, Reassembly, type Whole } from './parts.ts';
import { receiptOf } from './receipts.ts';
import type { Arrival, Repeats } from './repeats.ts';
import type { Settings } from './settings.ts';
import { numberOf, type Pdu, textOf, tlvOf } from './wire.ts';

/** TON 1: the number begins with a country code (§5.2.5). */
const INTERNATIONAL = 1;

/** What comes in for one account, on whichever session. */
export class Inbound {
  readonly reassembly: Reassembly;
  readonly #account: Account;
  readonly #settings: Settings;
  readonly #host: ChannelHost;
  readonly #onError: (error: unknown) => void;
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(account: Account, host: ChannelHost, onError: (error: unknown) => void) {
    this.#account = account;
    this.#settings = account.settings as Settings;
    this.#host = host;
    this.#onError = onError;
    const { partsTimeout, repeatWindow } = this.#settings;
    this.reassembly = new Reassembly({
      host,
      account: account.id,
      hash: (...of) => this.#hash(...of),
      patience: partsTimeout * 1000,
      linger: repeatWindow * 1000,
      receive: (whole) => this.#whole(whole),
    });
  }

  /** Resolves once it is written down; to how it was taken, where its repeats have to be told. */
  async deliver(pdu: Pdu, repeats: Repeats): Promise<Arrival | undefined> {
    const at = this.#host.now();
    const { octets, place } = unpack(pdu);
    const receipt = receiptOf(pdu, octets, this.#settings.messageIds.receipt);
    if (receipt === 'unreadable')
      return void this.#onError(new Error('a delivery receipt that names no message'));
    if (receipt) {
      const { externalId, state, reason } = receipt;
      if (state) await this.#host.receipt(this.#account.id, externalId, state, { reason });
      return undefined;
    }
    const from = this.#senderOf(pdu);
    // One sender's messages are written down in the order in which they came.
    return this.#inOrder(from, () => this.#message(pdu, { from, octets, place, at }, repeats));
  }

  async #message(
    pdu: Pdu,
    { from, octets, place, at }: { from: string; octets: Buffer; place: Place | undefined; at: number },
    repeats: Repeats,
  ): Promise<Arrival | undefined> {
    const coding = numberOf(pdu, 'data_coding') ?? 0;
    if (place) {
      const { total, no } = place;
      await this.reassembly.add({ from, total, no, coding, octets }, place);
      return undefined;
    }
    const { idTlv, alphabet } = this.#settings;
    const own = idTlv === undefined ? undefined : tlvOf(pdu, idTlv);
    const text = read(coding, octets, alphabet) ?? this.#words.notText;
    if (own) return void (await this.#receive(from, text, `tlv:${own}`));
    const to = textOf(pdu, 'destination_addr') ?? '';
    const fingerprint = this.#hash('message', from, to, `${coding}`, octets.toString('base64'));
    const arrival = await repeats.arrive(fingerprint, pdu.sequence_number, at);
    try {
      await this.#receive(from, text, arrival.id);
    } catch (error) {
      repeats.answered(arrival, false);
      throw error;
    }
    return arrival;
  }

  async #whole({ from, externalId, parts }: Whole): Promise<void> {
    let text = '';
    for (let at = 0; at < parts.length; ) {
      const run = runFrom(parts, at);
      const [first] = run;
      if (first) {
        const octets = Buffer.concat(run.map((part) => part.octets));
        text += read(first.coding, octets, this.#settings.alphabet) ?? this.#words.notText;
      } else if (at === 0 || parts[at - 1]) text += this.#words.partMissing;
      at += Math.max(1, run.length);
    }
    await this.#receive(from, text, externalId);
  }

  async #receive(from: string, text: string, externalId: string): Promise<void> {
    const conversationId = await this.#host.thread(this.#account, from, this.#settings.locale);
    await this.#host.receive(this.#account, { conversationId, kind: 'message', text, externalId });
  }

  #senderOf(pdu: Pdu): string {
    const { country } = this.#settings;
    const international = numberOf(pdu, 'source_addr_ton') === INTERNATIONAL;
    return e164(textOf(pdu, 'source_addr') ?? '', country, international) || 'unknown';
  }

  async #inOrder<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const result = before.then(work, work);
    this.#last.set(key, result);
    try {
      return await result;
    } finally {
      if (this.#last.get(key) === result) this.#last.delete(key);
    }
  }

  /** Names on the shelf say nothing about numbers or texts. */
  #hash(...of: string[]): string {
    return createHmac('sha256', this.#host.key('smpp'))
      .update(JSON.stringify(of))
      .digest('base64url')
      .slice(0, 22);
  }

  get #words() {
    return this.#settings.locale.startsWith('zh') ? zhCN : en;
  }
}

/** The parts from there on that are read in one go: a sign may lie across two of them. */
function runFrom(parts: (Part | undefined)[], at: number): Part[] {
  const run: Part[] = [];
  for (let next = parts[at]; next && next.coding === (run[0] ?? next).coding; next = parts[at + run.length])
    run.push(next);
  return run;
}
