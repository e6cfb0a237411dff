import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ChannelHost, OutboundMessage } from '../../channel.ts';
import { Feed, type StreamTarget } from './feed.ts';

/** Sockets of one conversation (tabs, and those half dead): one more ends the oldest. */
const MOST_PER_CONVERSATION = 10;

export interface StreamOptions {
  /** Milliseconds between the empty frames that keep proxies from cutting a quiet line. */
  keepAliveMs: number;
  /** A stream is opened by a token that lives minutes; so that it isn't a right for ever, it ends after this. */
  longestMs: number;
}

export const DEFAULT_STREAM: StreamOptions = { keepAliveMs: 15_000, longestMs: 60 * 60_000 };

export interface Streams {
  /** Takes over a request that was found entitled. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, to: StreamTarget): void;
  /** Shows readers here a message that is not (or is already) in the store; the watermark stays. */
  tell(conversationId: string, message: OutboundMessage): void;
  close(): void;
}

/** The WebSocket side of Direct Line: frames `{activities, watermark}`, empty text as keep-alive. */
export function createStreams(
  host: Pick<ChannelHost, 'follow' | 'now' | 'attends'>,
  options: StreamOptions,
  onSent: (messages: readonly OutboundMessage[]) => void,
): Streams {
  // Clients only ever send empty pings.
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: 4096,
  });
  const open = new Map<string, Set<Feed>>();
  const timer = setInterval(() => {
    const now = host.now();
    for (const streams of open.values()) for (const stream of streams) stream.tick(now);
  }, options.keepAliveMs);
  timer.unref();
  const add = (webSocket: WebSocket, to: StreamTarget) => {
    const streams = open.get(to.conversationId) ?? new Set<Feed>();
    open.set(to.conversationId, streams);
    const stream = new Feed(webSocket, to, { host, longestMs: options.longestMs, onSent });
    streams.add(stream);
    webSocket.once('close', () => {
      streams.delete(stream);
      if (streams.size === 0) open.delete(to.conversationId);
    });
    if (streams.size > MOST_PER_CONVERSATION) streams.values().next().value?.end(1013);
  };
  return {
    accept(request, socket, head, to) {
      server.handleUpgrade(request, socket, head, (webSocket) => add(webSocket, to));
    },
    tell(conversationId, message) {
      for (const stream of open.get(conversationId) ?? []) stream.tell(message);
    },
    close() {
      clearInterval(timer);
      for (const streams of open.values()) for (const stream of streams) stream.end(1001);
      server.close();
    },
  };
}
