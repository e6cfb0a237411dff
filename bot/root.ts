import { fileURLToPath } from 'node:url';

/** The project's folder, seen from bot/root.ts as well as from dist/server.js: both lie one step below it. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));
