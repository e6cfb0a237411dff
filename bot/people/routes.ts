import { z } from 'zod';
import { AppError } from '../errors.ts';
import { type Route, route } from '../http/route.ts';
import { SESSION_COOKIE } from './cookie.ts';
import { personById } from './directory.ts';
import { PASSWORD_MAX } from './password.ts';
import { permissionsOf, ROLES } from './permissions.ts';
import type { Person } from './person.ts';
import { type SignInParts, signIn, signOut } from './sign-in.ts';

const person = z.strictObject({
  id: z.uuid(),
  number: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  teamId: z.uuid().nullable(),
  teamName: z.string().nullable(),
  jobType: z.string(),
  grade: z.int(),
  locale: z.string(),
});

const session = z.strictObject({
  person,
  csrfToken: z.string(),
  /** The centre's time, epoch ms: a browser's own clock may be wrong. */
  now: z.number(),
  /** What the console may offer this person: action → how far. The server asks again at each request. */
  permissions: z.record(z.string(), z.enum(['own', 'team', 'centre'])),
});

const credentials = z.strictObject({
  number: z.string().trim().min(1).max(20),
  password: z.string().min(1).max(PASSWORD_MAX),
});

/** Signing in, who am I, signing out. */
export function sessionRoutes(parts: SignInParts): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/session',
      action: 'session.open',
      summary: 'Sign in with number and password; sets the session cookie',
      body: credentials,
      response: session,
      async handler({ body, ip, session: before, reply, now }) {
        const { secret, csrfToken, person } = await signIn(parts, { ...body, ip });
        // One browser, one session: the one it had would otherwise live on unseen.
        if (before) await signOut(parts, before.person.id, before.sessionId);
        reply.cookie(SESSION_COOKIE, secret);
        return { ...viewOf(person), csrfToken, now };
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/session',
      action: 'session.read',
      summary: 'Who is signed in with this browser, and what they may do',
      response: session,
      async handler({ person: { id }, session: { csrfToken }, now }) {
        const known = await personById(parts.db.sql, id);
        if (!known) throw new AppError('unauthenticated');
        return { ...viewOf(known), csrfToken, now };
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/session',
      action: 'session.close',
      summary: 'Sign out',
      response: z.strictObject({}),
      async handler({ person: { id }, session: { sessionId }, reply }) {
        await signOut(parts, id, sessionId);
        reply.cookie(SESSION_COOKIE, '', 0);
        return {};
      },
    }),
  ];
}

const viewOf = (who: Person) => ({ person: who, permissions: permissionsOf(who.role) });
