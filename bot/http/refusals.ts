import type { Log } from '../log.ts';

const QUIET_MS = 60_000;

/**
 * Notes what a channel's routes refuse, so that a wrong secret doesn't go unseen: at most once a minute for each prefix and
 * status, with how many there were meanwhile. Whoever knocks can't fill the log.
 * @param now milliseconds of any clock that only goes on
 */
export function openRefusals(log: Log, now: () => number = () => performance.now()) {
  const noted = new Map<string, { at: number; unsaid: number }>();
  return (prefix: string, status: number): void => {
    if (status < 400 || status >= 500) return;
    const key = `${prefix} ${status}`;
    const before = noted.get(key);
    if (before && now() - before.at < QUIET_MS) return void before.unsaid++;
    log.warn({ prefix, status, before: before?.unsaid ?? 0 }, 'A channel refused a request');
    noted.set(key, { at: now(), unsaid: 0 });
  };
}
