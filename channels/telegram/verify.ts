import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether a request carries the secret that we gave to setWebhook, in `X-Telegram-Bot-Api-Secret-Token`
 * (core.telegram.org/bots/api#setwebhook). Without a secret nothing is authentic. Takes the same time for every guess.
 */
export function authentic(given: string | string[] | undefined, secret: string | undefined): boolean {
  if (!secret || typeof given !== 'string') return false;
  return timingSafeEqual(digest(given), digest(secret));
}

const digest = (text: string) => createHash('sha256').update(text).digest();
