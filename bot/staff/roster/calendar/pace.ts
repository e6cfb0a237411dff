import { AppError } from '../../../errors.ts';

const MINUTE_MS = 60_000;

/**
 * Lets each key pass so many times in a minute. In this process only: it keeps load down; the secret in the address is
 * what keeps strangers out. @throws AppError too_many_requests
 */
export function perMinute(most: number): (key: string, now: number) => void {
  let minute = 0;
  let counts = new Map<string, number>();
  return (key, now) => {
    const current = Math.floor(now / MINUTE_MS);
    if (current !== minute) {
      minute = current;
      counts = new Map();
    }
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    const retryAfterSeconds = Math.ceil(((minute + 1) * MINUTE_MS - now) / 1000);
    if (count > most) throw new AppError('too_many_requests', undefined, { retryAfterSeconds });
  };
}
