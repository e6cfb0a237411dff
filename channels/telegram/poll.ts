import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from './api.ts';
import type { Bot } from './bot.ts';
import { take } from './take.ts';
import { KINDS } from './update.ts';

/** How long Telegram may hold a getUpdates open ("timeout", seconds). */
const HOLD_S = 25;
/** A server that answers at once with nothing is asked this often. */
const IDLE_MS = 200;
const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

/** Waits longer after each failure in a row; a rest of chance keeps two processes from going in step. */
export class Patience {
  #ms = FIRST_MS;
  readonly #stop: AbortSignal;

  constructor(stop: AbortSignal) {
    this.#stop = stop;
  }

  /** Waits at least as long as a 429 asks for. */
  async wait(error: unknown): Promise<void> {
    const asked = error instanceof Failure ? (error.retryAfter ?? 0) : 0;
    await pause(Math.max(asked, this.#ms * (0.5 + Math.random() / 2)), this.#stop);
    this.#ms = Math.min(this.#ms * 2, LONGEST_MS);
  }

  over(): void {
    this.#ms = FIRST_MS;
  }
}

/**
 * Asks for updates until it is told to stop. An update is acknowledged (by the next call's `offset`) once it has been
 * taken in. 409: another process polls, or a webhook is set; both lose nothing, and the one that waits longer leaves
 * the field to the other.
 */
export async function poll(bot: Bot, stop: AbortSignal): Promise<void> {
  const patience = new Patience(stop);
  let offset: number | undefined;
  while (!stop.aborted) {
    try {
      const began = performance.now();
      const updates = await bot.api.call(
        'getUpdates',
        { timeout: HOLD_S, limit: 100, allowed_updates: KINDS, ...(offset !== undefined && { offset }) },
        { patienceMs: (HOLD_S + 10) * 1000, stop },
      );
      const { taken, error } = await takeAll(bot, updates);
      offset = taken ?? offset;
      if (error !== undefined) throw error;
      patience.over();
      if (updates.length === 0 && performance.now() - began < IDLE_MS) await pause(IDLE_MS, stop);
    } catch (error) {
      if (stop.aborted) return;
      bot.onError(error);
      await patience.wait(error);
    }
  }
}

/** Takes updates in, in order, and resolves to the offset behind the last; with what stopped it before the end. */
async function takeAll(bot: Bot, updates: readonly { update_id: number }[]) {
  let taken: number | undefined;
  for (const update of updates) {
    try {
      await take(bot, update);
    } catch (error) {
      return { taken, error };
    }
    taken = update.update_id + 1;
  }
  return { taken };
}

async function pause(ms: number, stop: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal: stop }).catch(() => undefined);
}
