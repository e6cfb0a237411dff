import { closeSync, existsSync, fsyncSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/*
 * A new cluster is 1,000 files; initdb writes all of them to disk before the server may start, which on a busy
 * disk takes seconds. Instead they are written out while the server starts, is migrated and filled, and the
 * product is ready only afterwards. (The server's own writing, fsync and synchronous_commit, is untouched.)
 *
 * A power cut in between can leave files of initdb empty under a write-ahead log that is whole, which no
 * recovery repairs. So the cluster carries a mark, made before it gets its name and removed, durably, before
 * anybody is served. A marked cluster of this boot is good, since the system still has every byte: a killed
 * process's successor finishes the work. One of an earlier boot may be torn and held nothing that anybody was
 * promised: it is put aside and made anew.
 */

const markOf = (folder: string) => path.join(folder, 'yingda.unsynced');

/** Names the time since the machine started; undefined where the system has no such name. */
export function bootId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

export function markUnsynced(folder: string, boot: string): void {
  writeFileSync(markOf(folder), boot, { flush: true });
  syncFolder(folder);
}

export const isUnsynced = (folder: string) => existsSync(markOf(folder));

/** True when the machine went down before this cluster was on disk. */
export function mayBeTorn(folder: string): boolean {
  try {
    return readFileSync(markOf(folder), 'utf8') !== bootId();
  } catch {
    return false;
  }
}

export function unmark(folder: string): void {
  rmSync(markOf(folder), { force: true });
  // Were the mark to come back after a power cut, a database in use would be put aside.
  syncFolder(folder);
}

export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
