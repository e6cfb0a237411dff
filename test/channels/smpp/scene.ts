import { afterEach, expect } from 'vitest';
import type { Channel, Delivery, SendResult } from '../../../channels/channel.ts';
import { toUcs2 } from '../../../channels/kit/sms/alphabet.ts';
import { MemoryHost } from '../../fakes/memory-host.ts';
import { smppStage } from '../../fakes/smpp-peer.ts';
import { type Incoming, incoming, type Smsc } from '../../fakes/smsc.ts';

export const CUSTOMER = '8613912345678';
type Stage = Awaited<ReturnType<typeof smppStage>>;
export type Settings = Parameters<typeof smppStage>[0];
export let stage: Stage;
export let host: MemoryHost;
export let smsc: Smsc;
let clock = () => Date.now();
/** What the product's clock says from now on, until the end of the test. */
export function clockSays(now: () => number): void {
  clock = now;
}
export const opened: Channel[] = [];
export const centres: Smsc[] = [];

export async function starts(more: Settings = {}, options = {}): Promise<Stage> {
  stage = await smppStage(more, options);
  smsc = stage.smsc;
  centres.push(smsc);
  host = new MemoryHost([stage.account], () => clock());
  await opens(stage.channel);
  return stage;
}

export async function opens(channel: Channel) {
  const before = smsc.sessions.size;
  await channel.open(host);
  opened.push(channel);
  await expect.poll(() => smsc.sessions.size).toBe(before + 1);
  await settled();
}

/** The other side has taken in that it is bound. */
export const settled = () =>
  new Promise((resolve) => smsc.ask('enquire_link', [...smsc.sessions].at(-1), resolve));

/** Another process of the centre: its own bind, the same database. */
export async function another(more: Settings = {}) {
  const { channel } = await smppStage(more, {}, smsc);
  await opens(channel);
  return channel;
}

afterEach(async () => {
  clock = () => Date.now();
  for (const channel of opened.splice(0)) await channel.close();
  for (const each of centres.splice(0)) await each.close();
});

export const shown = () => smsc.texts(CUSTOMER).map(({ text }) => text);
export const heard = () =>
  [...host.threads.values()].flatMap(({ inbound }) => inbound.map(({ text }) => text));
export const says = (text: string, from = CUSTOMER) =>
  Promise.all(incoming(from, text).map((part) => smsc.deliver(part)));
export const sends = (text: string, more: Partial<Delivery> = {}) =>
  stage.channel.send?.({
    id: 'delivery-1',
    account: 'smpp:gate',
    address: `+${CUSTOMER}`,
    attempt: 1,
    message: { text } as Delivery['message'],
    ...more,
  }) as Promise<SendResult>;
/** One short message. */
export const brief = (text: string): Incoming => ({ from: CUSTOMER, octets: toUcs2(text) });
export function gate() {
  const doors: (() => void)[] = [];
  const passed = new Promise<void>((resolve) => doors.push(resolve));
  return { passed, open: () => doors.forEach((open) => void open()) };
}
export const LONG = `您好，您的套餐已变更😀。${'本月剩余流量三十吉字节，'.repeat(12)}再见👋🏽`;
