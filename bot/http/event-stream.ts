import type { ServerResponse } from 'node:http';

/** An open server-sent event stream (HTML Living Standard §9.2). */
export interface EventStream {
  /** `id` comes back as Last-Event-ID when the browser reconnects. Nothing is sent once it is closed. */
  send(event: { id?: string; event?: string; data: unknown }): void;
  /** Aborted when the browser goes, or when the process stops. */
  readonly closed: AbortSignal;
  close(): void;
}

/** Below the 30 to 60 seconds after which proxies drop a silent connection. */
const HEARTBEAT_MS = 15_000;
/** A browser that doesn't read is let go before it fills our memory; it comes back with its watermark. */
const MAX_BUFFERED = 1_000_000;

/** Headers leave with `start`, so that until then an error can still be an ordinary answer. */
export function openEventStream(
  response: ServerResponse,
  open: Set<EventStream>,
): EventStream & { start(): void } {
  const closing = new AbortController();
  const heartbeat = setInterval(() => write(':\n\n'), HEARTBEAT_MS);
  heartbeat.unref();

  function start(): void {
    if (response.headersSent || closing.signal.aborted) return;
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // nginx would hold events back until its buffer is full.
      'x-accel-buffering': 'no',
    });
    response.write(':\n\n');
  }
  function write(text: string): void {
    if (closing.signal.aborted) return;
    start();
    response.write(text);
    if (response.writableLength > MAX_BUFFERED) close();
  }
  function close(): void {
    if (closing.signal.aborted) return;
    clearInterval(heartbeat);
    open.delete(stream);
    closing.abort();
    if (response.headersSent) response.end();
  }

  const stream = {
    start,
    close,
    closed: closing.signal,
    send: ({ id, event, data }: { id?: string; event?: string; data: unknown }) =>
      write(`${id ? `id: ${id}\n` : ''}${event ? `event: ${event}\n` : ''}data: ${JSON.stringify(data)}\n\n`),
  };
  open.add(stream);
  response.on('close', close);
  return stream;
}
