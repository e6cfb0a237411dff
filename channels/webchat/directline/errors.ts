import { en, hostEn } from './i18n/en.ts';
import { hostZhCN, zhCN } from './i18n/zh-CN.ts';

/**
 * The closed list of this wire's errors with their statuses. Microsoft's client reads only the status:
 * 403 = the token is spent, 404 = the conversation has ended, other 4xx = give up, 5xx = try again.
 */
export const REFUSALS = {
  MissingToken: 401,
  TokenInvalid: 403,
  TokenExpired: 403,
  ResumeKeyInvalid: 403,
  UserTokenInvalid: 403,
  OriginNotAllowed: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  MalformedData: 400,
  BadArgument: 400,
  MissingProperty: 400,
  EmptyMessage: 400,
  MessageTooLong: 413,
  BodyTooLarge: 413,
  AttachmentsNotSupported: 415,
  FileTooLarge: 413,
  FileTypeNotSupported: 415,
  FileMissing: 400,
  TooManyFiles: 413,
  NotSupported: 400,
  NotGranted: 409,
  TooManyRequests: 429,
  ServiceError: 500,
  ServiceUnavailable: 503,
} as const satisfies Record<keyof typeof en, number>;

export type RefusalCode = keyof typeof REFUSALS;

/** A request that we don't grant. `retryAfter` in seconds. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly status: number;
  readonly field: string | undefined;
  readonly retryAfter: number | undefined;

  /** @param field the offending field's path, told to the caller */
  constructor(code: RefusalCode, field?: string, retryAfter?: number) {
    super(code);
    this.code = code;
    this.status = REFUSALS[code];
    this.field = field;
    this.retryAfter = retryAfter;
  }
}

/** The host's refusals of files, for which the customer needs a sentence. */
const FILE_ERRORS: Record<string, RefusalCode> = {
  too_large: 'FileTooLarge',
  unsupported_type: 'FileTypeNotSupported',
};

export interface WireFailure {
  status: number;
  body: { error: { code: string; message: string } };
  retryAfter?: number;
  /** True when nobody foresaw it: worth a line in the log. */
  unforeseen: boolean;
}

/**
 * Microsoft's error shape of anything thrown. The host's coded errors (`code`, `status`) keep their status and say our sentence;
 * of anything else nothing but "something went wrong" leaves the house.
 */
export function toFailure(error: unknown, acceptLanguage: string | undefined): WireFailure {
  const chinese = acceptLanguage?.trim().toLowerCase().startsWith('zh');
  const sentences = chinese ? zhCN : en;
  if (error instanceof Refusal) {
    const message = sentences[error.code] + (error.field ? ` (${error.field})` : '');
    const failure: WireFailure = failed(error.status, error.code, message);
    return error.retryAfter === undefined ? failure : { ...failure, retryAfter: error.retryAfter };
  }
  const { code, status } = coded(error);
  const named = code && FILE_ERRORS[code];
  if (named) return failed(status, named, sentences[named]);
  if (code && status < 500) {
    const host: Record<string, string> = chinese ? hostZhCN : hostEn;
    return failed(status, pascal(code), host[code] ?? sentences.NotGranted);
  }
  const ours = status === 503 ? 'ServiceUnavailable' : 'ServiceError';
  const failure = { ...failed(REFUSALS[ours], ours, sentences[ours]), unforeseen: true };
  return status === 503 ? { ...failure, retryAfter: retryAfterOf(error) } : failure;
}

function failed(status: number, code: string, message: string): WireFailure {
  return { status, body: { error: { code, message } }, unforeseen: false };
}

const RETRY_SECONDS = 2;

/** What the host said in `details.retryAfterSeconds`. */
function retryAfterOf(error: unknown): number {
  const { details } = (error ?? {}) as { details?: { retryAfterSeconds?: unknown } };
  return typeof details?.retryAfterSeconds === 'number' ? details.retryAfterSeconds : RETRY_SECONDS;
}

function coded(error: unknown): { code?: string; status: number } {
  const it = (error ?? {}) as { code?: unknown; status?: unknown };
  if (typeof it.code !== 'string' || typeof it.status !== 'number') return { status: 500 };
  const status = it.status >= 400 && it.status <= 599 ? it.status : 500;
  return { code: it.code, status };
}

/** `already_decided` → `AlreadyDecided`, as the rest of this wire's codes are written. */
function pascal(code: string): string {
  return code.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
