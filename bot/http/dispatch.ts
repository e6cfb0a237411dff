import { json, type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import type { Database, Unit } from '../../prisma/client.ts';
import type { Clock } from '../clock.ts';
import { AppError, isAppError } from '../errors.ts';
import type { Log } from '../log.ts';
import { allowed } from '../people/permissions.ts';
import { endWithSession } from './end-with-session.ts';
import { errorAnswer, wantedLocale } from './error-answer.ts';
import { type EventStream, openEventStream } from './event-stream.ts';
import { readInput } from './input.ts';
import { runOnce } from './once.ts';
import {
  type Context,
  OPEN_ACTIONS,
  type Reply,
  type Route,
  type RouteAction,
  type SignedIn,
} from './route.ts';

/** Base64 of a 10 MB file never comes this way: files are raw routes. */
const BODY_LIMIT = '256kb';
const readBody = json({ limit: BODY_LIMIT, type: () => true });

export interface DispatchParts {
  authenticate(request: Request): Promise<SignedIn | undefined>;
  transaction: Database['transaction'];
  clock: Clock;
  log: Log;
  /** Cookies are marked Secure. */
  https: boolean;
  /** Streams that are open, to be closed when the process stops. */
  streams: Set<EventStream>;
}

// biome-ignore lint/suspicious/noExplicitAny: the types were checked where the route was written
type AnyContext = Context<RouteAction, any, any, any>;

/** Who asks, whether they may, what they ask, and then the handler: the same for every route. */
export function dispatch(route: Route, parts: DispatchParts): RequestHandler {
  return async (request, response) => {
    const requestId = String(response.getHeader('x-request-id') ?? '');
    const locale = wantedLocale(request);
    const log = parts.log.child({ requestId, route: nameOf(route) });
    try {
      const session = route.action === 'public' ? undefined : await parts.authenticate(request);
      const scope = authorise(route, session, request);
      const input = await readInput(route, request, () => parseBody(request, response));
      const context = {
        ...{ person: session?.person, session, scope, ...input, now: parts.clock.now(), requestId },
        ...{ locale, log, ip: request.ip ?? '', reply: replyOf(response, parts.https) },
      } as AnyContext;
      await run(route, context, request, response, parts);
    } catch (error) {
      if (response.headersSent) {
        log.error({ err: error }, 'Request failed after its answer had begun');
        response.destroy();
        return;
      }
      if (isAppError(error, 'too_large')) response.set('connection', 'close');
      const { status, body } = errorAnswer(error, locale, log);
      const wait = body.error.details.retryAfterSeconds;
      if (typeof wait === 'number') response.set('retry-after', String(wait));
      response.status(status).json(body);
    }
  };
}

/** @throws AppError unauthenticated, forbidden, csrf_failed */
function authorise(route: Route, session: SignedIn | undefined, request: Request) {
  const unsafe = route.method !== 'GET';
  // Signing in has no token yet; a browser says by itself when another site sent the request.
  if (unsafe && request.get('sec-fetch-site') === 'cross-site') throw new AppError('csrf_failed');
  if (route.action === 'public') return 'own';
  const open = OPEN_ACTIONS.some((action) => action === route.action);
  if (!session && !open) throw new AppError('unauthenticated');
  const scope = allowed(session?.person.role ?? 'nobody', route.action);
  if (!scope) throw new AppError('forbidden');
  if (unsafe && session && !open && request.get('x-csrf-token') !== session.csrfToken)
    throw new AppError('csrf_failed');
  return scope;
}

async function run(
  route: Route,
  context: AnyContext,
  request: Request,
  response: Response,
  parts: DispatchParts,
): Promise<void> {
  if (route.kind === 'raw') return route.handler(context, request, response);
  if (route.kind === 'stream') {
    const stream = openEventStream(response, parts.streams);
    try {
      await route.handler(context, stream);
      stream.start();
      endWithSession(stream, context.session);
    } catch (error) {
      stream.close();
      throw error;
    }
    return;
  }
  const work = async (unit?: Unit) => {
    const own = unit ? { ...context, unit } : context;
    return answer(route.response, await route.handler(own as Parameters<typeof route.handler>[0]));
  };
  if (!route.once) {
    response.status(route.status ?? 200).json(await work());
    return;
  }
  const { person, clientId } = context;
  if (!person || !clientId) throw new AppError('invalid_input', undefined, { header: 'x-client-id' });
  const { params, query, body, now } = context;
  const write = { personId: person.id, clientId, route: nameOf(route), input: { params, query, body }, now };
  const { response: stored, repeated } = await runOnce(parts.transaction, write, work);
  if (repeated) response.set('x-repeated', 'true');
  response.status(route.status ?? 200).json(stored);
}

/** A handler's answer that its schema doesn't know is a fault of ours, not of the caller. */
function answer(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Error(`the answer does not fit its schema: ${parsed.error.message}`);
  return parsed.data;
}

function parseBody(request: Request, response: Response): Promise<unknown> {
  return new Promise((resolve, reject) => {
    readBody(request, response, (error?: unknown) => (error ? reject(error) : resolve(request.body)));
  });
}

function replyOf(response: Response, https: boolean): Reply {
  return {
    header: (name, value) => void response.set(name, value),
    cookie: (name, value, maxAgeMs) =>
      void response.cookie(name, value, {
        ...{ httpOnly: true, sameSite: 'strict', secure: https, path: '/' },
        ...(maxAgeMs === undefined ? {} : { maxAge: maxAgeMs }),
      }),
  };
}

export function nameOf(route: Pick<Route, 'method' | 'path'>): string {
  return `${route.method} ${route.path}`;
}
