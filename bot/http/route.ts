import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { Unit } from '../../prisma/client.ts';
import type { Locale } from '../i18n/index.ts';
import type { Log } from '../log.ts';
import type { Action, Role, Scope } from '../people/permissions.ts';
import type { EventStream } from './event-stream.ts';

/** Who is behind a request: what `authenticate` returns for a valid session. */
export interface SignedIn {
  person: { id: string; number: string; name: string; role: Role; teamId: string | null; locale: string };
  csrfToken: string;
  sessionId: string;
  /** Whether the session still lives, asked without keeping it alive: live streams end with their session. */
  alive?(): Promise<boolean>;
}
export type SignedInPerson = SignedIn['person'];

/** Actions that the permission table grants to nobody-in-particular: their handlers may meet a visitor. */
export const OPEN_ACTIONS = ['site.visit', 'session.open'] as const satisfies Action[];
type OpenAction = (typeof OPEN_ACTIONS)[number];

export type RouteAction = Action | 'public';
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Schema = z.ZodType;
type Out<S> = S extends Schema ? z.output<S> : undefined;

/** What a handler may do to the answer besides its body. */
export interface Reply {
  header(name: string, value: string): void;
  /** HttpOnly, SameSite=Strict, and Secure where the centre is reached by https; `maxAgeMs` 0 deletes it. */
  cookie(name: string, value: string, maxAgeMs?: number): void;
}

export interface Context<A extends RouteAction, P, Q, B> {
  /** undefined for a visitor: only on public routes and OPEN_ACTIONS. */
  person: A extends 'public' | OpenAction ? SignedInPerson | undefined : SignedInPerson;
  session: A extends 'public' | OpenAction ? SignedIn | undefined : SignedIn;
  /** How far the person may go with this route's action; the handler asks `may` again about the target. */
  scope: Scope;
  params: Out<P>;
  query: Out<Q>;
  body: Out<B>;
  /** Epoch milliseconds, the same during the whole request. */
  now: number;
  requestId: string;
  locale: Locale;
  log: Log;
  ip: string;
  /** x-client-id, unique per person and write. */
  clientId: string | undefined;
  reply: Reply;
}

interface Common<A extends RouteAction, P, Q, B> {
  method: Method;
  /** Express form: `/api/v1/tickets/:number`. */
  path: `/api/v1/${string}`;
  /** A row of the permission table, or `public`. */
  action: A;
  /** One line for the API's readers. */
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
}

export interface JsonSpec<A extends RouteAction, P, Q, B, R extends Schema, O extends boolean>
  extends Common<A, P, Q, B> {
  response: R;
  /** 200 unless said. */
  status?: 200 | 201 | 202;
  /**
   * A write that may be repeated with the same x-client-id: what `handler` does through `unit` and the
   * stored answer commit together, and a repeat gets the stored answer. The handler must write through `unit` only.
   */
  once?: O;
  handler(
    context: Context<A, P, Q, B> & (O extends true ? { unit: Unit; clientId: string } : unknown),
  ): Promise<z.input<R>> | z.input<R>;
}

export interface StreamSpec<A extends RouteAction, P, Q> extends Common<A, P, Q, undefined> {
  method: 'GET';
  /** What one event's data looks like. */
  event: Schema;
  /** Errors thrown before the first `send` become an ordinary error answer. Return while the stream goes on. */
  handler(context: Context<A, P, Q, undefined>, stream: EventStream): Promise<void> | void;
}

export interface RawSpec<A extends RouteAction, P, Q> extends Common<A, P, Q, undefined> {
  /** Media type of the request body, if there is one, and of the answer. */
  accepts?: string;
  returns: string;
  /** Reads the request and ends the response itself: files. */
  handler(
    context: Context<A, P, Q, undefined>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: a table holds routes of every shape; only route() makes them
type Anything = any;
export type JsonRoute = { kind: 'json' } & JsonSpec<Anything, Anything, Anything, Anything, Schema, boolean>;
export type StreamRoute = { kind: 'stream' } & StreamSpec<Anything, Anything, Anything>;
export type RawRoute = { kind: 'raw' } & RawSpec<Anything, Anything, Anything>;
/** A row of the route table. */
export type Route = JsonRoute | StreamRoute | RawRoute;

/**
 * One row of the route table: JSON in, JSON out. All schemas are strict objects, so that an unknown field is
 * an error; the answer is parsed too, so that nothing leaves that the API's description doesn't name.
 */
export function route<
  const A extends RouteAction,
  R extends Schema,
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
  const O extends boolean = false,
>(spec: JsonSpec<A, P, Q, B, R, O>): JsonRoute {
  return { kind: 'json', ...spec } as JsonRoute;
}

/** A row that answers with server-sent events. */
export function streamRoute<
  const A extends RouteAction,
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
>(spec: StreamSpec<A, P, Q>): StreamRoute {
  return { kind: 'stream', ...spec } as StreamRoute;
}

/** A row whose body or answer is not JSON. */
export function rawRoute<
  const A extends RouteAction,
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
>(spec: RawSpec<A, P, Q>): RawRoute {
  return { kind: 'raw', ...spec } as RawRoute;
}
