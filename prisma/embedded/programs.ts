import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import type { DatabaseLog } from '../errors.ts';
import type { Binaries } from './binaries.ts';

/** Headers and static libraries are for building against PostgreSQL, not for running it. */
const NEEDLESS = /^(include|pkgconfig)$|\.a$/;

/**
 * PostgreSQL's programs under `state`, for a user who can't reach them in node_modules. They are hard links
 * where both folders share a file system: 60 MB of fresh copies would be written to disk by the first fsync
 * of the cluster that is made next, which cost a first start up to 4 s, and a power cut could leave them torn.
 * @returns the folder that holds bin, lib and share
 */
export function programsFor(state: string, { native, version }: Binaries, log: DatabaseLog): string {
  const home = path.join(state, `native-${version}`);
  if (existsSync(home)) return home;
  log.warn(
    { home },
    `PostgreSQL's user can't reach its programs in node_modules: they also stand in ${home}`,
  );
  const draft = path.join(state, `native-draft-${process.pid}`);
  mkdirSync(state, { recursive: true, mode: 0o755 });
  rmSync(draft, { recursive: true, force: true });
  openFolder(native, draft);
  try {
    renameSync(draft, home);
  } catch (error) {
    // A second start at the same moment was quicker.
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  }
  return home;
}

function openFolder(from: string, to: string): void {
  mkdirSync(to);
  // The umask may have taken the others' rights away.
  chmodSync(to, 0o755);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (NEEDLESS.test(entry.name)) continue;
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) openFolder(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else openFile(source, target);
  }
}

/** A link shares its rights with the original, which aren't ours to widen: such a file is copied. */
function openFile(from: string, to: string): void {
  const { mode } = statSync(from);
  const open = mode | 0o444 | (mode & 0o100 ? 0o111 : 0);
  if (mode === open && linked(from, to)) return;
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
  chmodSync(to, open & 0o7777);
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch {
    // Another file system, or one without links.
    return false;
  }
}
