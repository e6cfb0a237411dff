import { useEffect, useRef, useState } from 'react';
import { call } from '../api/call.ts';
import type { Message } from '../api/types.ts';
import { closedLine, type Line, type LineEvent, step } from './line.ts';

export type LiveEvent =
  | { stream: string; type: 'message'; message: Message }
  | { stream: string; type: 'typing' }
  | { stream: string; type: string; data: Record<string, unknown> };

export interface LiveHandlers {
  onEvent(event: LiveEvent): void;
  /** Anything may have happened meanwhile: read again what is shown. */
  onResync(): void;
}

/** Follows `streams` (at most 8 names) while the component stands; returns whether the line does. */
export function useLive(streams: readonly string[], handlers: LiveHandlers): boolean {
  const [standing, setStanding] = useState(true);
  const latest = useRef(handlers);
  latest.current = handlers;
  const names = streams.join(',');
  useEffect(() => {
    if (!names) return;
    return follow(names, {
      onEvent: (event) => latest.current.onEvent(event),
      onResync: () => latest.current.onResync(),
      onStanding: setStanding,
    });
  }, [names]);
  return standing;
}

/** Runs the line; returns how to end it. */
function follow(
  streams: string,
  { onEvent, onResync, onStanding }: LiveHandlers & { onStanding(standing: boolean): void },
): () => void {
  let line: Line = closedLine;
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function happened(event: LineEvent): void {
    const [next, effects] = step(line, event, Math.random());
    line = next;
    for (const effect of effects) {
      if (effect.do === 'open') connect(effect.watermark);
      if (effect.do === 'close') hangUp();
      if (effect.do === 'wait') timer = setTimeout(() => happened({ type: 'timer' }), effect.ms);
      if (effect.do === 'resync') onResync();
    }
    // One failure is a flicker; what lasts is said.
    onStanding(line.failures < 2);
  }
  function connect(watermark: string | undefined): void {
    clearTimeout(timer);
    const query = new URLSearchParams({ streams, ...(watermark && { watermark }) });
    const own = new EventSource(`/api/v1/live?${query}`);
    source = own;
    own.onopen = () => happened({ type: 'opened' });
    own.onmessage = ({ lastEventId, data }: MessageEvent<string>) => {
      happened({ type: 'event', id: lastEventId });
      onEvent(JSON.parse(data) as LiveEvent);
    };
    own.onerror = () => {
      if (source !== own) return;
      happened({ type: 'broken' });
      // A stream that ended with its session looks like any other break; this tells, and leads to the sign-in page.
      call('GET /api/v1/session', {}).catch(() => {});
    };
  }
  function hangUp(): void {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  }
  const online = () => happened({ type: 'online' });
  addEventListener('online', online);
  document.addEventListener('visibilitychange', online);
  happened({ type: 'start' });
  return () => {
    removeEventListener('online', online);
    document.removeEventListener('visibilitychange', online);
    happened({ type: 'stop' });
  };
}
