import type { Parts, Product } from './parts.ts';
import { allRoutes } from './routes.ts';

/**
 * Puts the product together: knowledge, pipeline, channels. The one place, with routes.ts and seed.ts, where
 * a new part is plugged in.
 */
export async function composeProduct(parts: Parts): Promise<Product> {
  return {
    routes: allRoutes(parts),
    authenticate: async () => undefined,
    mounts: [],
    upgrades: [],
    workers: [],
    checks: [],
    close: async () => {},
  };
}
