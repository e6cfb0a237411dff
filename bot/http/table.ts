import type { z } from 'zod';
import { allowed, permissions } from '../people/permissions.ts';
import { nameOf } from './dispatch.ts';
import { OPEN_ACTIONS, type Route, type RouteAction } from './route.ts';

/**
 * Refuses a table that would serve something unguarded: a route without a row in the permission table, two
 * routes on one address, an input that lets unknown fields through.
 * @throws Error naming the route: a fault in our code, found at start
 */
export function checkTable(routes: readonly Route[]): void {
  const seen = new Set<string>();
  for (const route of routes) {
    const name = nameOf(route);
    if (seen.has(name)) throw new Error(`two routes for ${name}`);
    seen.add(name);
    checkAction(route, name);
    for (const part of ['params', 'query', 'body'] as const) {
      const schema: z.ZodType | undefined = route[part];
      if (schema && !isStrict(schema)) throw new Error(`${name}: ${part} must be a strict object`);
    }
    const named = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]);
    if (named.length > 0 && !route.params) throw new Error(`${name}: its params have no schema`);
    if (route.kind === 'json' && route.once && (route.method === 'GET' || route.action === 'public'))
      throw new Error(`${name}: only a signed-in person's write can be once`);
  }
}

function checkAction(route: Route, name: string): void {
  const action: RouteAction = route.action;
  if (action === 'public') return;
  if (typeof action !== 'string' || !Object.hasOwn(permissions, action))
    throw new Error(`${name} has no row in the permission table (action ${String(action)})`);
  // Handlers' types rely on it: only these may meet a visitor.
  const open = OPEN_ACTIONS.some((each) => each === action);
  if (open !== (allowed('nobody', action) !== undefined))
    throw new Error(`${name}: ${action} is granted to nobody, but is not among OPEN_ACTIONS, or the reverse`);
}

/** Strict at the top; a test follows the API's description down to the last object. */
function isStrict(schema: z.ZodType): boolean {
  const def = schema._zod.def as { type: string; catchall?: z.ZodType; options?: z.ZodType[] };
  if (def.type === 'union') return (def.options ?? []).every(isStrict);
  return def.type === 'object' && def.catchall?._zod.def.type === 'never';
}
