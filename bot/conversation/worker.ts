import { hot, type Unit } from '../../prisma/client.ts';
import { Loop } from './loop.ts';
import { fetchAnswer, LEASE_MS, REMOTE_PATIENCE_MS, type RemoteCall } from './remote.ts';
import type { Draft, Turn } from './turn.ts';
import { type Awaiting, type BatchParts, type Committed, commitBatch, type Replay } from './turn-batch.ts';

export interface WorkerParts extends Omit<BatchParts, 'play'> {
  /** What the bot does in a turn, by audience. Conversations share the transaction: remote calls by `turn.remote` only. */
  respond(turn: Turn): Promise<void>;
  /** What the bot does when `respond` failed for good: once, and it ends with a human or a ticket. */
  fallback(turn: Turn): Promise<void>;
  /** Whether a message opts out of what we start ourselves, or in again. */
  optWord(text: string): 'out' | 'in' | undefined;
  onCommitted(done: Committed): void;
  /** A turn waits for a remote answer; told every few seconds, for whoever waits for the bot. */
  onWaiting(conversationId: string): void;
  /** How long the remote calls of one turn may take together, in milliseconds. */
  remotePatienceMs?: number;
  onError(error: unknown, conversationId: string | undefined): void;
}

const batchSize = 16;
/** Turns that wait for remote answers at once. More would only queue up at the other machine. */
const remoteAtOnce = 256;
/** Another process may have died with work that is due. */
const restMs = 1000;
const attemptsAllowed = 3;
const patienceMs = 30_000;

/** Runs turns: claims conversations that are due, several in one transaction, and lets the bot answer. */
export class TurnWorker {
  readonly #parts: WorkerParts;
  readonly #batch: BatchParts;
  /** Starts and nudges it. */
  readonly loop: Loop;
  readonly #remote = new Set<Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    this.#batch = { ...parts, play: (draft) => this.#play(draft) };
    this.loop = new Loop(
      (late) => this.#round(late),
      restMs,
      (error) => parts.onError(error, undefined),
    );
  }

  /** Finishes what is in hand; what waits for another machine goes on with what stands in for its answer. */
  async stop(): Promise<void> {
    await this.loop.stop();
    this.#stopping.abort(new Error('stopping'));
    await Promise.all(this.#remote);
  }

  async #round(late: boolean): Promise<boolean> {
    const ids: string[] = [];
    const now = new Date(this.#parts.now());
    // A process may have died between a turn that left a word and the waking.
    if (late) await hot.wakeTold(this.#parts.db.sql, now);
    const limit = Math.min(batchSize, remoteAtOnce - this.#remote.size);
    if (limit <= 0) return false;
    try {
      const onClaimed = (claimed: string[]) => void ids.push(...claimed);
      this.#await(await this.#commit((unit) => hot.claimTurns(unit.sql, now, limit), { onClaimed }));
    } catch (error) {
      // Somebody in this batch failed; alone, only the one at fault will fail again.
      if (ids.length === 0) throw error;
      for (const id of ids) await this.#alone(id, now);
    }
    return ids.length === limit;
  }

  async #alone(id: string, now: Date): Promise<void> {
    try {
      this.#await(await this.#commit((unit) => hot.claimTurn(unit.sql, now, id)));
    } catch (error) {
      this.#parts.onError(error, id);
      await hot.postponeTurn(this.#parts.db.sql, id, now);
    }
  }

  #await(turns: Awaiting[]): void {
    for (const turn of turns) {
      const done = this.#underLease(turn).finally(() => {
        this.#remote.delete(done);
        // There is room again.
        this.loop.nudge();
      });
      this.#remote.add(done);
    }
  }

  /** Fetches what a turn asked for, with no transaction open, and plays it again, until it can be committed. */
  async #underLease({ id, call, answers, lease }: Awaiting): Promise<void> {
    const { db, now, onError, onWaiting, remotePatienceMs = REMOTE_PATIENCE_MS } = this.#parts;
    const over = AbortSignal.any([AbortSignal.timeout(remotePatienceMs), this.#stopping.signal]);
    const waiting = {
      over,
      onError: (error: unknown) => onError(error, id),
      renew: () => {
        onWaiting(id);
        return hot.renewTurn(db.sql, id, { token: lease.token, until: new Date(now() + LEASE_MS) });
      },
    };
    onWaiting(id);
    try {
      for (let next: RemoteCall | undefined = call; next; ) {
        const got = await fetchAnswer(next, waiting);
        if (!got) return;
        answers.put(next.key, got.answer);
        answers.spent = over.aborted;
        const claim = (unit: Unit) => hot.claimLeased(unit.sql, id, lease.token);
        next = (await this.#commit(claim, { replay: { answers, lease } }))[0]?.call;
      }
    } catch (error) {
      onError(error, id);
      await hot.postponeTurn(db.sql, id, new Date(now()), lease.token).catch((failed) => onError(failed, id));
    }
  }

  /** The bot's answer; after three failures, or half a minute of them, the way out to the people. */
  async #play(draft: Draft): Promise<void> {
    const { respond, fallback } = this.#parts;
    await this.#honour(draft);
    // Here and not in what the bot decides: while a person has the conversation, no bot can speak in it.
    if (draft.episode.owner === 'agent') return draft.leaveToAgent();
    if (draft.attempts < attemptsAllowed && (draft.attempts === 0 || draft.waitedMs < patienceMs))
      return respond(draft);
    draft.failure = 'turn_failed';
    return fallback(draft);
  }

  /** Opt-outs hold whoever has the conversation. `receive` has noted them already; should it have died, this does. */
  async #honour({ conversation, heard, unit, now }: Draft): Promise<void> {
    if (!conversation.can?.push) return;
    for (const { text, opts } of heard) {
      const word = opts?.to ?? this.#parts.optWord(text);
      if (word) await hot.optOut(unit.sql, conversation.id, word === 'out', new Date(now));
    }
  }

  /** @returns the turns that wait for other machines */
  async #commit(
    claim: (unit: Unit) => Promise<hot.ClaimedRow[]>,
    at: { replay?: Replay; onClaimed?(ids: string[]): void } = {},
  ): Promise<Awaiting[]> {
    const done = await commitBatch(this.#batch, claim, at);
    if (!done) return [];
    this.#parts.onCommitted(done);
    if (done.told && (await hot.wakeTold(this.#parts.db.sql, new Date(this.#parts.now()))) > 0)
      this.loop.nudge();
    return done.waiting;
  }
}
