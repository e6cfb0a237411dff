import { type Parcel, WireError } from './api.ts';
import type { Activity } from './wire.ts';

/** Longest time a message waits for a connection before the customer is asked to send it again. */
const giveUpMs = 12_000;
const retryMs = [600, 2000];

export type Outcome = { state: 'sent'; id: string } | { state: 'failed'; reason?: string };

export interface Sender {
  /** Sends after everything handed over before, so that the customer's words keep their order. */
  send(activity: Activity, parcel?: Parcel): Promise<Outcome>;
}

export interface SenderParts {
  post(activity: Activity, parcel?: Parcel): Promise<{ id: string }>;
  /** Resolves once the conversation stands; called before every attempt. */
  ready(): Promise<void>;
}

/** Retries are harmless: every try carries the same clientActivityID, which the server answers with the first id. */
export function createSender(parts: SenderParts): Sender {
  let tail: Promise<unknown> = Promise.resolve();
  return {
    send(activity, parcel) {
      // A file takes its time: words written meanwhile don't wait for it.
      const mine = (parcel ? Promise.resolve() : tail).then(() => deliver(parts, activity, parcel));
      if (!parcel) tail = mine;
      return mine;
    },
  };
}

async function deliver(parts: SenderParts, activity: Activity, parcel?: Parcel): Promise<Outcome> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await within(parts.ready(), giveUpMs);
      const { id } = await parts.post(activity, parcel);
      return { state: 'sent', id };
    } catch (error) {
      const wait = waitBeforeRetry(error, attempt);
      if (wait === undefined) return failure(error);
      await new Promise((done) => setTimeout(done, wait));
    }
  }
}

function waitBeforeRetry(error: unknown, attempt: number): number | undefined {
  if (!(error instanceof WireError) || error.fault === 'refused') return undefined;
  const wait = retryMs[attempt];
  return wait === undefined || error.retryAfterMs > giveUpMs ? undefined : Math.max(wait, error.retryAfterMs);
}

function failure(error: unknown): Outcome {
  // Only a refusal has a sentence for the customer ("too long"); the rest is the network, and says nothing.
  return error instanceof WireError && error.fault === 'refused'
    ? { state: 'failed', reason: error.message }
    : { state: 'failed' };
}

function within(work: Promise<void>, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('not connected')), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
