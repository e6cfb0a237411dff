import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseError, type DatabaseLog } from '../errors.ts';
import { type Lodging, lodge } from './as-user.ts';
import { findBinaries } from './binaries.ts';
import { exists } from './process.ts';
import {
  type ClusterRecord,
  createRecord,
  identifierOnDisk,
  readRecord,
  USER,
  updateRecord,
} from './record.ts';
import { runInitdb } from './tool.ts';
import { bootId, markUnsynced, mayBeTorn, syncFolder } from './unsynced.ts';

/** Server settings as PostgreSQL names them; tests switch `fsync` off, nobody else may. */
export type ServerSettings = Record<string, string>;

export interface Cluster extends Lodging {
  dataDir: string;
  record: ClusterRecord;
  settings: ServerSettings;
  log: DatabaseLog;
}

/**
 * Finds or makes the cluster of a data folder.
 * @throws DatabaseError CLUSTER_UNKNOWN, CLUSTER_MISSING, FOREIGN_SERVER and those of lodge() and findBinaries()
 */
export async function openCluster(
  dataDir: string,
  settings: ServerSettings,
  log: DatabaseLog,
): Promise<Cluster> {
  // Root's folder must let the system user pass; the secrets in it are 0600.
  mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const folder = realpathSync(dataDir);
  const lodging = lodge(folder, findBinaries(), log);
  // First the cluster, then the record: the record is always written earlier, so a race can't look like a loss.
  const found = existsSync(lodging.cluster);
  const known = readRecord(folder);
  if (found && !known) setAside(folder, lodging.cluster, log);
  else if (found && mayBeTorn(lodging.cluster)) putAway(folder, lodging.cluster, log);
  const record = readRecord(folder) ?? createRecord(folder);
  const cluster: Cluster = { ...lodging, dataDir: folder, record, settings, log };
  if (!existsSync(lodging.cluster)) await initialise(cluster);
  cluster.record = identify(cluster);
  return cluster;
}

/** DATA_DIR was emptied to begin anew, but its cluster stood in /var/lib: kept, out of the way. */
function setAside(dataDir: string, cluster: string, log: DatabaseLog): void {
  if (path.dirname(cluster) === dataDir || existsSync(path.join(cluster, 'postmaster.pid'))) {
    throw new DatabaseError(
      'CLUSTER_UNKNOWN',
      `${cluster} holds a database, but ${path.join(dataDir, 'cluster.json')} that belongs to it is gone: restore that file, ` +
        'or move the database away to begin anew.',
    );
  }
  const kept = `${cluster}-of-${identifierOnDisk(cluster)}`;
  renameSync(cluster, kept);
  log.warn({ kept }, `The data folder is new, but an older database of it was found; it is kept in ${kept}`);
}

/** Nobody was served from it yet, see durable.ts; kept all the same, since it costs only room. */
function putAway(dataDir: string, cluster: string, log: DatabaseLog): void {
  const kept = `${cluster}-torn-${process.pid}`;
  rmSync(kept, { recursive: true, force: true });
  updateRecord(dataDir, { identifier: undefined });
  renameSync(cluster, kept);
  log.warn(
    { kept },
    `The machine went down while the database was being made: it is made anew, the first one is kept in ${kept}`,
  );
}

async function initialise(cluster: Cluster): Promise<void> {
  if (cluster.record.identifier) {
    throw new DatabaseError(
      'CLUSTER_MISSING',
      `The database folder ${cluster.cluster} is gone (not mounted?). To begin anew, remove ${cluster.dataDir}.`,
    );
  }
  const parent = path.dirname(cluster.cluster);
  sweepDrafts(parent);
  const draft = path.join(parent, `init-${process.pid}`);
  mkdirSync(draft, { mode: 0o700 });
  if (cluster.runAs) chownSync(draft, cluster.runAs.uid, cluster.runAs.gid);
  try {
    const boot = cluster.settings.fsync === 'off' ? undefined : bootId();
    await initdb(cluster, draft, boot !== undefined);
    if (boot) markUnsynced(draft, boot);
    renameSync(draft, cluster.cluster);
    syncFolder(parent);
  } catch (error) {
    // Renaming fails on a cluster that a second start made at the same moment: then that one counts.
    if (!existsSync(cluster.cluster)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function initdb(cluster: Cluster, folder: string, syncLater: boolean): Promise<void> {
  const password = path.join(folder, '..', `init-${process.pid}.password`);
  writeFileSync(password, cluster.record.password, { mode: 0o600 });
  if (cluster.runAs) chownSync(password, cluster.runAs.uid, cluster.runAs.gid);
  // Only Linux is sure to have C.UTF-8 in its C library; the builtin provider has it everywhere.
  const locale =
    process.platform === 'linux' ? ['--locale=C.UTF-8'] : ['--locale=C', '--builtin-locale=C.UTF-8'];
  const sync = syncLater || cluster.settings.fsync === 'off' ? ['--no-sync'] : [];
  const flags = ['--encoding=UTF8', '--locale-provider=builtin', ...locale, ...sync];
  const args = ['-D', folder, '-U', USER, '--auth=scram-sha-256', `--pwfile=${password}`, ...flags];
  try {
    await runInitdb(cluster, args);
  } catch (error) {
    throw new DatabaseError('START_FAILED', `The database could not be made: ${(error as Error).message}`);
  } finally {
    rmSync(password, { force: true });
  }
}

/** Notes whose cluster this is, or refuses one that was put in its place. */
function identify({ dataDir, cluster, record }: Cluster): ClusterRecord {
  const identifier = identifierOnDisk(cluster);
  if (!record.identifier) return updateRecord(dataDir, { identifier });
  if (record.identifier === identifier) return record;
  throw new DatabaseError(
    'FOREIGN_SERVER',
    `${cluster} is another database (${identifier}) than the one that cluster.json in ${dataDir} knows (${record.identifier}).`,
  );
}

function sweepDrafts(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = Number(/^init-(\d+)(\.password)?$/.exec(name)?.[1]);
    if (pid && (pid === process.pid || !exists(pid)))
      rmSync(path.join(parent, name), { recursive: true, force: true });
  }
}
