/**
 * The only source of "now" (epoch milliseconds). Everything else takes a `Clock` or an instant as an
 * argument, so that a rule can be asked about any moment and a demo can live on 10 June 2026.
 */
export interface Clock {
  now(): number;
}

/** The machine's own time. */
export const systemClock: Clock = { now: () => Date.now() };

/**
 * A clock that starts at `start` (epoch ms) and then runs at real speed. It runs on the monotonic timer,
 * so a correction of the machine's time cannot make it jump.
 */
export function clockStartingAt(start: number): Clock {
  const began = performance.now();
  return { now: () => Math.floor(start + (performance.now() - began)) };
}

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  /** Sets the time, forwards or backwards; `instant` is epoch ms or an ISO 8601 instant. */
  moveTo(instant: number | string): void;
  /** Moves forward by `ms` milliseconds. */
  advance(ms: number): void;
}

/** @param start epoch ms or an ISO 8601 instant such as `2026-06-10T10:00+08:00` */
export function testClock(start: number | string): TestClock {
  let current = instantOf(start);
  return {
    now: () => current,
    moveTo: (instant) => {
      current = instantOf(instant);
    },
    advance: (ms) => {
      current += ms;
    },
  };
}

function instantOf(value: number | string): number {
  const ms = typeof value === 'number' ? value : Date.parse(value);
  if (!Number.isFinite(ms)) throw new RangeError(`not an instant: ${String(value)}`);
  return ms;
}
