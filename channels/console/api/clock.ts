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

/**
 * What `of` makes of the server's time (epoch milliseconds), renewed each second and drawn again only when it differs: one
 * timer for all that tick on the page. `of` must make something that can be compared: a number, a string.
 */
export function useClock<T extends string | number>(of: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => of(now));
}

export const useNow = (): number => useClock((at) => at);
