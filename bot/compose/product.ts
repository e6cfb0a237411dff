import { createPeople } from '../people/index.ts';
import type { Parts, Product } from './parts.ts';
import { allRoutes } from './routes.ts';

/**
 * Puts the product together: people, knowledge, pipeline, channels. The one place, with routes.ts and seed.ts,
 * where a new part is plugged in.
 */
export async function composeProduct(parts: Parts): Promise<Product> {
  const people = createPeople({ ...parts, production: parts.config.production });
  return {
    routes: allRoutes({ people }),
    authenticate: people.authenticate,
    mounts: [],
    upgrades: [],
    workers: [],
    checks: [],
    close: async () => {},
  };
}
