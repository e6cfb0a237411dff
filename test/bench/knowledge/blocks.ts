import { readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longest time that one turn of the event loop took: by the clock, and what this thread computed in it. */
export interface Block {
  wallMs: number;
  /** Absent where the system doesn't tell what a thread computes (elsewhere than on Linux). */
  cpuMs?: number;
}

/** Nanoseconds that the main thread has computed. On a busy machine the clock counts what others do, too. */
export function computed(): number | undefined {
  try {
    // The system brings its figure up to date when it is asked for this one.
    process.cpuUsage();
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[0]);
  } catch {
    return undefined;
  }
}

/** Turns the event loop as fast as it goes while `work` runs, and looks for the longest turn. */
export async function longestBlock<T>(work: () => Promise<T>): Promise<{ result: T; ms: number } & Block> {
  let isDone = false;
  let [wall, cpu] = [0, 0];
  const watch = async () => {
    let [at, ran] = [performance.now(), computed()];
    while (!isDone) {
      await nextTurn();
      const [now, runs] = [performance.now(), computed()];
      wall = Math.max(wall, now - at);
      if (ran !== undefined && runs !== undefined) cpu = Math.max(cpu, (runs - ran) / 1e6);
      [at, ran] = [now, runs];
    }
  };
  const watching = watch();
  await nextTurn();
  const start = performance.now();
  const result = await work().finally(() => {
    isDone = true;
  });
  const ms = performance.now() - start;
  await watching;
  const digits = (value: number) => Number(value.toFixed(1));
  return {
    ...{ result, ms: digits(ms), wallMs: digits(wall) },
    ...(computed() !== undefined && { cpuMs: digits(cpu) }),
  };
}
