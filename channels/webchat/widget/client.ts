import { WireError } from './api.ts';
import { type Effect, idle, type Link, type LinkEvent, step } from './link.ts';
import type { Session } from './session.ts';
import { openStream } from './stream.ts';
import type { Activity, ActivitySet } from './wire.ts';

export interface ClientEvents {
  activities(activities: readonly Activity[]): void;
  link(link: Link): void;
  gone(): void;
}

export interface Client {
  readonly link: Link;
  /** Begins, or resumes what the last page left. Does nothing the second time. */
  open(): void;
  /** A post was told that the conversation is gone. */
  lost(): void;
}

/** Carries out what the state machine of link.ts decides, and tells it what came of it. */
export function createClient(session: Session, events: ClientEvents): Client {
  return new LinkedClient(session, events);
}

class LinkedClient implements Client {
  link: Link = idle;
  #watermark = '';
  #calls = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stream: { close(): void } | undefined;
  readonly #session: Session;
  readonly #events: ClientEvents;

  constructor(session: Session, events: ClientEvents) {
    this.#session = session;
    this.#events = events;
    addEventListener('online', () => this.#tell({ type: 'online' }));
    addEventListener('offline', () => this.#stream?.close());
    document.addEventListener('visibilitychange', () => document.hidden || this.#tell({ type: 'online' }));
  }

  open(): void {
    this.#tell({ type: 'open', stored: this.#session.stored() });
  }

  lost(): void {
    this.#tell({ type: 'lost' });
  }

  #tell(event: LinkEvent): void {
    const before = this.link;
    const [next, effects] = step(before, event, Math.random());
    this.link = next;
    if (next !== before) this.#events.link(next);
    for (const effect of effects) this.#act(effect);
  }

  #act(effect: Effect): void {
    switch (effect.do) {
      case 'connect':
        this.#connect(effect.streamUrl);
        break;
      case 'hangUp':
        this.#stream?.close();
        break;
      case 'tellGone':
        this.#session.forget();
        this.#events.gone();
        break;
      case 'wait':
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#tell({ type: 'timer' }), effect.ms);
        break;
      default:
        void this.#attempt(() => this.#call(effect.do));
    }
  }

  async #call(what: 'start' | 'resume' | 'reconnect' | 'poll'): Promise<LinkEvent> {
    switch (what) {
      case 'start':
        this.#watermark = '';
        return { type: 'ready', streamUrl: await this.#session.start() };
      case 'resume':
        await this.#session.resume();
        return { type: 'resumed' };
      case 'reconnect':
        return { type: 'ready', streamUrl: await this.#session.reconnect(this.#watermark) };
      case 'poll':
        this.#take(await this.#session.poll(this.#watermark));
        await new Promise((done) => setTimeout(done, document.hidden ? 5000 : 1000));
        return { type: 'polled' };
    }
  }

  async #attempt(run: () => Promise<LinkEvent>): Promise<void> {
    this.#calls += 1;
    const mine = this.#calls;
    const event = await run().catch(toEvent);
    // The answer to a call that was overtaken would be taken for the answer to the newer one.
    if (mine === this.#calls) this.#tell(event);
  }

  #connect(url: string): void {
    this.#stream = openStream(url, {
      open: () => this.#tell({ type: 'socketOpen' }),
      frame: (set) => {
        if (set) this.#take(set);
        this.#tell({ type: 'frame' });
      },
      closed: () => this.#tell({ type: 'socketClosed' }),
    });
  }

  #take(set: ActivitySet): void {
    // Only what was taken in moves the watermark: a frame lost half-way is asked for again.
    this.#events.activities(set.activities ?? []);
    if (set.watermark !== undefined) this.#watermark = set.watermark;
  }
}

function toEvent(error: unknown): LinkEvent {
  const wire = error instanceof WireError ? error : new WireError('network', String(error));
  return { type: 'failed', fault: wire.fault, retryAfterMs: wire.retryAfterMs };
}
