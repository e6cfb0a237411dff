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
  let link = idle;
  let watermark = '';
  let calls = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stream: { close(): void } | undefined;

  const tell = (event: LinkEvent) => {
    const [next, effects] = step(link, event, Math.random());
    const moved = next !== link;
    link = next;
    if (moved) events.link(link);
    for (const effect of effects) act(effect);
  };
  const take = (set: ActivitySet | undefined) => {
    if (!set) return;
    // Only what was taken in moves the watermark: a frame lost half-way is asked for again.
    events.activities(set.activities ?? []);
    if (set.watermark !== undefined) watermark = set.watermark;
  };
  const attempt = async (run: () => Promise<LinkEvent>) => {
    calls += 1;
    const mine = calls;
    const event = await run().catch(toEvent);
    // The answer to a call that was overtaken would be taken for the answer to the newer one.
    if (mine === calls) tell(event);
  };
  const connect = (url: string) => {
    stream = openStream(url, {
      open: () => tell({ type: 'socketOpen' }),
      frame: (set) => {
        take(set);
        tell({ type: 'frame' });
      },
      closed: () => tell({ type: 'socketClosed' }),
    });
  };
  const act = (effect: Effect) => {
    switch (effect.do) {
      case 'start':
        watermark = '';
        return void attempt(async () => ({ type: 'ready', streamUrl: await session.start() }));
      case 'resume':
        return void attempt(async () => {
          await session.resume();
          return { type: 'resumed' };
        });
      case 'reconnect':
        return void attempt(async () => ({ type: 'ready', streamUrl: await session.reconnect(watermark) }));
      case 'connect':
        return connect(effect.streamUrl);
      case 'poll':
        return void attempt(() => pollOnce(session, () => watermark, take));
      case 'wait':
        clearTimeout(timer);
        timer = setTimeout(() => tell({ type: 'timer' }), effect.ms);
        return;
      case 'hangUp':
        return stream?.close();
      case 'tellGone':
        session.forget();
        return events.gone();
    }
  };
  addEventListener('online', () => tell({ type: 'online' }));
  document.addEventListener('visibilitychange', () => document.hidden || tell({ type: 'online' }));
  addEventListener('offline', () => stream?.close());
  return {
    get link() {
      return link;
    },
    open: () => tell({ type: 'open', stored: session.stored() }),
    lost: () => tell({ type: 'lost' }),
  };
}

async function pollOnce(
  session: Session,
  watermark: () => string,
  take: (set: ActivitySet) => void,
): Promise<LinkEvent> {
  take(await session.poll(watermark()));
  await new Promise((done) => setTimeout(done, document.hidden ? 5000 : 1000));
  return { type: 'polled' };
}

function toEvent(error: unknown): LinkEvent {
  const wire = error instanceof WireError ? error : new WireError('network', String(error));
  return { type: 'failed', fault: wire.fault, retryAfterMs: wire.retryAfterMs };
}
