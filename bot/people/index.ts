import type { IncomingMessage } from 'node:http';
import type { Database } from '../../prisma/client.ts';
import type { Clock } from '../clock.ts';
import type { Route } from '../http/route.ts';
import { type Audit, createAudit } from './audit.ts';
import { auditRoutes } from './audit-routes.ts';
import { sessionCookie } from './cookie.ts';
import { sessionRoutes } from './routes.ts';
import type { Sealing } from './sealing.ts';
import { createSessions, type SessionSettings, type SignedIn } from './sessions.ts';
import type { SignInParts } from './sign-in.ts';
import { createThrottle, type ThrottleSettings } from './throttle.ts';

export interface PeopleParts {
  db: Database;
  clock: Clock;
  sealing: Sealing;
  production: boolean;
  sessions?: SessionSettings;
  throttle?: ThrottleSettings;
  onSignedOut?: SignInParts['onSignedOut'];
}

export interface People {
  audit: Audit;
  /** Who sends this request; undefined for a visitor. Costs no query for a session seen in the last seconds. */
  authenticate(request: IncomingMessage): Promise<SignedIn | undefined>;
  routes: Route[];
}

/** Sign-in, sessions and the audit record, put together. */
export function createPeople(parts: PeopleParts): People {
  const { db, sealing, production } = parts;
  const audit = createAudit(parts);
  const sessions = createSessions(parts, parts.sessions);
  const throttle = createThrottle(parts, parts.throttle);
  return {
    audit,
    async authenticate(request) {
      const secret = sessionCookie(request.headers.cookie);
      return secret === undefined ? undefined : sessions.find(secret);
    },
    routes: [
      ...sessionRoutes({ db, sessions, throttle, audit, production, onSignedOut: parts.onSignedOut }),
      ...auditRoutes({ db, sealing, audit }),
    ],
  };
}
