import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from './errors.ts';
import type { Pass } from './tokens.ts';

/** Seconds. A chat may stay open for a working day; addresses change once an hour, so that browsers can keep a picture. */
const LIFETIME = 12 * 3600;
export const STEP = 3600;

/** Where a file is: addresses carry their own right, because pictures are asked for without a token. */
export interface FileLinks {
  /** Path and query of a file of the pass's conversation. */
  path(pass: Pass, fileId: string): string;
  /** Whether an address is ours, for this file and in force; for whom it was made. @throws Refusal */
  check(at: FileAt, query: URLSearchParams): Pass['audience'];
}

export interface FileAt {
  conversation: string;
  file: string;
}

/**
 * HMAC-SHA256 over what an address names and until when.
 * @param key at least 32 bytes, the same in every process
 * @param now epoch milliseconds
 */
export function createFileLinks(key: Buffer, now: () => number): FileLinks {
  const sign = ({ conversation, file }: FileAt, audience: string, expires: number) =>
    createHmac('sha256', key)
      .update([conversation, file, audience, expires].join('\n'))
      .digest('base64url')
      .slice(0, 32);
  return {
    path({ conversation, audience }, file) {
      const expires = Math.ceil((now() / 1000 + LIFETIME) / STEP) * STEP;
      const query = new URLSearchParams({
        e: String(expires),
        w: audience,
        s: sign({ conversation, file }, audience, expires),
      });
      return `/v3/directline/conversations/${conversation}/files/${file}?${query}`;
    },
    check(at, query) {
      const [expires, audience, given] = [Number(query.get('e')), query.get('w') ?? '', query.get('s') ?? ''];
      const expected = Buffer.from(sign(at, audience, expires));
      const signature = Buffer.from(given);
      if (signature.length !== expected.length || !timingSafeEqual(signature, expected))
        throw new Refusal('TokenInvalid');
      if (expires * 1000 <= now()) throw new Refusal('TokenExpired');
      return audience as Pass['audience'];
    },
  };
}
