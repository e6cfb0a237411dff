import { DatabaseError } from '../errors.ts';
import type { Cluster } from './cluster.ts';
import { runInitdb } from './tool.ts';
import { isUnsynced, unmark } from './unsynced.ts';

/**
 * Resolves when the cluster is on disk and no longer marked; before, nobody may be served from it.
 * @throws DatabaseError START_FAILED
 */
export async function makeDurable(cluster: Cluster): Promise<void> {
  if (!isUnsynced(cluster.cluster)) return;
  const began = performance.now();
  try {
    await runInitdb(cluster, ['--sync-only', '-D', cluster.cluster]);
  } catch (error) {
    const { message } = error as Error;
    throw new DatabaseError('START_FAILED', `The new database could not be written to disk: ${message}`);
  }
  unmark(cluster.cluster);
  const ms = Math.round(performance.now() - began);
  cluster.log.info({ ms }, 'The new database is on disk');
}
