import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { Refusal } from './errors.ts';

/** A token bucket: `burst` at once, then `perMinute`. */
export interface Rate {
  perMinute: number;
  burst: number;
}

export interface Limits {
  /** New conversations of one network address. */
  generate: Rate;
  /** Tries to resume, of one network address: nobody guesses keys here. */
  resume: Rate;
  /** Activities of one conversation. Far above any typist, so that only a loop meets it. */
  activities: Rate;
  /** Uploads of one conversation. */
  uploads: Rate;
}

export const DEFAULT_LIMITS: Limits = {
  generate: { perMinute: 60, burst: 120 },
  resume: { perMinute: 60, burst: 120 },
  activities: { perMinute: 6000, burst: 200 },
  uploads: { perMinute: 20, burst: 20 },
};

export interface Bucket {
  /** Takes one, or throws a Refusal that says when to come again. `now` in epoch milliseconds. */
  take(key: string, now: number): void;
}

/** @param most keys remembered; the one unused longest is forgotten first, so a flood can't fill the memory */
export function createBucket(rate: Rate, most = 50_000): Bucket {
  const levels = new Map<string, { left: number; at: number }>();
  const perMs = rate.perMinute / 60_000;
  return {
    take(key, now) {
      const level = levels.get(key) ?? { left: rate.burst, at: now };
      level.left = Math.min(rate.burst, level.left + Math.max(0, now - level.at) * perMs);
      level.at = now;
      levels.delete(key);
      levels.set(key, level);
      if (levels.size > most) levels.delete(levels.keys().next().value ?? '');
      if (level.left < 1) {
        throw new Refusal('TooManyRequests', undefined, Math.ceil((1 - level.left) / perMs / 1000));
      }
      level.left -= 1;
    },
  };
}

/**
 * Whom to count: the IPv4 address, or the /64 of an IPv6 one (a household owns 2^64 of them).
 * A proxy on this machine is always ours: all customers behind it would otherwise share one allowance.
 * @param trustProxy how many proxies of ours stand in front; 0 believes no X-Forwarded-For but this machine's
 */
export function networkOf(request: IncomingMessage, trustProxy: number): string {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim());
  const hops = trustProxy || (isThisMachine(request) ? 1 : 0);
  const claimed = hops > 0 ? forwarded.at(-hops) : undefined;
  const address = (claimed || request.socket.remoteAddress || 'unknown').replace(/^::ffff:(?=\d+\.)/i, '');
  return isIPv6(address) ? prefix64(address) : address;
}

function isThisMachine(request: IncomingMessage): boolean {
  return /^(::1$|(::ffff:)?127\.)/i.test(request.socket.remoteAddress ?? '');
}

function prefix64(address: string): string {
  const [head = '', tail] = address.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
