import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Account, Channel } from '../../channels/channel.ts';
import { type WebchatOptions, webchat } from '../../channels/webchat/channel.ts';
import { MemoryHost } from './memory-host.ts';

export const SITE_SECRET = 'a secret that only the shop and the centre know';

export const DEMO: Account = {
  id: 'webchat:demo',
  channel: 'webchat',
  name: '晨星通信',
  audience: 'customer',
  settings: { site: 'demo', origins: ['https://shop.example'], secret: SITE_SECRET, accent: '#0a7d5a' },
};
export const OTHER: Account = {
  ...DEMO,
  id: 'webchat:other',
  settings: { site: 'other', origins: ['https://other.example'] },
};
export const STAFF: Account = {
  id: 'webchat:staff',
  channel: 'webchat',
  name: '应答',
  audience: 'staff',
  settings: { site: 'staff' },
};

/** The real channel on a real port, with a host in memory. */
export interface Webchat {
  url: string;
  host: MemoryHost;
  channel: Channel;
  server: Server;
  /** What was answered with 5xx. */
  errors: unknown[];
  /** Ends every TCP connection that was upgraded. */
  dropStreams(): void;
  /** What waits in our memory for readers of streams: bytes, or UTF-16 code units of what is still a string. */
  waiting(): number;
  stop(): Promise<void>;
}

export async function startWebchat(options: WebchatOptions = {}, now?: () => number): Promise<Webchat> {
  const host = new MemoryHost([DEMO, OTHER, STAFF], now);
  const errors: unknown[] = [];
  const channel = webchat({ onError: (error) => errors.push(error), ...options });
  await channel.open(host);
  const server = createServer(channel.http);
  const streams = new Set<Socket>();
  server.on('upgrade', (request, socket, head) => {
    streams.add(socket as Socket);
    socket.once('close', () => streams.delete(socket as Socket));
    if (!channel.upgrade?.(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const dropStreams = () => {
    for (const stream of streams) stream.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    host,
    channel,
    server,
    errors,
    dropStreams,
    waiting: () => [...streams].reduce((sum, { writableLength }) => sum + writableLength, 0),
    async stop() {
      await channel.close();
      dropStreams();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Makes the memory's bot say every message back. */
export function echoBot(host: MemoryHost): void {
  host.onMessage = (message) => {
    setImmediate(() => host.say(message.conversationId, `您说：${message.text}`));
  };
}
