/**
 * The closed list of coded errors, each with its HTTP status. A new code is one line here; its sentence
 * for people stands in `i18n/<locale>/errors.ts` once that area exists.
 */
export const ERRORS = {
  invalid_input: 400,
  malformed_json: 400,
  unknown_field: 400,
  empty_message: 400,
  unauthenticated: 401,
  bad_credentials: 401,
  forbidden: 403,
  csrf_failed: 403,
  origin_not_allowed: 403,
  not_current_approver: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  already_taken: 409,
  not_waiting: 409,
  not_owner: 409,
  already_decided: 409,
  version_changed: 409,
  gone: 410,
  too_large: 413,
  unsupported_type: 415,
  not_allowed_now: 422,
  rule_refused: 422,
  notices_unread: 422,
  policy_invalid: 422,
  too_many_attempts: 429,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof ERRORS;

/** Facts about an error that may be shown to the caller; never texts or numbers of customers. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * An error that we decided on. On the wire it becomes `{"error":{"code","message","details"}}` with
 * `status`; anything that is not an AppError is shown as `internal` without its message.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: ErrorDetails;

  /** @param message plain English for logs and API clients; people's sentences come from i18n by `code` */
  constructor(code: ErrorCode, message?: string, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(message ?? code.replaceAll('_', ' '), options);
    this.code = code;
    this.status = ERRORS[code];
    this.details = details;
  }
}

/** True for an AppError, optionally for one with this code. */
export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}
