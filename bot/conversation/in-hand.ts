interface Job {
  account: string;
  done: Promise<void>;
}

/**
 * What a worker does at the moment, each by itself: no more than `most` for one account, so that a platform that doesn't
 * answer holds up its own account only.
 */
export class InHand {
  readonly #most: number;
  readonly #onRoom: () => void;
  readonly #jobs = new Map<string, Job>();

  /** @param onRoom an account that had its most has room again */
  constructor(most: number, onRoom: () => void) {
    this.#most = most;
    this.#onRoom = onRoom;
  }

  has(id: string): boolean {
    return this.#jobs.has(id);
  }

  /** @param work must not reject */
  take(id: string, account: string, work: Promise<void>): void {
    const done = work.finally(() => {
      this.#jobs.delete(id);
      if (this.#count(account) === this.#most - 1) this.#onRoom();
    });
    this.#jobs.set(id, { account, done });
  }

  /** Accounts that get no more for now. */
  full(): string[] {
    const accounts = new Set([...this.#jobs.values()].map(({ account }) => account));
    return [...accounts].filter((account) => this.#count(account) >= this.#most);
  }

  async finished(): Promise<void> {
    await Promise.all([...this.#jobs.values()].map(({ done }) => done));
  }

  #count(account: string): number {
    return [...this.#jobs.values()].filter((each) => each.account === account).length;
  }
}
