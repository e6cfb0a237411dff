import type { SendResult } from '../channel.ts';
import type { ApiAnswer } from './api.ts';

/** Each code's page is https://www.twilio.com/docs/api/errors/CODE . */
const OPTED_OUT = 21610; // the recipient has opted out (STOP)
const BLOCKED = new Set([
  30004, // the recipient's number refuses messages
]);
const UNKNOWN = new Set([
  21211, // invalid 'To'
  21214, // 'To' can't be reached
  21217, // the number doesn't seem to be valid
  21614, // 'To' is no mobile number
  30005, // unknown handset
  30006, // a land line, or a carrier out of reach
]);
/**
 * What an error code says of the address. 30003 says nothing: a handset that is off is on again
 * later (https://www.twilio.com/docs/api/errors/30003).
 */
export function addressOfError(code: number): 'blocked' | 'unknown' | 'optedOut' | undefined {
  if (code === OPTED_OUT) return 'optedOut';
  if (BLOCKED.has(code)) return 'blocked';
  return UNKNOWN.has(code) ? 'unknown' : undefined;
}

const LATER = new Set([
  14107, // too many messages
  20003, // not authenticated: a setting of ours, which somebody will put right
  20429, // too many requests
  21611, // the sender's queue is full
  30001, // queue overflow
  30002, // the account is suspended
  30003, // the handset is off or out of reach
  30022, // over the carrier's rate
]);
const BUSY_MS = 1000;
const SETTING_MS = 30_000;

/** What an answer of the API means for the delivery. Anything else of 4xx, such as 21612 or 21408, won't do better later. */
export function resultOf({ status, retryAfter, body }: ApiAnswer): SendResult {
  const { sid, code, message } = body;
  if (status < 300 && sid) return { externalIds: [sid] };
  const reason = `${status} ${code ?? ''} ${message ?? ''}`.trim();
  const later = retryAfter === undefined ? BUSY_MS : retryAfter * 1000;
  const address = code === undefined ? undefined : addressOfError(code);
  if (address) return { permanent: reason, address };
  if (status === 401 || code === 20003) return { retryAfter: SETTING_MS, reason };
  if (status === 429 || status === 503 || (code !== undefined && LATER.has(code)))
    return { retryAfter: later, reason };
  if (status >= 400 && status < 500) return { permanent: reason };
  // Taken or not, nobody says.
  return { retryAfter: later, reason, uncertain: true };
}

/** What no answer means. Only where the connection never stood is it sure that nothing was sent. */
export function resultOfFailure(error: unknown): SendResult {
  const { message, cause } = error as Error & { cause?: { code?: string } };
  const reason = cause?.code ?? message;
  const never = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;
  return { retryAfter: BUSY_MS, reason, ...(!never.test(reason) && { uncertain: true }) };
}
