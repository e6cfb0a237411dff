import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { AppError, type ErrorCode, isAppError } from '../errors.ts';
import { type Locale, localeOf, say } from '../i18n/index.ts';
import type { Log } from '../log.ts';
import { outageOf } from '../outage.ts';
import { problemOf, withWords } from './problems.ts';

export interface ErrorAnswer {
  status: number;
  body: { error: { code: ErrorCode; message: string; details: Record<string, unknown> } };
}

/**
 * What the caller is told. Our own errors say their code's sentence in the caller's language; anything else is
 * `internal`, or `unavailable` while the database is away, and its message stays in the log.
 */
export function errorAnswer(error: unknown, locale: Locale, log: Log): ErrorAnswer {
  const known = isAppError(error)
    ? error
    : (fromParser(error) ?? outageOf(error) ?? new AppError('internal'));
  if (known.status >= 500) log.error({ err: error }, 'Request failed');
  else log.debug({ code: known.code, details: known.details }, 'Request refused');
  const message = say(locale, `errors.${known.code}`);
  return {
    status: known.status,
    body: { error: { code: known.code, message, details: withWords(known.details, locale) } },
  };
}

/** Errors of express and its body parser carry a `type` or `status`; translated here, once. */
function fromParser(error: unknown): AppError | undefined {
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  if (type === 'entity.too.large') return new AppError('too_large');
  if (type === 'entity.parse.failed') return new AppError('malformed_json');
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return new AppError('unsupported_type');
  if (status === 413) return new AppError('too_large');
  return typeof status === 'number' && status >= 400 && status < 500
    ? new AppError('invalid_input')
    : undefined;
}

/** The fields that are wrong, by path, each with what is wrong with it; never their values. */
export function invalid(where: 'params' | 'query' | 'body', issues: z.core.$ZodIssue[]): AppError {
  const unknown = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key].join('.')) : [],
  );
  if (unknown.length > 0) return new AppError('unknown_field', undefined, { where, fields: unknown });
  return new AppError('invalid_input', undefined, { where, fields: issues.map(problemOf) });
}

/** The language of the answer: the caller's wish, Chinese by default. */
export function wantedLocale(request: IncomingMessage): Locale {
  return localeOf(request.headers['accept-language']?.split(',')[0]?.trim());
}
