/**
 * A worker's loop: rounds of work, one after the other, as long as there is a full load or somebody nudges; else a
 * rest. Stopping finishes the round in hand.
 */
export class Loop {
  readonly #round: (late: boolean) => Promise<boolean>;
  readonly #restMs: number;
  readonly #onError: (error: unknown) => void;
  #stopping = false;
  #nudged = false;
  #wake: (() => void) | undefined;
  #running: Promise<void> | undefined;

  /**
   * @param round does what is due and tells whether there may be more at once; `late`: a whole rest went by unnudged
   * @param restMs how long to rest without a nudge: what another process left behind is found then
   */
  constructor(round: (late: boolean) => Promise<boolean>, restMs: number, onError: (error: unknown) => void) {
    this.#round = round;
    this.#restMs = restMs;
    this.#onError = onError;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Something may be due. */
  nudge(): void {
    this.#nudged = true;
    this.#wake?.();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.nudge();
    await this.#running;
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  async #run(): Promise<void> {
    for (let late = true; !this.#stopping; ) {
      this.#nudged = false;
      const more: boolean = await this.#round(late).catch((error) => {
        this.#onError(error);
        return false;
      });
      late = !more && !this.#nudged && !this.#stopping && (await this.#rest());
    }
  }

  /** True if nobody nudged. */
  #rest(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(true), this.#restMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(false);
      };
    });
  }
}
