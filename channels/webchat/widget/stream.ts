import type { ActivitySet } from './wire.ts';

/** A server's keep-alive comes at least every 30 s; a socket silent for longer is dead though it looks open. */
const silenceMs = 90_000;

export interface StreamEvents {
  open(): void;
  /** A frame, or undefined for a keep-alive. */
  frame(set: ActivitySet | undefined): void;
  /** Called once, whatever ended it. */
  closed(): void;
}

/** One WebSocket of Direct Line. `close` ends it and reports `closed` at once, without waiting for a handshake. */
export function openStream(url: string, events: StreamEvents): { close(): void } {
  let over = false;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let socket: WebSocket | undefined;
  const end = () => {
    if (over) return;
    over = true;
    clearTimeout(watchdog);
    socket?.close();
    events.closed();
  };
  const alive = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(end, silenceMs);
  };
  try {
    socket = new WebSocket(url);
  } catch {
    // A bad or forbidden address throws here; told later, so that the caller has its handle first.
    setTimeout(end);
    return { close: end };
  }
  alive();
  socket.onopen = () => {
    if (!over) events.open();
  };
  socket.onmessage = (message) => {
    if (over) return;
    alive();
    events.frame(readFrame(message.data));
  };
  socket.onclose = end;
  socket.onerror = end;
  return { close: end };
}

function readFrame(data: unknown): ActivitySet | undefined {
  if (typeof data !== 'string' || !data.trim()) return undefined;
  try {
    return JSON.parse(data) as ActivitySet;
  } catch {
    return undefined;
  }
}
