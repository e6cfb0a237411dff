import { hot } from '../../prisma/client.ts';
import { extendRoster } from '../../prisma/seed/demo.ts';
import type { BroadcastParts } from '../broadcast/parts.ts';
import { BroadcastWorker } from '../broadcast/worker.ts';
import { leaveWithoutSession, type PublishEvents } from '../desk/presence.ts';
import { createSealer } from '../people/sealer.ts';
import { defaultSessionSettings, tidySessions } from '../people/sessions.ts';
import type { Parts, Worker } from './parts.ts';

const MINUTE_MS = 60_000;

/** What is done each minute, by name. */
type Acts = Readonly<Record<string, () => Promise<unknown>>>;

/** What runs beside requests in every process, however many there are: each act is safe to do twice. */
export function backgroundWorkers(parts: Parts, publish: PublishEvents, acts: Acts = {}): Worker[] {
  const { db, clock, log, sealing } = parts;
  const sealer = createSealer({
    ...{ db, clock, sealing },
    onError: (error) => log.error({ err: error }, 'The audit record could not be sealed; trying again'),
  });
  return [sealer, eachMinute(parts, publish, acts)];
}

/** Broadcasts that are due, in whichever process looks first. */
export function broadcasts({ clock, log }: Parts, parts: BroadcastParts): Worker {
  const onError = (error: unknown) => log.error({ err: error }, 'A broadcast could not go on; trying again');
  const { loop } = new BroadcastWorker({ ...parts, now: clock.now, onError });
  return {
    name: 'broadcasts',
    start: () => loop.start(),
    stop: () => loop.stop(),
    running: () => !loop.stopping,
  };
}

/** Presence without a session, what has outlived its use, next months' partitions, the demo's roster for one more day. */
function eachMinute({ db, clock, log, config }: Parts, publish: PublishEvents, more: Acts): Worker {
  let timer: NodeJS.Timeout | undefined;
  let inHand = Promise.resolve();
  const acts: Acts = {
    ...more,
    presence: () => db.transaction((unit) => leaveWithoutSession(unit, seen(clock.now()), publish)),
    sessions: () => tidySessions(db.sql, clock.now()),
    keys: () => hot.prune(db.sql, new Date(clock.now())),
    partitions: () => hot.ensurePartitions(db.sql, new Date(clock.now())),
    ...(!config.production && { roster: () => extendRoster(db.sql, clock.now()) }),
  };
  const work = async () => {
    for (const [name, act] of Object.entries(acts))
      await act().catch((error) => log.error({ err: error, act: name }, 'A minute’s work failed'));
  };
  return {
    name: 'each minute',
    start() {
      timer = setInterval(() => {
        inHand = inHand.then(work);
      }, MINUTE_MS);
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await inHand;
    },
    running: () => timer !== undefined,
  };
}

/** From when on a session counts as alive. */
export function seen(now: number): { seenSince: number; now: number } {
  return { seenSince: now - defaultSessionSettings.idleMinutes * MINUTE_MS, now };
}
