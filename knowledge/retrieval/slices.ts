import { setImmediate as giveWay } from 'node:timers/promises';

/** Together with the step that exceeds it, well below the 5 ms that a customer's message may be held up. */
const SLICE_MS = 2;

/** Takes steps, which are to be short, and lets other work run whenever some of them have taken two milliseconds. */
export async function inSlices<T>(steps: Generator<void, T>): Promise<T> {
  for (let until = performance.now() + SLICE_MS; ; ) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() < until) continue;
    await giveWay();
    until = performance.now() + SLICE_MS;
  }
}

/** Takes all steps at once. */
export function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
