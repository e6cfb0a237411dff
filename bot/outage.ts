import { AppError, isAppError } from './errors.ts';
import type { Log } from './log.ts';

/**
 * What says that the database can't be reached just now: SQLSTATE class 08 and 57P01–57P03 (it goes or comes), 53300
 * (too many connections), Node's socket errors, Prisma's P1001, P1002, P1008, P1017, P2024.
 */
const CODE =
  /^(?:08\w{3}|57P0[123]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|P1001|P1002|P1008|P1017|P2024)$/;
/** node-postgres has no codes for these. */
const WORDS =
  /^Connection terminated|^Client has encountered a connection error|timeout exceeded when trying to connect/;
/** What Prisma's driver adapter calls them. */
const KIND = /^(?:DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections)$/;

const RETRY_SECONDS = 2;

/** True for an error that only means that the database is away: trying again later helps. */
export function isOutage(error: unknown): boolean {
  if (isAppError(error, 'unavailable')) return true;
  if (!(error instanceof Error)) return false;
  const { code, message, name, cause } = error as Error & { code?: unknown };
  if (typeof code === 'string' && CODE.test(code)) return true;
  if (WORDS.test(message)) return true;
  // Anybody else's cause may be another peer's closed socket.
  if (!/^(?:Prisma|DriverAdapter)/.test(name)) return false;
  const { kind, originalCode } = (cause ?? {}) as { kind?: unknown; originalCode?: unknown };
  return KIND.test(String(kind)) || CODE.test(String(originalCode)) || isOutage(cause);
}

/** `unavailable` for an error that means that the database is away, with when to try again; else undefined. */
export function outageOf(error: unknown): AppError | undefined {
  if (!isOutage(error)) return undefined;
  if (isAppError(error)) return error;
  return new AppError(
    'unavailable',
    'the database is away',
    { retryAfterSeconds: RETRY_SECONDS },
    { cause: error },
  );
}

/** So long without one, and the next failure is another outage. */
const QUIET_MS = 30_000;

/**
 * A log that says once that the database is away, without a stack, however many requests, loops and connections
 * stumble over it.
 */
export function onceAway(log: Log, last = { at: Number.NEGATIVE_INFINITY }): Log {
  const calm = (level: 'warn' | 'error') => (fields: object, text: string) => {
    const { err } = fields as { err?: unknown };
    if (!isOutage(err)) return log[level](fields, text);
    const now = performance.now();
    const isNew = now - last.at > QUIET_MS;
    last.at = now;
    const first = isAppError(err) && err.cause instanceof Error ? err.cause : (err as Error);
    const { code } = first as { code?: unknown };
    if (isNew) log.warn({ reason: first.message, code }, 'The database is away; callers shall try again');
  };
  return {
    debug: (fields, text) => log.debug(fields, text),
    info: (fields, text) => log.info(fields, text),
    warn: calm('warn'),
    error: calm('error'),
    child: (fields) => onceAway(log.child(fields), last),
  };
}
