import { useSyncExternalStore } from 'react';

/** The server's clock, which may run elsewhere than this browser's; deadlines are measured against it. */
let offset = 0;
let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Call with the `now` of an answer. */
export function syncClock(serverNow: number): void {
  offset = serverNow - Date.now();
  now = Date.now() + offset;
}

export const serverNow = (): number => Date.now() + offset;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = serverNow();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Epoch milliseconds of the server, renewed each second: one timer for all that tick on the page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
