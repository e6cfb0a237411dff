import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseLog } from '../errors.ts';
import { bringUp, ensureDatabase, guard, type Running } from './bring-up.ts';
import { type Cluster, openCluster, type ServerSettings } from './cluster.ts';
import { makeDurable } from './durable.ts';
import { findRunning, stopPostmaster } from './postmaster.ts';
import { urlOf } from './record.ts';

export interface EmbeddedOptions {
  dataDir: string;
  log: DatabaseLog;
  settings?: ServerSettings;
  /** The server died alone and runs again on the same url; connections made before are dead. */
  onRestart?(): void;
  /** The server can't be brought back. Default: throws, since a desk without its book can't serve. */
  onGiveUp?(error: unknown): void;
}

export interface EmbeddedDatabase {
  url: string;
  /** Resolves when a new database is on disk: nobody may be served before. Rejects with a DatabaseError. */
  durable: Promise<void>;
  /** True when the database was made by this start. */
  isNew: boolean;
  /** True when the server of a process that was killed was found alive and taken over. */
  adopted: boolean;
  readonly postmasterPid: number;
  /** Call after everything else has drained. */
  stop(): Promise<void>;
}

/** A server that lived this long starts again without a pause. */
const CALM_MS = 30_000;

/**
 * Starts the PostgreSQL of a data folder, or adopts the one that a killed process left, and keeps it alive.
 * @throws DatabaseError ALREADY_RUNNING, FOREIGN_SERVER, START_FAILED and those of openCluster()
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const cluster = await openCluster(options.dataDir, options.settings ?? {}, options.log);
  const first = await bringUp(cluster, false, new AbortController().signal);
  const durable = makeDurable(cluster);
  durable.catch(() => {});
  const keeper = new Keeper(cluster, first, options);
  let isNew: boolean;
  try {
    isNew = await ensureDatabase(cluster, first.port);
  } catch (error) {
    await durable.catch(() => {});
    await keeper.stop();
    throw error;
  }
  const { pid, adopted } = first;
  if (adopted) options.log.warn({ pid }, 'Adopted the database that a killed process left running');
  return {
    url: urlOf(cluster.record, first.port),
    durable,
    isNew,
    adopted,
    get postmasterPid() {
      return keeper.pid;
    },
    async stop() {
      await durable.catch(() => {});
      await keeper.stop();
    },
  };
}

/** Watches the connection that holds the lock: whatever befalls the server, that connection feels it. */
class Keeper {
  pid: number;
  #running: Running | undefined;
  #cluster: Cluster;
  #stopping = new AbortController();
  #watch: Promise<void>;
  #stopped: Promise<void> | undefined;

  constructor(cluster: Cluster, first: Running, { onRestart, onGiveUp = throwLater }: EmbeddedOptions) {
    this.#cluster = cluster;
    this.#running = first;
    this.pid = first.pid;
    this.#watch = this.#keepAlive(first, onRestart ?? (() => {})).catch((error) => {
      if (!this.#stopping.signal.aborted) onGiveUp(error);
    });
  }

  async #keepAlive(first: Running, onRestart: () => void): Promise<void> {
    const { signal } = this.#stopping;
    const { log } = this.#cluster;
    const asked = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    for (let running = first, pause = 0; ; ) {
      const since = performance.now();
      await Promise.race([running.lock.lost, asked]);
      if (signal.aborted) return;
      log.error(
        { pid: running.pid },
        'The connection that guards the database is gone; bringing the database back',
      );
      this.#running = undefined;
      pause = performance.now() - since > CALM_MS ? 0 : Math.min(pause * 2 + 50, 5_000);
      await sleep(pause, undefined, { signal });
      running = await bringUp(this.#cluster, true, signal);
      this.#running = running;
      const died = running.pid !== this.pid;
      this.pid = running.pid;
      log.warn({ pid: running.pid, died }, 'The database is back');
      if (died) onRestart();
    }
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stopOnce();
    return this.#stopped;
  }

  async #stopOnce(): Promise<void> {
    this.#stopping.abort();
    await this.#watch;
    // While the server stops we keep the lock, so that nobody adopts a server that is going away; one whose
    // lock we can't get back is somebody else's by now.
    const found =
      this.#running ?? (await findRunning(this.#cluster, AbortSignal.timeout(5_000)).catch(() => undefined));
    const ours = found && (this.#running ?? (await guard(this.#cluster, found).catch(() => undefined)));
    if (found && ours) await stopPostmaster(this.#cluster, found.pid);
  }
}

function throwLater(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}
