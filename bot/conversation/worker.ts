import { type Database, hot, type Unit, uuidv7 } from '../../prisma/client.ts';
import { Loop } from './loop.ts';
import { Draft, type Turn } from './turn.ts';

export interface WorkerParts {
  db: Database;
  now(): number;
  /** What the bot does in a turn, by audience. No remote call in it: conversations share the transaction. */
  respond(turn: Turn): Promise<void>;
  /** What the bot does when `respond` failed for good: once, and it ends with a human or a ticket. */
  fallback(turn: Turn): Promise<void>;
  /** True if messages to this account are handed out delivery by delivery. */
  pushes(account: string): boolean;
  onCommitted(done: Committed): void;
  onError(error: unknown, conversationId: string | undefined): void;
}

export interface Committed {
  said: hot.SaidRow[];
  events: hot.EventRow[];
  queued: boolean;
  /** For the log: ids, never words. */
  turns: TurnNote[];
}

export interface TurnNote {
  turn: string;
  conversation: string;
  /** Of the requests that brought what was heard. */
  traces: string[];
  outcome: string;
  failure: string | null;
}

const batchSize = 16;
/** Another process may have died with work that is due. */
const restMs = 1000;
const attemptsAllowed = 3;
const patienceMs = 30_000;

/** Runs turns: claims conversations that are due, several in one transaction, and lets the bot answer. */
export class TurnWorker {
  readonly #parts: WorkerParts;
  /** Starts, nudges and stops it. Stopping finishes what is in hand. */
  readonly loop: Loop;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    this.loop = new Loop(
      (late) => this.#round(late),
      restMs,
      (error) => parts.onError(error, undefined),
    );
  }

  async #round(late: boolean): Promise<boolean> {
    const ids: string[] = [];
    const now = new Date(this.#parts.now());
    // A process may have died between a turn that left a word and the waking.
    if (late) await hot.wakeTold(this.#parts.db.sql, now);
    try {
      await this.#transact((unit) => hot.claimTurns(unit.sql, now, batchSize), now, ids);
    } catch (error) {
      // Somebody in this batch failed; alone, only the one at fault will fail again.
      if (ids.length === 0) throw error;
      for (const id of ids) await this.#alone(id, now);
    }
    return ids.length === batchSize;
  }

  async #alone(id: string, now: Date): Promise<void> {
    try {
      await this.#transact((unit) => hot.claimTurn(unit.sql, now, id), now, []);
    } catch (error) {
      this.#parts.onError(error, id);
      await hot.postponeTurn(this.#parts.db.sql, id, now);
    }
  }

  /** The bot's answer; after three failures, or half a minute of them, the way out to the people. */
  async #handle(draft: Draft): Promise<void> {
    const { respond, fallback } = this.#parts;
    // Here and not in what the bot decides: while a person has the conversation, no bot can speak in it.
    if (draft.episode.owner === 'agent') return draft.leaveToAgent();
    if (draft.attempts < attemptsAllowed && (draft.attempts === 0 || draft.waitedMs < patienceMs))
      return respond(draft);
    draft.failure = 'turn_failed';
    return fallback(draft);
  }

  async #transact(claim: (unit: Unit) => Promise<hot.ClaimedRow[]>, now: Date, ids: string[]): Promise<void> {
    const { db, onCommitted } = this.#parts;
    const done = await db.transaction(async (unit) => {
      const claimed = await claim(unit);
      if (claimed.length === 0) return undefined;
      ids.push(...claimed.map((c) => c.id));
      const drafts = await this.#drafts(unit, claimed, now);
      for (const draft of drafts) await this.#handle(draft);
      return this.#write(unit, drafts, now);
    });
    if (!done) return;
    onCommitted(done);
    if (done.told && (await hot.wakeTold(db.sql, new Date(this.#parts.now()))) > 0) this.loop.nudge();
  }

  async #drafts(unit: Unit, claimed: hot.ClaimedRow[], now: Date): Promise<Draft[]> {
    const since = new Date(Math.min(...claimed.map((c) => c.dueSince?.getTime() ?? now.getTime())));
    const loaded = new Map(
      (
        await hot.loadTurns(
          unit.sql,
          claimed.map((c) => c.id),
          since,
        )
      ).map((l) => [l.id, l]),
    );
    return claimed.flatMap((row) => {
      const rest = loaded.get(row.id);
      return rest ? [new Draft(row, rest, now.getTime(), unit)] : [];
    });
  }

  async #write(unit: Unit, drafts: Draft[], now: Date): Promise<Committed & { told: boolean }> {
    const said = drafts.flatMap((d) => d.said);
    await hot.commitTurns(
      unit.sql,
      drafts.map((d) => d.row()),
      said,
      now,
    );
    const deliveries = drafts.filter((d) => this.#parts.pushes(d.conversation.account)).flatMap(deliveriesOf);
    if (deliveries.length > 0) await hot.queueDeliveries(unit.sql, deliveries, now);
    const events: hot.EventRow[] = [];
    // In one order for everybody: each append locks its stream until the commit.
    for (const [stream, list] of [...byStream(drafts)].sort(([a], [b]) => (a < b ? -1 : 1)))
      events.push(...(await hot.appendEvents(unit.sql, stream, list, now)));
    const turns = drafts.map(noteOf);
    return { said, events, turns, queued: deliveries.length > 0, told: drafts.some((d) => d.told) };
  }
}

function noteOf({ id, conversation, heard, outcome, failure }: Draft): TurnNote {
  const traces = heard.flatMap(({ trace }) => trace ?? []);
  return { turn: id, conversation: conversation.id, traces, outcome, failure };
}

function deliveriesOf(draft: Draft): hot.DeliveryRow[] {
  return draft.said.map((row) => ({
    id: uuidv7(draft.now),
    addressId: draft.conversation.addressId,
    conversationId: row.conversationId,
    seq: row.seq,
    byBot: true,
    epoch: draft.epoch,
    class: draft.heard.length > 0 ? 'reply' : 'notice',
    payload: { text: row.text, ...row.data, trace: draft.heard[0]?.trace },
  }));
}

function byStream(drafts: Draft[]): Map<string, hot.NewEvent[]> {
  const streams = new Map<string, hot.NewEvent[]>();
  for (const draft of drafts) {
    for (const { stream, type, data } of draft.events) {
      const list = streams.get(stream) ?? [];
      list.push({ id: uuidv7(draft.now), type, data });
      streams.set(stream, list);
    }
  }
  return streams;
}
