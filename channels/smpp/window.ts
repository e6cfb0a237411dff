/** At most so many requests without an answer: SMPP 3.4 §2.7. First come, first served, so that a lane keeps its order. */
export class Window {
  #free: number;
  readonly #size: number;
  readonly #waiting: (() => void)[] = [];
  readonly #idle: (() => void)[] = [];

  constructor(size: number) {
    this.#size = size;
    this.#free = size;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
      if (this.#free === this.#size) for (const done of this.#idle.splice(0)) done();
    }
  }

  /** Resolves when nothing is outstanding. */
  async idle(): Promise<void> {
    if (this.#free < this.#size) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }
}
