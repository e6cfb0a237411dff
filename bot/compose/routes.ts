import type { Route } from '../http/route.ts';
import type { Parts } from './parts.ts';

/**
 * The whole route table. A part's routes are a function of what they work with and do nothing until a request
 * comes: the API's description, the console's types and the permission test read the table without a database.
 */
export function allRoutes(_parts: Parts): Route[] {
  return [];
}
