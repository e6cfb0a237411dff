import type { Route } from '../http/route.ts';
import { createPeople, type People } from '../people/index.ts';
import { createSealing } from '../people/sealing.ts';

/** What the routes work with; they do nothing until a request comes. */
export interface RouteSources {
  people: People;
}

/** The whole route table: a part's routes are plugged in here. */
export function allRoutes({ people }: RouteSources): Route[] {
  return [...people.routes];
}

/** The table without anything behind it, for its readers: the console's types, the test that walks it. */
export function routeTable(): Route[] {
  const sealing = createSealing(Buffer.alloc(32));
  return allRoutes({ people: createPeople({ db: nothing(), clock: nothing(), sealing, production: true }) });
}

/** Stands where a part of the running product would; whoever calls it finds that it isn't there. */
function nothing<T extends object>(): T {
  const call = () => {
    throw new Error('this route table has no product behind it');
  };
  return new Proxy(call, { get: () => nothing() }) as unknown as T;
}
