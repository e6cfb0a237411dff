import type { SendResult } from '../channel.ts';
import { NoToken } from './credentials.ts';

/**
 * Codes with which nothing goes to this address any more until its people write again, or install the app again:
 * https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis
 * MessageWritesBlocked: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
 */
const GONE: Record<string, 'blocked' | 'unknown'> = {
  BotDisabledByAdmin: 'blocked',
  BotNotInConversationRoster: 'blocked',
  ConversationBlockedByUser: 'blocked',
  ForbiddenOperationException: 'blocked',
  MessageWritesBlocked: 'blocked',
  ConversationNotFound: 'unknown',
};

/** Statuses that the same page says not to come again with; 500, which it counts among them, may be a moment's trouble. */
const FINAL = [400, 403, 404, 405, 413];
/** After anything else it may have been said all the same. */
const REFUSED = ['412', '429', '503', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];
/** Somebody has to set something right first. */
const SETUP_MS = 60_000;
const BUSY_MS = 2_000;

/** What became of a send that the SDK threw at. Texts of ours and of the platform, never of the message. */
export function failed(error: unknown): SendResult {
  if (error instanceof NoToken)
    return { retryAfter: error.code ? SETUP_MS : BUSY_MS, reason: `token: ${error.message}` };
  const { statusCode, code, body, message, response } = (error ?? {}) as Thrown;
  const name = body?.error?.code ?? code;
  const reason = [statusCode, name, body?.error?.message ?? message].filter(Boolean).join(' ').slice(0, 300);
  const subCode = body?.error?.innerHttpError?.body?.subCode ?? body?.error?.subCode;
  const gone = GONE[subCode ?? ''] ?? GONE[name ?? ''];
  if (statusCode && FINAL.includes(statusCode)) return { permanent: reason, ...(gone && { address: gone }) };
  if (statusCode === 401) return { retryAfter: SETUP_MS, reason };
  const retryAfter = waitOf(response?.headers?.get('retry-after')) ?? 0;
  return { retryAfter, reason, ...(!REFUSED.includes(String(statusCode ?? name)) && { uncertain: true }) };
}

interface Thrown {
  statusCode?: number;
  code?: string;
  message?: string;
  body?: {
    error?: {
      code?: string;
      message?: string;
      subCode?: string;
      innerHttpError?: { body?: { subCode?: string } };
    };
  };
  response?: { headers?: { get(name: string): string | undefined } };
}

/** Seconds, as Teams writes them; a date isn't worth a clock. */
function waitOf(header: string | undefined | null): number | undefined {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds * 1000) : undefined;
}
