import type { Unit } from '../../prisma/client.ts';
import { type Artifact, type Artifacts, RENEW_MS } from './artifacts.ts';
import type { Content, FromThread } from './messages.ts';

/** Another process that learns tells us by the stream; this is for when its word is lost, or it dies. */
const LOOK_AGAIN_MS = 2_000;

export interface LearnerOptions {
  artifacts: Artifacts;
  /** Learns elsewhere than on the event loop: `learnInThread`. */
  learn(content: Content, stop: AbortSignal): Promise<FromThread>;
  /** Committed with a new artifact: the word to the other processes. */
  announce(unit: Unit, hash: string): Promise<void>;
  onError(error: unknown): void;
}

/** Sees to it that what the knowledge is now gets learned once, by one of the processes. */
export class Learner {
  readonly #options: LearnerOptions;
  readonly #stop = new AbortController();
  #wake: (() => void) | undefined;

  constructor(options: LearnerOptions) {
    this.#options = options;
  }

  get stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Another process is learning, and we wait for its word. */
  get waiting(): boolean {
    return this.#wake !== undefined;
  }

  /** The newest artifact, of this content or not. */
  latest(): Promise<Artifact | undefined> {
    return this.#options.artifacts.load();
  }

  /** One that can't be read is learned anew. */
  discard(hash: string): Promise<void> {
    return this.#options.artifacts.discard(hash);
  }

  /**
   * The artifact of this content: loaded, or learned here if no process is at it. 'elsewhere' if another one is
   * (`otherwise` waits for its word), 'changed' if the content turned out to be others than `hash` stands for.
   */
  async obtain(hash: string, content: Content): Promise<Uint8Array | 'elsewhere' | 'changed'> {
    const { artifacts, learn, announce, onError } = this.#options;
    const known = await artifacts.load(hash);
    if (known) return known.bytes;
    if (!(await artifacts.claim(hash))) return 'elsewhere';
    const renewal = setInterval(() => artifacts.renew(hash).catch(onError), RENEW_MS);
    try {
      const { bytes, fingerprint } = await learn(content, this.#stop.signal);
      if (fingerprint !== hash) {
        await artifacts.release(hash);
        return 'changed';
      }
      await artifacts.save({ hash, bytes }, (unit) => announce(unit, hash));
      return bytes;
    } catch (error) {
      // Another process may go on at once; when this one ends, its database may be gone already.
      await artifacts.release(hash).catch((failed) => this.stopped || onError(failed));
      throw error;
    } finally {
      clearInterval(renewal);
    }
  }

  /** Resolves when another process has learned something, and at the latest in two seconds. */
  async otherwise(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, LOOK_AGAIN_MS).unref();
    });
    this.#wake = undefined;
  }

  /** Another process (or this one) has learned something. */
  told(): void {
    this.#wake?.();
  }

  stop(): void {
    this.#stop.abort();
    this.told();
  }
}
