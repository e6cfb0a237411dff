/** Something a turn asks of another machine: a language model, a search server. */
export interface RemoteCall {
  /** Names the question, so that the replayed turn finds its answer: the same question has the same key. */
  key: string;
  /** Runs with no transaction open. What it throws is logged, and `otherwise` stands in. */
  work(signal: AbortSignal): Promise<unknown>;
  /** What stands in for the answer if it fails or takes too long. Local and quick. */
  otherwise(): unknown;
}

/** Thrown out of a turn at a question whose answer isn't there yet; the turn is undone and played again with it. */
export class AwaitsRemote extends Error {
  readonly call: RemoteCall;

  constructor(call: RemoteCall) {
    super(`waits for ${call.key}`);
    this.call = call;
  }
}

/** What remote calls have brought a turn so far. */
export class RemoteAnswers {
  readonly #known = new Map<string, unknown>();
  /** No more time: whatever is still asked is answered by what stands in. */
  spent = false;

  /** The answer, or what stands in for it. @throws AwaitsRemote if it has to be fetched first */
  get<T>(call: RemoteCall): T {
    if (this.#known.has(call.key)) return this.#known.get(call.key) as T;
    if (this.spent) return call.otherwise() as T;
    throw new AwaitsRemote(call);
  }

  put(key: string, answer: unknown): void {
    this.#known.set(key, answer);
  }
}

/** How long the remote calls of one turn may take together. */
export const REMOTE_PATIENCE_MS = 10_000;
/** Longer than a turn ever holds on without renewing; after a crash the turn waits this long for its next owner. */
export const LEASE_MS = 15_000;
/** Often enough that one renewal may fail, and that "is typing" doesn't go out meanwhile. */
const RENEW_MS = 4_000;

export interface Waiting {
  /** Renews the lease; false: somebody else has the turn. */
  renew(): Promise<boolean>;
  onError(error: unknown): void;
  /** Aborted when the turn's time for remote calls is over. */
  over: AbortSignal;
}

/**
 * Runs a remote call while the lease is kept. Never throws: a call that fails, or hangs past its time, is answered
 * by what stands in for it.
 * @returns undefined if the lease was lost: the turn is somebody else's
 */
export async function fetchAnswer(
  call: RemoteCall,
  { renew, onError, over }: Waiting,
): Promise<{ answer: unknown } | undefined> {
  const lost = new AbortController();
  const renewal = setInterval(() => {
    renew().then((ours) => ours || lost.abort(), onError);
  }, RENEW_MS);
  const signal = AbortSignal.any([over, lost.signal]);
  try {
    return { answer: await unlessAborted(call.work(signal), signal) };
  } catch (error) {
    if (lost.signal.aborted) return undefined;
    onError(error);
    return { answer: call.otherwise() };
  } finally {
    clearInterval(renewal);
  }
}

/** Work that ignores its signal must not hold the turn. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
