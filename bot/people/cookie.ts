/** The name of the session's cookie. */
export const SESSION_COOKIE = 'yd_session';

/** The session cookie's value in a `Cookie` header, if there is one. */
export function sessionCookie(header: string | undefined): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === SESSION_COOKIE) return part.slice(equals + 1).trim();
  }
  return undefined;
}
