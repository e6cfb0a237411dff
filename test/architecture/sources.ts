import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TOPS = ['bot', 'channels', 'knowledge', 'prisma', 'test'];
const SOURCE = /\.(ts|tsx|mts|cts|js|mjs|cjs|jsx)$/;

/** A file as the checker sees it: real, or planted by a test. */
export interface Source {
  /** From the project's root, with slashes. */
  path: string;
  text: string;
}

/** Every source file of the project, written by hand or generated; prisma/generated is made at install. */
export function readSources(): Source[] {
  return TOPS.flatMap((top) => walk(top)).map((path) => ({
    path,
    text: readFileSync(join(ROOT, path), 'utf8'),
  }));
}

function walk(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (path === 'prisma/generated') return [];
    if (entry.isDirectory()) return walk(path);
    return SOURCE.test(entry.name) ? [path] : [];
  });
}

/** The same list from another witness; undefined where the project is no git checkout. */
export function listedByGit(): string[] | undefined {
  const args = ['-c', 'safe.directory=*', 'ls-files', '-z', '-co', '--exclude-standard', '--', ...TOPS];
  try {
    const listed = execFileSync('git', args, {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return listed.split('\0').filter((path) => SOURCE.test(path));
  } catch {
    return undefined;
  }
}
