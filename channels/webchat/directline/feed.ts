import type { WebSocket } from 'ws';
import type { ChannelHost, OutboundMessage } from '../../channel.ts';
import { frame, type Reader } from './outbound.ts';

/** Characters waiting for one reader above which we stop reading the conversation for it. */
const HIGH_WATER = 256 * 1024;

export interface StreamTarget {
  conversationId: string;
  after: number;
  reader: Reader;
  /** Ends once its colleague is no longer signed in. */
  isStaff?: boolean;
}

export interface FeedParts {
  host: Pick<ChannelHost, 'follow' | 'now' | 'attends'>;
  /** Milliseconds after which even a healthy stream ends. */
  longestMs: number;
  onSent: (messages: readonly OutboundMessage[]) => void;
}

/**
 * Feeds one socket with one conversation. What the socket can't take yet stays in the store: it is read again
 * from where we were once the socket has drained.
 */
export class Feed {
  readonly #socket: WebSocket;
  readonly #to: StreamTarget;
  readonly #parts: FeedParts;
  readonly #openedAt: number;
  #sent: number;
  #state: 'feeding' | 'paused' | 'over' = 'paused';
  #stop: (() => void) | undefined;
  #heard = true;
  #stuckTicks = 0;

  constructor(socket: WebSocket, to: StreamTarget, parts: FeedParts) {
    this.#socket = socket;
    this.#to = to;
    this.#parts = parts;
    this.#openedAt = parts.host.now();
    this.#sent = to.after;
    const heard = () => {
      this.#heard = true;
    };
    socket.on('message', heard);
    socket.on('pong', heard);
    socket.on('error', () => socket.terminate());
    socket.once('close', () => this.#pause('over'));
    this.#feed();
  }

  /** Shows a message that is not of the store's making; the watermark stays. */
  tell(message: OutboundMessage): void {
    if (this.#state === 'feeding') this.#socket.send(frame([message], this.#to.reader, this.#sent));
  }

  /** To be called at every keep-alive: ends the stream if its reader is gone, stuck or too long here. */
  tick(now: number): void {
    this.#stuckTicks = this.#state === 'paused' ? this.#stuckTicks + 1 : 0;
    // Two ticks without a sign or without room: the reader comes back with its watermark, if it lives.
    if (!this.#heard || this.#stuckTicks > 1) this.#socket.terminate();
    else if (now - this.#openedAt > this.#parts.longestMs) this.end(1000);
    else {
      this.#heard = false;
      if (this.#to.isStaff) this.#endIfLeft();
      this.#socket.ping();
      if (this.#state === 'feeding') this.#socket.send('');
    }
  }

  #endIfLeft(): void {
    // Where it can't be told, the next keep-alive asks again.
    this.#parts.host.attends(this.#to.conversationId, false).then(
      (still) => still || this.end(1000),
      () => undefined,
    );
  }

  /** @param code WebSocket close code (RFC 6455 §7.4) */
  end(code: number): void {
    this.#socket.close(code);
    // Who doesn't answer the farewell would hold up the whole stop.
    setTimeout(() => this.#socket.terminate(), 1000).unref();
  }

  #feed(): void {
    this.#state = 'feeding';
    this.#stuckTicks = 0;
    const stop = this.#parts.host.follow(this.#to.conversationId, this.#sent, (messages) =>
      this.#take(messages),
    );
    // A host may call back within `follow`, and that may have been too much already.
    if (this.#isFeeding()) this.#stop = stop;
    else stop();
  }

  #take(messages: OutboundMessage[]): void {
    this.#parts.onSent(messages);
    // One activity a frame: Microsoft's client hands out those of a frame one timer tick each, and lets those of
    // the next frame come in between.
    for (const message of messages) {
      if (!this.#isFeeding()) return;
      this.#socket.send(frame([message], this.#to.reader, this.#sent), this.#onDrained);
      this.#sent = Math.max(this.#sent, message.seq);
      if (this.#socket.bufferedAmount > HIGH_WATER) this.#pause('paused');
    }
  }

  readonly #onDrained = (): void => {
    if (this.#state === 'paused' && this.#socket.bufferedAmount === 0) this.#feed();
  };

  #pause(state: 'paused' | 'over'): void {
    this.#state = state;
    this.#stop?.();
    this.#stop = undefined;
  }

  #isFeeding(): boolean {
    return this.#state === 'feeding';
  }
}
