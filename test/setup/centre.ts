import { type TestClock, testClock } from '../../bot/clock.ts';
import { openLifecycle } from '../../bot/compose/lifecycle.ts';
import { serve } from '../../bot/compose/serve.ts';
import { readConfig } from '../../bot/config.ts';
import { openLog } from '../../bot/open-log.ts';
import { createSessions } from '../../bot/people/sessions.ts';
import { type Database, openDatabase } from '../../prisma/client.ts';
import { createTestDatabase } from './database.ts';

/** The demo centre, served in this process on a database and a port of its own. */
export interface Centre {
  /** Where it is served now. */
  readonly url: string;
  db: Database;
  clock: TestClock;
  /** Headers of a browser in which this person has just signed in. */
  signedIn(number: string): Promise<Record<string, string>>;
  /** The process ends as by Ctrl-C and starts again: nothing is kept but what is in the database. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Everything that `npm start` composes, without the process around it; the clock stands still until it is moved. */
export async function openDemoCentre(
  now = '2026-06-10T10:00+08:00',
  settings: Record<string, string> = {},
): Promise<Centre> {
  const made = await createTestDatabase();
  const failures: string[] = [];
  const db = openDatabase({ url: made.url, onError: (error) => failures.push(String(error)) });
  const clock = testClock(now);
  const log = openLog({ level: 'error', write: (line) => failures.push(line) });
  const config = readConfig({ DATABASE_URL: made.url, PORT: '0', SEED: 'demo', ...settings });
  const start = async () => {
    const life = openLifecycle({ log, exit() {} });
    const { url } = await serve({ config, clock, log, db }, life);
    return { life, url: url.replace('localhost', '127.0.0.1') };
  };
  let running = await start();
  const sessions = createSessions({ db, clock, production: false });
  return {
    get url() {
      return running.url;
    },
    db,
    clock,
    async signedIn(number) {
      const person = await db.prisma.person.findUniqueOrThrow({ where: { number } });
      const { secret, csrfToken } = await sessions.open(db.sql, person.id);
      return { cookie: `yd_session=${secret}`, 'x-csrf-token': csrfToken };
    },
    async restart() {
      await running.life.stop();
      running = await start();
    },
    async close() {
      await running.life.stop();
      await db.close();
      // Taken before the drop, which cuts connections that the pool let go but whose sockets are still closing.
      const faults = [...failures];
      await made.drop();
      // A refusal is no error; whatever stands here is a fault that some answer has hidden.
      if (faults.length > 0) throw new Error(faults.join('\n'));
    },
  };
}
