/** A reason not to start, in one sentence for whoever started it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** One sentence for standard error, whatever went wrong at start. */
export function sentenceOf(error: unknown, port: number | undefined): string {
  const { code, message, address, ...rest } = flat(error);
  if (code === 'EADDRINUSE')
    return `Port ${port ?? rest.port} is in use: stop the other program or set PORT.`;
  if (code === 'EACCES' && rest.syscall === 'listen')
    return `Port ${port} needs more rights: set another PORT.`;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'ETIMEDOUT')
    return `No PostgreSQL server answers at ${address ?? rest.hostname ?? 'that address'}${rest.port ? `:${rest.port}` : ''}: check DATABASE_URL.`;
  if (code === '28P01' || code === '28000')
    return `The database refused the user or password of DATABASE_URL: ${message}.`;
  if (code === '3D000') return `The database of DATABASE_URL does not exist: ${message}.`;
  return message || 'It could not start, and the reason is unknown: set LOG_LEVEL=debug for more.';
}

interface Facts {
  code?: string;
  message: string;
  address?: string;
  hostname?: string;
  port?: number;
  syscall?: string;
}

/** A connection that is tried over several addresses fails with an AggregateError without a message. */
function flat(error: unknown): Facts {
  if (error instanceof AggregateError && error.errors.length > 0) return flat(error.errors[0]);
  return error instanceof Error ? (error as Facts) : { message: String(error) };
}
