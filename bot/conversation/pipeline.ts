import type { Card, Channel } from '../../channels/channel.ts';
import { type Database, hot, uuidv7 } from '../../prisma/client.ts';
import { FetchWorker } from './file-fetch.ts';
import { Hints, type Signal } from './hints.ts';
import { Intake } from './inbound.ts';
import { Live } from './live.ts';
import { Loop } from './loop.ts';
import { OutboundWorker } from './outbound.ts';
import { redrawDecided } from './redraw.ts';
import type { AddressVault } from './threads.ts';
import type { Turn } from './turn.ts';
import { TypingSigns } from './typing.ts';
import { TurnWorker } from './worker.ts';

export interface PipelineParts {
  db: Database;
  now(): number;
  random(): number;
  vault: AddressVault;
  /** Channels that are on, by their name. */
  channels: Map<string, Channel>;
  respond(turn: Turn): Promise<void>;
  fallback(turn: Turn): Promise<void>;
  /** `by`: who pressed, where several people share the conversation. */
  press(conversationId: string, token: string, note?: string, by?: string | null): Promise<Card>;
  /** When the quiet hours end that run now: what we start ourselves waits until then. */
  quietUntil?(now: number): number | undefined;
  /** Whether a message is nothing but a word that opts out of what we start ourselves, or in again. */
  optWord?(text: string): 'out' | 'in' | undefined;
  /** True if turns may ask other machines (a language model, a search server). */
  remote: boolean;
  /** How long the remote calls of one turn may take together, in milliseconds (ten seconds). */
  remotePatienceMs?: number;
  onError(error: unknown, about?: string): void;
  /** A line for the log: ids and outcomes, never words. */
  note?: PipelineNote;
}

export type PipelineNote = (what: 'turn' | 'delivery', fields: PipelineFigures) => void;

interface PipelineFigures {
  outcome?: string;
  failure?: string | null;
  state?: string;
}

/** How soon decided cards are drawn that nobody was told of. */
const redrawRestMs = 2_000;

/** Inbound → turn → outbound, and the live streams of both: docs/ARCHITECTURE.md follows a message through it. */
export class Pipeline {
  readonly messages: Live<hot.MessageRow>;
  readonly events: Live<hot.EventRow>;
  readonly intake: Intake;
  readonly parts: PipelineParts;
  readonly #turns: TurnWorker;
  readonly #outbound: OutboundWorker;
  readonly #fetches: FetchWorker;
  readonly #redraws: Loop;
  readonly #hints: Hints;
  readonly #typing: TypingSigns;
  readonly #watchers = new Set<(signal: Signal) => void>();

  constructor(parts: PipelineParts) {
    this.parts = parts;
    const { db, now, random, respond, fallback, remote, onError } = parts;
    this.messages = new Live((id, after, limit) => hot.readMessages(db.sql, id, after, limit), onError);
    this.events = new Live((stream, after, limit) => hot.readEvents(db.sql, stream, after, limit), onError);
    this.intake = new Intake(db, now, (rows) => {
      this.publish(rows);
      this.#turns.loop.nudge();
      if (rows.some(({ data }) => 'files' in data)) this.#fetches.nudge();
    });
    this.#turns = new TurnWorker({
      db,
      now,
      respond,
      fallback,
      remote,
      ...(parts.remotePatienceMs && { remotePatienceMs: parts.remotePatienceMs }),
      onWaiting: (conversationId) => this.signal({ conversationId, from: 'bot' }),
      canOf: (account) => this.channelOf(account)?.can,
      quietUntil: parts.quietUntil ?? (() => undefined),
      optWord: parts.optWord ?? (() => undefined),
      onCommitted: ({ said, events, queued, turns }) => {
        for (const turn of turns) parts.note?.('turn', turn);
        this.publish(said, events);
        if (queued) this.#outbound.nudge();
      },
      onError,
    });
    this.#outbound = new OutboundWorker({
      db,
      now,
      random,
      onError,
      channelOf: (account) => this.channelOf(account),
      quietUntil: parts.quietUntil ?? (() => undefined),
      open: parts.vault.open,
      onAttempt: (attempt) => parts.note?.('delivery', attempt),
    });
    this.#typing = new TypingSigns({
      ...{ sql: db.sql, now, onError, open: parts.vault.open },
      channelOf: (account) => this.channelOf(account),
      any: () => [...parts.channels.values()].some(({ can, typing }) => can.push && can.typing && typing),
    });
    this.#fetches = new FetchWorker({
      ...{ db, now, random, onError },
      channelOf: (account) => this.channelOf(account),
      onChanged: (conversationId, seq) => this.signal({ conversationId, from: 'file', seq }),
    });
    this.#redraws = new Loop(() => this.#redraw(), redrawRestMs, onError);
    this.#hints = new Hints({
      db,
      process: uuidv7(now()),
      onHint: (stream) => {
        this.messages.catchUp(stream);
        this.events.catchUp(stream);
      },
      onSignal: (signal) => this.#signalled(signal),
      followed: () => ({ conversations: this.messages.followed(), streams: this.events.followed() }),
      onError,
    });
  }

  async start(): Promise<void> {
    await this.#hints.start();
    this.#turns.loop.start();
    this.#outbound.start();
    this.#fetches.start();
    this.#redraws.start();
  }

  /** Finishes what is in hand: messages being written, turns, sends. */
  async stop(): Promise<void> {
    await this.intake.idle();
    await this.#redraws.stop();
    await this.#turns.stop();
    await this.#outbound.stop();
    await this.#fetches.stop();
    await this.#hints.stop();
  }

  /** The channel of an account. Account ids start with their channel's name: `name:rest`. */
  channelOf(account: string): Channel | undefined {
    return this.parts.channels.get(account.split(':', 1)[0] ?? '');
  }

  /** Something may be due, or ready to be sent. */
  nudge(): void {
    this.#turns.loop.nudge();
    this.#outbound.nudge();
    this.#fetches.nudge();
  }

  /** Wakes the conversations that were left a word outside a turn; call it once that is committed. */
  async wakeTold(): Promise<void> {
    const { db, now, onError } = this.parts;
    const woken = await hot.wakeTold(db.sql, new Date(now())).catch((error) => onError(error, 'wake'));
    if (woken) this.#turns.loop.nudge();
    this.#redraws.nudge();
  }

  /** Cards that were decided by words, or closed, or left by a process that died. */
  async #redraw(): Promise<boolean> {
    const { db, now } = this.parts;
    const drawn = await redrawDecided(db, now());
    if (!drawn) return false;
    this.#outbound.nudge();
    if (await hot.wakeTold(db.sql, new Date(now()))) this.#turns.loop.nudge();
    return true;
  }

  /** Shows committed rows to everybody who follows, here and in other processes. */
  publish(messages: hot.MessageRow[], events: hot.EventRow[] = []): void {
    for (const [id, rows] of groupBy(messages, (m) => m.conversationId)) {
      this.messages.publish(id, rows);
      this.#hints.tell(id);
    }
    for (const [stream, rows] of groupBy(events, (e) => e.stream)) {
      this.events.publish(stream, rows);
      this.#hints.tell(stream);
    }
  }

  /** Says that somebody is typing. Nothing is stored. */
  signal(signal: Signal): void {
    if (signal.from !== 'customer') this.#typing.show(signal.conversationId);
    this.#signalled(signal);
    this.#hints.signal(signal);
  }

  /** Calls back for each signal, until the returned function is called. */
  watch(watcher: (signal: Signal) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  #signalled(signal: Signal): void {
    for (const watcher of this.#watchers) watcher(signal);
  }
}

function groupBy<T>(items: T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
