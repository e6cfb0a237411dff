import { clockStartingAt, systemClock } from './clock.ts';
import { announcement } from './compose/announce.ts';
import { openCentre } from './compose/database.ts';
import { openLifecycle, Stopped } from './compose/lifecycle.ts';
import type { HashPassword } from './compose/seed.ts';
import { sentenceOf } from './compose/start-error.ts';
import { type Config, readConfig } from './config.ts';
import type { Log } from './log.ts';
import { openLog } from './open-log.ts';

const exit = (code: number) => process.exit(code);

/** The composition root: settings → database → product → server → ready. */
async function start(config: Config, log: Log): Promise<void> {
  const life = openLifecycle({ log, exit });
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => life.signal(name));
  try {
    const clock = config.startAt === undefined ? systemClock : clockStartingAt(config.startAt);
    // The product's modules load while PostgreSQL starts.
    const product = import('./compose/serve.ts');
    product.catch(() => {});
    let hashPassword: HashPassword | undefined;
    const onNew = () =>
      product.then(
        ({ hashAhead }) => {
          hashPassword = hashAhead(config);
        },
        () => {},
      );
    const centre = await openCentre({ config, log, now: clock.now() }, life, onNew);
    const { serve } = await product;
    life.step('modules');
    const served = await serve({ config, clock, log, ...centre, hashPassword }, life);
    const seconds = performance.now() / 1000;
    const database = config.databaseUrl
      ? 'the server of DATABASE_URL'
      : `${config.dataDir} (embedded PostgreSQL)`;
    process.stdout.write(announcement({ ...served, seconds, database }));
    life.started();
  } catch (error) {
    await life.stop();
    if (error instanceof Stopped) return exit(0);
    throw error;
  }
}

async function main(): Promise<void> {
  let config: Config | undefined;
  try {
    config = readConfig();
    await start(config, openLog({ level: config.logLevel }));
  } catch (error) {
    const detailed = config?.logLevel === 'debug' || config?.logLevel === 'trace';
    const stack = detailed && error instanceof Error ? `\n${error.stack}` : '';
    process.stderr.write(`Yingda did not start. ${sentenceOf(error, config?.port)}${stack}\n`);
    exit(1);
  }
}

await main();
