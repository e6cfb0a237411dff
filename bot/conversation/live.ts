/** What a live stream carries: anything with its place in it. */
export interface Item {
  seq: number;
}

export type Listener<T> = (items: T[]) => void;

interface Follower<T> {
  cursor: number;
  listener: Listener<T>;
}

interface Topic<T> {
  followers: Set<Follower<T>>;
  /** A read from the database is under way; `again` asks for another one after it. */
  reading: boolean;
  again: boolean;
}

const pageSize = 200;

/**
 * Live streams 实时流: followers get every item after their cursor, in order, once. Publishing is a hint only:
 * items that don't join on to a follower's cursor make it read from the database, so that a lost, late or
 * doubled hint changes nothing.
 */
export class Live<T extends Item> {
  readonly #topics = new Map<string, Topic<T>>();
  readonly #read: (stream: string, after: number, limit: number) => Promise<T[]>;
  readonly #onError: (error: unknown) => void;

  constructor(
    read: (stream: string, after: number, limit: number) => Promise<T[]>,
    onError: (error: unknown) => void,
  ) {
    this.#read = read;
    this.#onError = onError;
  }

  /** Calls `listener` with what lies after `after` and all that comes; returns how to stop. */
  follow(stream: string, after: number, listener: Listener<T>): () => void {
    const topic = this.#topics.get(stream) ?? { followers: new Set(), reading: false, again: false };
    this.#topics.set(stream, topic);
    const follower = { cursor: after, listener };
    topic.followers.add(follower);
    this.catchUp(stream);
    return () => {
      topic.followers.delete(follower);
      if (topic.followers.size === 0) this.#topics.delete(stream);
    };
  }

  /** Streams that somebody follows here, with the lowest cursor of each. */
  followed(): Map<string, number> {
    return new Map([...this.#topics].map(([stream, topic]) => [stream, lowest(topic.followers)]));
  }

  /** Committed items, in order. */
  publish(stream: string, items: T[]): void {
    const topic = this.#topics.get(stream);
    const first = items[0];
    if (!topic || !first) return;
    let gap = false;
    for (const follower of topic.followers) {
      // While a read is under way its rows come first, whatever they are.
      if (topic.reading || follower.cursor < first.seq - 1) gap = true;
      else this.#give(follower, items);
    }
    if (gap) this.catchUp(stream);
  }

  /** Reads what followers miss. Called on a hint from another process, at each poll and on a gap. */
  catchUp(stream: string): void {
    const topic = this.#topics.get(stream);
    if (!topic) return;
    if (topic.reading) {
      topic.again = true;
      return;
    }
    topic.reading = true;
    this.#readAll(stream, topic)
      .catch(this.#onError)
      .finally(() => {
        topic.reading = false;
        if (!topic.again) return;
        topic.again = false;
        this.catchUp(stream);
      });
  }

  async #readAll(stream: string, topic: Topic<T>): Promise<void> {
    for (;;) {
      if (topic.followers.size === 0) return;
      const items = await this.#read(stream, lowest(topic.followers), pageSize);
      for (const follower of topic.followers) this.#give(follower, items);
      if (items.length < pageSize) return;
    }
  }

  #give(follower: Follower<T>, items: T[]): void {
    const last = items.at(-1);
    if (!last || last.seq <= follower.cursor) return;
    const fresh =
      items[0] && items[0].seq > follower.cursor ? items : items.filter((i) => i.seq > follower.cursor);
    follower.cursor = last.seq;
    try {
      follower.listener(fresh);
    } catch (error) {
      this.#onError(error);
    }
  }
}

function lowest<T>(followers: Set<Follower<T>>): number {
  let low = Number.POSITIVE_INFINITY;
  for (const { cursor } of followers) low = Math.min(low, cursor);
  return low;
}
