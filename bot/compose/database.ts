import { join } from 'node:path';
import type { Database } from '../../prisma/client.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { ROOT } from '../root.ts';
import type { Lifecycle } from './lifecycle.ts';
import { StartError } from './start-error.ts';

/** Raised with each migration that older releases can't run on (schema_meta.min_app). */
const APP = 1;
/** Months of partitions made ahead. */
const AHEAD = 3;

/** The open database, and what the rest of the start must know of it. */
export interface Centre {
  db: Database;
  /** Resolves when a database made by this start is on disk: nobody may be served before. */
  durable: Promise<void>;
}

/**
 * The centre's database, up to date and open: the given server, or the embedded PostgreSQL of the data folder.
 * `onNew` is told as early as can be that it was made just now, so that its filling can be prepared meanwhile.
 * @throws DatabaseError, StartError
 */
export async function openCentre(
  { config, log, now }: { config: Config; log: Log; now: number },
  life: Lifecycle,
  onNew: () => void,
): Promise<Centre> {
  // Loading Prisma takes as long as starting the server: both at once.
  const client = import('../../prisma/client.ts');
  client.catch(() => {});
  const { migrate, assertServer } = await import('../../prisma/migrate.ts');
  const { url, directUrl, durable, isNew } = await serverOf(config, log, life);
  if (isNew) onNew();
  life.step('database server');
  if (config.databaseUrl !== undefined) await assertServer(directUrl);
  await migrate({ url: directUrl, dir: join(ROOT, 'prisma/migrations'), log });
  life.step('migrations');
  const { openDatabase } = await client;
  let closing = false;
  // The last connections may still be open when the server itself stops: nothing is lost by then.
  const onError = (error: Error) =>
    log[closing ? 'debug' : 'warn']({ err: error }, 'A database connection broke');
  const db = openDatabase({ url, directUrl, onError });
  life.onStop('database', () => {
    closing = true;
    return db.close();
  });
  await assertNewEnough(db);
  await db.sql.query({ text: 'SELECT yingda_ensure_partitions($1, $2)', values: [new Date(now), AHEAD] });
  life.step('database');
  return { db, durable };
}

async function serverOf({ databaseUrl, databaseDirectUrl, dataDir }: Config, log: Log, life: Lifecycle) {
  if (databaseUrl !== undefined) {
    const directUrl = databaseDirectUrl ?? databaseUrl;
    return { url: databaseUrl, directUrl, durable: Promise.resolve(), isNew: false };
  }
  const { startEmbedded } = await import('../../prisma/embedded/index.ts');
  const embedded = await startEmbedded({
    ...{ dataDir, log },
    onRestart: () => log.warn({}, 'The embedded database died and runs again'),
    onGiveUp: (error) => {
      log.error({ err: error }, 'The embedded database is gone and does not come back');
      life.giveUp();
    },
  });
  life.onStop('embedded database', () => embedded.stop());
  const { url, durable, isNew } = embedded;
  return { url, directUrl: url, durable, isNew };
}

async function assertNewEnough(db: Database): Promise<void> {
  const { rows } = await db.sql.query<{ min_app: number }>({ text: 'SELECT min_app FROM schema_meta' });
  const needed = rows[0]?.min_app ?? APP;
  if (needed > APP)
    throw new StartError(
      `This database belongs to a newer release (level ${needed}, this one is ${APP}): update the program.`,
    );
}
