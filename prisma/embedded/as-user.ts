import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseError, type DatabaseLog } from '../errors.ts';
import type { Binaries } from './binaries.ts';
import { programsFor } from './programs.ts';

const STATE = '/var/lib/yingda';

export interface SystemUser {
  uid: number;
  gid: number;
}

/** Which programs run on which folder as whom; `runAs` is absent when we are an ordinary user ourselves. */
export interface Lodging {
  native: string;
  cluster: string;
  runAs?: SystemUser;
}

/**
 * Decides where the cluster lives. An ordinary user keeps it in DATA_DIR. PostgreSQL refuses root, so root
 * runs it as `yingda` or `nobody`, and where that user can't reach the folder or the programs, they move to
 * /var/lib/yingda/<hash of DATA_DIR>. A cluster that exists stays where it is: after a chmod a new, empty
 * one elsewhere would look like lost data.
 * @throws DatabaseError NO_SYSTEM_USER, NOT_OWNER, DATA_DIR_UNREACHABLE
 */
export function lodge(dataDir: string, binaries: Binaries, log: DatabaseLog): Lodging {
  const inside = path.join(dataDir, 'postgres');
  const uid = process.getuid?.();
  if (uid !== 0) {
    if (uid !== undefined && existsSync(inside)) assertOwner(inside, uid);
    return { native: binaries.native, cluster: inside };
  }
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  const state = path.join(STATE, hash);
  const cluster = [path.join(state, 'postgres'), inside].find((folder) => existsSync(folder));
  if (cluster) return { cluster, ...forOwner(cluster, state, binaries, log) };
  const runAs = systemUser();
  if (reachable(dataDir, runAs))
    return { cluster: inside, runAs, native: programs(state, binaries, runAs, log) };
  mkdirSync(state, { recursive: true, mode: 0o755 });
  log.warn(
    { dataDir, state },
    `PostgreSQL can't run as root and its user can't reach DATA_DIR: data are in ${state}`,
  );
  return { cluster: path.join(state, 'postgres'), runAs, native: programs(state, binaries, runAs, log) };
}

function forOwner(cluster: string, state: string, binaries: Binaries, log: DatabaseLog) {
  const { uid, gid } = statSync(cluster);
  if (uid === 0) {
    throw new DatabaseError(
      'NOT_OWNER',
      `${cluster} belongs to root, as whom PostgreSQL won't run: chown -R it.`,
    );
  }
  const runAs = { uid, gid };
  if (!reachable(path.dirname(cluster), runAs)) {
    throw new DatabaseError(
      'DATA_DIR_UNREACHABLE',
      `The user with id ${uid}, as whom the database runs, can't reach ${cluster}: allow passage (chmod o+x) again.`,
    );
  }
  return { runAs, native: programs(state, binaries, runAs, log) };
}

function assertOwner(cluster: string, uid: number): void {
  const owner = statSync(cluster).uid;
  if (owner === uid) return;
  throw new DatabaseError(
    'NOT_OWNER',
    `${cluster} belongs to user id ${owner}, not to you (${uid}): start as that user or as root, or chown -R it.`,
  );
}

/** `id` instead of /etc/passwd: it also knows directory services. */
function systemUser(): SystemUser {
  for (const name of ['yingda', 'nobody']) {
    try {
      const ask = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: ask('-u'), gid: ask('-g') };
    } catch {}
  }
  throw new DatabaseError(
    'NO_SYSTEM_USER',
    'PostgreSQL refuses to run as root and there is neither a user "yingda" nor "nobody": create one, or start as an ordinary user.',
  );
}

/** Reads the permission bits of the folder and everything above it; extra rights by ACL are not seen, which is safe. */
export function reachable(target: string, user: SystemUser): boolean {
  const { mode, uid, gid } = statSync(target);
  const bits = uid === user.uid ? mode >> 6 : gid === user.gid ? mode >> 3 : mode;
  const parent = path.dirname(target);
  return (bits & 1) === 1 && (parent === target || reachable(parent, user));
}

function programs(state: string, binaries: Binaries, user: SystemUser, log: DatabaseLog): string {
  if (reachable(path.join(binaries.native, 'bin', 'postgres'), user)) return binaries.native;
  return programsFor(state, binaries, log);
}
