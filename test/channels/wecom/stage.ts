import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Channel, ChannelKind, Delivery, OutboundMessage } from '../../../channels/channel.ts';
import { MemoryHost } from '../../fakes/memory-host.ts';
import { accountAt, Caller } from '../../fakes/wecom/peer.ts';
import { WecomPlatform } from '../../fakes/wecom/platform.ts';

/** A channel on a host in memory, between the stand-in of the platform and a port of its own. */
export interface Stage {
  platform: WecomPlatform;
  channel: Channel;
  host: MemoryHost;
  caller: Caller;
  /** What went wrong on our side. */
  errors: string[];
  /** Moves the clock that both sides go by. */
  pass(ms: number): void;
  /** A delivery to this address, as the core hands it over. */
  delivery(address: string, message: Partial<OutboundMessage>, more?: Partial<Delivery>): Delivery;
  /** The process ends; another one starts with the same memory and the same messages. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface Wanted {
  /** Epoch milliseconds at which the clock stands. */
  at?: number;
  settings?: Record<string, unknown>;
}

export async function openStage(
  of: ChannelKind,
  { at = 1_780_000_000_000, settings }: Wanted = {},
): Promise<Stage> {
  let now = at;
  const platform = new WecomPlatform(() => now);
  const account = accountAt(await platform.listen(), of, settings);
  const host = new MemoryHost([account], () => now);
  const errors: string[] = [];
  const create = () =>
    of.create({
      accounts: [account],
      publicUrl: () => 'https://desk.example',
      onError: (error, where) => errors.push(`${where}: ${error}`),
    });
  const caller = new Caller(of, () => now);
  let next = 0;
  const stage: Stage = {
    platform,
    channel: create(),
    host,
    caller,
    errors,
    pass(ms) {
      now += ms;
    },
    delivery(address, message, more = {}) {
      const id = `delivery-${++next}`;
      const said = {
        id,
        conversationId: 'none',
        seq: next,
        at: now,
        author: 'bot',
        kind: 'message',
        text: '',
      } as const;
      return { id, account: account.id, address, attempt: 1, ...more, message: { ...said, ...message } };
    },
    async restart() {
      await stage.channel.close();
      stage.channel = create();
      await stage.channel.open(host);
    },
    async close() {
      await stage.channel.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await platform.close();
    },
  };
  const server = createServer((request, response) => stage.channel.http?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  caller.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await stage.channel.open(host);
  return stage;
}

/** What was taken in, as `key: text`. */
export const heard = (host: MemoryHost) =>
  [...host.threads.values()].flatMap(({ key, inbound }) => inbound.map(({ text }) => `${key}: ${text}`));
