import type { EventStream } from './event-stream.ts';
import type { SignedIn } from './route.ts';

const EVERY_MS = 15_000;

/**
 * Closes a live stream soon after its session has ended (signed out, idle too long, the person left): a stream was
 * authorised once, at its beginning, and could otherwise be read for ever.
 */
export function endWithSession(stream: EventStream, session: SignedIn | undefined, everyMs = EVERY_MS): void {
  if (!session?.alive || stream.closed.aborted) return;
  const alive = session.alive;
  // A database that can't be asked just now is no reason to close: the next time tells.
  const look = () =>
    alive().then(
      (still) => still || stream.close(),
      () => {},
    );
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  stream.closed.addEventListener('abort', () => clearInterval(timer));
}
