import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ChannelHost, OutboundMessage } from '../../channel.ts';
import { frame, type Reader } from './outbound.ts';

/** Bytes waiting for one reader above which we stop reading the conversation for it. */
const HIGH_WATER = 256 * 1024;
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
  readonly size: number;
  close(): void;
}

export interface StreamTarget {
  conversationId: string;
  after: number;
  reader: Reader;
}

interface Stream {
  tell(message: OutboundMessage): void;
  /** Every keep-alive; ends the stream if its reader is gone, stuck or too long here. */
  tick(now: number): void;
  end(code: number): void;
}

/** The WebSocket side of Direct Line: frames `{activities, watermark}`, empty text as keep-alive. */
export function createStreams(
  host: Pick<ChannelHost, 'follow' | 'now'>,
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
  const open = new Map<string, Set<Stream>>();
  let size = 0;
  const timer = setInterval(() => {
    const now = host.now();
    for (const streams of open.values()) for (const stream of streams) stream.tick(now);
  }, options.keepAliveMs);
  timer.unref();
  const add = (webSocket: WebSocket, to: StreamTarget) => {
    const streams = open.get(to.conversationId) ?? new Set<Stream>();
    open.set(to.conversationId, streams);
    const stream = attach(webSocket, to, host, options, onSent);
    streams.add(stream);
    size += 1;
    webSocket.once('close', () => {
      streams.delete(stream);
      size -= 1;
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
    get size() {
      return size;
    },
    close() {
      clearInterval(timer);
      for (const streams of open.values()) for (const stream of streams) stream.end(1001);
      server.close();
    },
  };
}

/** Feeds one socket. What it can't take yet stays in the store: it is read again from `sent` once the socket drained. */
function attach(
  webSocket: WebSocket,
  to: StreamTarget,
  host: Pick<ChannelHost, 'follow' | 'now'>,
  options: StreamOptions,
  onSent: (messages: readonly OutboundMessage[]) => void,
): Stream {
  const openedAt = host.now();
  let sent = to.after;
  let heard = true;
  let stuck = 0;
  let stop: (() => void) | undefined;
  let state: 'feeding' | 'paused' | 'over' = 'paused';

  const pause = (next: 'paused' | 'over') => {
    state = next;
    stop?.();
    stop = undefined;
  };
  const drained = () => {
    if (state === 'paused' && webSocket.bufferedAmount === 0) feed();
  };
  const take = (messages: OutboundMessage[]) => {
    onSent(messages);
    // One activity a frame: Microsoft's client hands out those of a frame one timer tick each, and lets those of
    // the next frame come in between.
    for (const message of messages) {
      if (state !== 'feeding') return;
      webSocket.send(frame([message], to.reader, sent), drained);
      sent = Math.max(sent, message.seq);
      if (webSocket.bufferedAmount > HIGH_WATER) pause('paused');
    }
  };
  const feed = () => {
    state = 'feeding';
    stuck = 0;
    const unfollow = host.follow(to.conversationId, sent, take);
    // A host may call back within `follow`, and that may have been too much already.
    if (state === 'feeding') stop = unfollow;
    else unfollow();
  };

  webSocket.on('message', () => {
    heard = true;
  });
  webSocket.on('pong', () => {
    heard = true;
  });
  webSocket.on('error', () => webSocket.terminate());
  webSocket.once('close', () => pause('over'));
  feed();
  return {
    tell(message) {
      if (state === 'feeding') webSocket.send(frame([message], to.reader, sent));
    },
    tick(now) {
      stuck = state === 'paused' ? stuck + 1 : 0;
      // Two ticks without a sign or without room: the reader comes back with its watermark, if it lives.
      if (!heard || stuck > 1) return webSocket.terminate();
      if (now - openedAt > options.longestMs) return webSocket.close(1000);
      heard = false;
      webSocket.ping();
      if (state === 'feeding') webSocket.send('');
    },
    end(code) {
      webSocket.close(code);
      // Who doesn't answer the farewell would hold up the whole stop.
      setTimeout(() => webSocket.terminate(), 1000).unref();
    },
  };
}
