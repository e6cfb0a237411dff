/**
 * Why a call came to nothing. `code` is the server's (`already_taken`, `version_changed` …) or `network` when no
 * answer came; `message` is the server's sentence in the person's language.
 */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 0, details: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** Anything else that was thrown is a fault of ours, and says so. */
export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError('fault', String(error));
}

interface Told {
  error?: { code?: unknown; message?: unknown; details?: unknown };
}

/** The error in an answer's body; an answer without one (a proxy's page) still gets a code. */
export function errorFrom(status: number, body: unknown): ApiError {
  const { code, message, details } = (body as Told | null)?.error ?? {};
  return new ApiError(
    typeof code === 'string' ? code : 'unavailable',
    typeof message === 'string' ? message : `HTTP ${status}`,
    status,
    typeof details === 'object' && details !== null ? (details as Record<string, unknown>) : {},
  );
}
