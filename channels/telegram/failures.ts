import type { SendResult } from '../channel.ts';
import { Failure } from './api.ts';

/** Nothing may go there any more, by the words of the Bot API: its codes alone (400, 403) don't tell. */
const ADDRESSES: [RegExp, 'blocked' | 'unknown'][] = [
  [
    /bot was blocked by the user|bot can't initiate conversation|not enough rights|have no rights/i,
    'blocked',
  ],
  [/bot was kicked|bot is not a member|CHAT_WRITE_FORBIDDEN|bot can't send messages to/i, 'blocked'],
  [
    /chat not found|user not found|user is deactivated|group (chat was|is) deactivated|PEER_ID_INVALID/i,
    'unknown',
  ],
];

/** While the token is wrong nothing can be sent; the operator may mend it before the messages are too old. */
const TOKEN_WAIT_MS = 30_000;

/** The connection never stood: nothing of ours can have arrived. */
const NEVER_SENT = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/;

/**
 * How a refused call ends a delivery. 429 says how long to wait (core.telegram.org/bots/api#responseparameters);
 * 400 and 403 are for good; everything else passes. The Bot API knows no idempotency key: without an answer, a message
 * may have arrived.
 */
export function judge(error: unknown): SendResult {
  if (!(error instanceof Failure)) throw error;
  const { code, message, retryAfter } = error;
  if (code === 429) return { retryAfter: retryAfter ?? 1000, reason: message };
  if (code === 401 || code === 404) return { retryAfter: TOKEN_WAIT_MS, reason: message };
  if (code !== 400 && code !== 403) {
    const uncertain = (code === 0 || code >= 500) && !NEVER_SENT.test(message);
    return { retryAfter: 0, reason: message, ...(uncertain && { uncertain }) };
  }
  const address = ADDRESSES.find(([words]) => words.test(message))?.[1];
  return { permanent: message, ...(address && { address }) };
}

export const refused = (error: unknown, words: RegExp): boolean =>
  error instanceof Failure && error.code === 400 && words.test(error.message);
