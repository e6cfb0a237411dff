import type { Log } from '../log.ts';

/** What is thrown out of the start when somebody pressed Ctrl-C meanwhile. */
export class Stopped extends Error {}

/** A press of Ctrl-C reaches us twice when npm is between: from the terminal and from npm. */
const SAME_PRESS_MS = 500;
/** A step of stopping that takes longer is left behind; what it held was written down before. */
const PATIENCE_MS = 15_000;

/** Starting and stopping in order: what was started last is stopped first. */
export interface Lifecycle {
  /**
   * A step of the start is done: notes when (ms since the process began), so that a slow start can be explained.
   * @throws Stopped when a signal came meanwhile
   */
  step(done: string): void;
  onStop(name: string, stop: () => Promise<void> | void): void;
  /** Stops everything, once; resolves when nothing runs any more. */
  stop(): Promise<void>;
  /** Something without which nobody can be served is lost: stops and ends with exit code 1. */
  giveUp(): void;
  /** From here on a signal stops at once; before it waits for the next `step`. */
  started(): void;
}

export interface LifecycleOptions {
  log: Log;
  /** Ends the process; a test hands in its own. */
  exit(code: number): void;
  patienceMs?: number;
}

export function openLifecycle({ log, exit, patienceMs = PATIENCE_MS }: LifecycleOptions): Lifecycle & {
  /** The handler of SIGINT and SIGTERM. */
  signal(name: string): void;
} {
  const steps: { name: string; stop: () => Promise<void> | void }[] = [];
  let asked: number | undefined;
  let isStarted = false;
  let stopping: Promise<void> | undefined;

  async function stopAll(): Promise<void> {
    for (let step = steps.pop(); step; step = steps.pop()) {
      await within(step.stop, patienceMs).catch((error) =>
        log.warn({ err: error, step: step?.name }, 'A part did not stop cleanly'),
      );
    }
  }
  const stop = () => {
    stopping ??= stopAll();
    return stopping;
  };

  return {
    step(done) {
      log.debug({ done, ms: Math.round(performance.now()) }, 'Starting');
      if (asked !== undefined) throw new Stopped();
    },
    onStop: (name, stopIt) => void steps.push({ name, stop: stopIt }),
    stop,
    giveUp: () => void stop().then(() => exit(1)),
    started() {
      isStarted = true;
      if (asked !== undefined) void stop().then(() => exit(0));
    },
    signal(name) {
      const now = performance.now();
      if (asked !== undefined) {
        if (now - asked < SAME_PRESS_MS) return;
        log.warn({}, 'Forced to stop: what was in hand is taken up at the next start');
        exit(1);
        return;
      }
      asked = now;
      log.info({ signal: name }, 'Stopping: finishing what is in hand; press Ctrl-C again to force');
      if (isStarted) void stop().then(() => exit(0));
    },
  };
}

async function within(work: () => Promise<void> | void, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`took over ${ms} ms`)), ms);
  });
  try {
    await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
