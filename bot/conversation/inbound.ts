import { type Database, hot, type Unit } from '../../prisma/client.ts';

export type Accepted = { seq: number; episodeId: string | null; repeated: boolean };

interface Waiting {
  row: hot.InboundRow;
  resolve(accepted: Accepted | undefined): void;
  reject(error: unknown): void;
}

/** A repeat, or a message to a conversation that isn't there. */
class Unwritten extends Error {
  readonly repeated: boolean;
  constructor(repeated: boolean) {
    super('nothing was written');
    this.repeated = repeated;
  }
}

/**
 * Writes inbound messages down. Those that arrive while a commit is under way share the next one: a single
 * statement and a single fsync for up to `max` conversations.
 */
export class Intake {
  #queue: Waiting[] = [];
  #flushing = 0;
  /** Messages with files, each in a transaction of its own. */
  #apart = 0;
  readonly #db: Database;
  readonly #now: () => number;
  readonly #max: number;
  readonly #onWritten: (rows: hot.MessageRow[]) => void;

  constructor(db: Database, now: () => number, onWritten: (rows: hot.MessageRow[]) => void, max = 32) {
    this.#db = db;
    this.#now = now;
    this.#onWritten = onWritten;
    this.#max = max;
  }

  /** Resolves once the message is committed; undefined if there is no such conversation. */
  receive(row: hot.InboundRow): Promise<Accepted | undefined> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ row, resolve, reject });
      if (this.#flushing === 0) void this.#flush();
    });
  }

  /**
   * As `receive`, in one transaction with what `also` writes: the files of the message. A repeat writes nothing.
   * `also` runs first: it may be long, and the conversation's row is locked by what follows.
   */
  async receiveWith(row: hot.InboundRow, also: (unit: Unit) => Promise<void>): Promise<Accepted | undefined> {
    const known = row.externalId === null ? undefined : await this.#again(row);
    if (known) return known;
    this.#apart++;
    try {
      const now = new Date(this.#now());
      const got = await this.#db.transaction(async (unit) => {
        await also(unit);
        const [received] = await hot.receive(unit.sql, [row], now);
        // Thrown, so that nothing of it stays.
        if (!received?.seq || received.repeated) throw new Unwritten(received?.repeated ?? false);
        return { seq: received.seq, episodeId: received.episodeId, repeated: false };
      });
      this.#onWritten([asMessage(row, got.seq, got.episodeId, now)]);
      return got;
    } catch (error) {
      if (!(error instanceof Unwritten)) throw error;
      return error.repeated ? this.#again(row) : undefined;
    } finally {
      this.#apart--;
    }
  }

  /** Resolves when nothing is waiting any more. */
  async idle(): Promise<void> {
    while (this.#queue.length > 0 || this.#flushing + this.#apart > 0)
      await new Promise((r) => setTimeout(r, 5));
  }

  async #flush(): Promise<void> {
    this.#flushing++;
    // One tick later everything that the same read of the sockets brought is in the queue.
    await new Promise((r) => setImmediate(r));
    while (this.#queue.length > 0) {
      const batch = this.#take();
      await this.#write(batch).catch((error) => this.#oneByOne(batch, error));
    }
    this.#flushing--;
  }

  /** The next batch: at most one message per conversation, so that order within each holds. */
  #take(): Waiting[] {
    const seen = new Set<string>();
    const batch: Waiting[] = [];
    const rest: Waiting[] = [];
    for (const waiting of this.#queue) {
      const full = batch.length >= this.#max || seen.has(waiting.row.conversationId);
      (full ? rest : batch).push(waiting);
      seen.add(waiting.row.conversationId);
    }
    this.#queue = rest;
    return batch;
  }

  async #write(batch: Waiting[]): Promise<void> {
    const now = new Date(this.#now());
    const rows = batch.map((w) => w.row);
    const received = await hot.receive(this.#db.sql, rows, now);
    const byConversation = new Map(received.map((r) => [r.conversationId, r]));
    const written: hot.MessageRow[] = [];
    for (const { row, resolve, reject } of batch) {
      const got = byConversation.get(row.conversationId);
      if (got?.seq && !got.repeated) written.push(asMessage(row, got.seq, got.episodeId, now));
      if (got?.repeated && got.seq === null) this.#again(row).then(resolve, reject);
      else resolve(got?.seq ? { seq: got.seq, episodeId: got.episodeId, repeated: got.repeated } : undefined);
    }
    this.#onWritten(written);
  }

  /** A repeat that arrived while the first was being committed: its seq is readable now. */
  async #again(row: hot.InboundRow): Promise<Accepted | undefined> {
    const seq = await hot.receivedSeq(this.#db.sql, row.account, row.conversationId, row.externalId ?? '');
    return seq === undefined ? undefined : { seq, episodeId: null, repeated: true };
  }

  /** One bad row must not cost the others their commit. */
  async #oneByOne(batch: Waiting[], error: unknown): Promise<void> {
    if (batch.length === 1) return batch[0]?.reject(error);
    for (const waiting of batch) await this.#write([waiting]).catch(waiting.reject);
  }
}

function asMessage(
  row: hot.InboundRow,
  seq: number,
  episodeId: string | null,
  createdAt: Date,
): hot.MessageRow {
  const { messageId: id, conversationId, author, personId, text, data } = row;
  return {
    id,
    conversationId,
    seq,
    episodeId,
    author,
    personId,
    text,
    data,
    createdAt,
    visibility: 'all',
    kind: 'message',
    state: 'sent',
  };
}
