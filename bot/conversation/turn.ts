import type { Button, Capabilities, Card, InboundMessage } from '../../channels/channel.ts';
import { hot, type Unit, uuidv7 } from '../../prisma/client.ts';
import { deliveriesOf } from './deliver.ts';
import { meant } from './fitting/fit.ts';
import type { MessageFile } from './message.ts';
import { backToBot, type HandOff, toQueue } from './ownership.ts';
import type { RemoteAnswers, RemoteCall } from './remote.ts';

/** What a turn came to. Every turn has one: no message stays without. */
export type Outcome =
  | 'answer'
  | 'choices'
  | 'unknown'
  | 'handoff'
  | 'form'
  | 'menu'
  | 'ticket'
  | 'notice'
  | 'agent'
  | 'queued'
  | 'silent';

/** What rides along with a bot's words as `channelData.yingda`. */
export interface Tag {
  outcome: Outcome;
  entryIds?: string[];
  score?: number;
  sources?: { id: string; title: string }[];
}

export interface Say {
  actions?: Button[];
  card?: Card;
  tag?: Omit<Tag, 'outcome'>;
  /** Files of this conversation, stored already. */
  files?: MessageFile[];
  /** The short wording, for channels with little room. */
  short?: string;
  /** A number is asked for: choices get none. */
  wordsOnly?: boolean;
}

/** One inbound message of a turn. */
export interface Heard {
  seq: number;
  text: string;
  /** What a pressed button carried, when it isn't plain text. */
  value?: unknown;
  files?: MessageFile[];
  /** Who said it, in a group: the key of their own address on the same account, and the name shown there. */
  sender?: string;
  name?: string;
  /** What its platform takes it for: see `InboundMessage`. */
  opts?: InboundMessage['opts'];
  /** Names the request that brought it. */
  trace?: string;
}

/**
 * A turn 处理轮次 in the making: the bot's handling of everything said since the last one. Handlers read it, say
 * things and change `state`; all of it is committed at once, or nothing.
 */
export interface Turn {
  readonly now: number;
  readonly unit: Unit;
  readonly conversation: {
    id: string;
    audience: 'customer' | 'staff';
    addressId: string;
    account: string;
    customerId: string | null;
    /** The colleague whose staff chat this is. */
    staffId: string | null;
    /** What its channel can show; undefined where the channel is off. */
    can: Capabilities | undefined;
  };
  readonly episode: {
    id: string | null;
    owner: 'bot' | 'queue' | 'agent';
    queue: string | null;
    queuedAt: Date | null;
  };
  readonly heard: Heard[];
  readonly inbox: hot.InboxRow[];
  /** Language of the words to say; handlers set it when the customer's language is clear. */
  locale: string;
  /** What the dialogue keeps from turn to turn. */
  state: Record<string, unknown>;
  /** Says something. `outcome` is the turn's, the last one said counts. */
  say(outcome: Outcome, text: string, extra?: Say): void;
  /** A turn that says nothing still has an outcome. */
  note(outcome: Outcome): void;
  /** A word to another conversation: an inbox row that wakes it after the commit. */
  tell(conversationId: string, kind: string, data: Record<string, unknown>): Promise<void>;
  /** Passes the conversation to the people. Committed with the turn. */
  handOff(to: HandOff): Promise<void>;
  /** Takes it back from the queue: the customer doesn't want to wait. */
  backToBot(): Promise<void>;
  /**
   * Asks another machine. The turn is undone up to here, the work runs without a transaction under a lease, and the
   * turn is played again with the answer: a handler must do the same things in the same order when it is replayed.
   * A failure, or ten seconds for all calls of a turn together, is answered by `otherwise`.
   */
  remote<T>(key: string, work: (signal: AbortSignal) => Promise<T>, otherwise: () => T): Promise<T>;
  /** An event on a live stream, written last in the transaction. */
  emit(stream: string, type: string, data: Record<string, unknown>): void;
}

type Choices = Record<string, string> | undefined;
/** Where a conversation's state keeps what written numbers mean; handlers don't see it. */
const CHOICES = '$choices';

/** A conversation's turn as the worker holds it: the handler's view and what is to be written. */
export class Draft implements Turn {
  readonly id: string;
  readonly conversation: Turn['conversation'];
  readonly episode: Turn['episode'];
  readonly heard: Heard[];
  readonly inbox: hot.InboxRow[];
  readonly said: hot.SaidRow[] = [];
  readonly events: { stream: string; type: string; data: Record<string, unknown> }[] = [];
  told = false;
  outcome: Outcome = 'silent';
  failure: string | null = null;
  locale: string;
  state: Record<string, unknown>;
  epoch: number;
  /** Somebody wrote from an address that its platform had refused. */
  readonly unmarks: boolean;
  /** Failed attempts at this turn so far, and how long its first message has waited. */
  readonly attempts: number;
  readonly waitedMs: number;
  readonly #row: hot.ClaimedRow;
  readonly #answers: RemoteAnswers;
  #handledInbox: hot.InboxRow[] | undefined;
  #choices: Choices;

  readonly now: number;
  readonly unit: Unit;

  constructor(
    row: hot.ClaimedRow,
    loaded: hot.LoadedRow,
    at: { now: number; unit: Unit; answers: RemoteAnswers; can: Capabilities | undefined },
  ) {
    const { now, unit, answers, can } = at;
    this.#row = row;
    this.#answers = answers;
    this.now = now;
    this.unit = unit;
    this.id = uuidv7(now);
    const { account, customerId, staffId } = loaded;
    this.conversation = {
      id: row.id,
      audience: row.audience,
      addressId: row.addressId,
      account,
      customerId,
      staffId,
      can,
    };
    const { episodeId: id, owner, queue, queuedAt } = loaded;
    this.episode = { id, owner, queue, queuedAt };
    const { [CHOICES]: choices, ...state } = row.state;
    this.heard = loaded.messages.map(({ seq, text, data }) => {
      const { value, trace, files, sender, name, opts } = data as Omit<Heard, 'seq' | 'text'>;
      const said = { seq, text: meant(text, choices as Choices), value };
      const who = sender === undefined ? {} : { sender, ...(name && { name }) };
      return { ...said, ...(trace && { trace }), ...(files && { files }), ...(opts && { opts }), ...who };
    });
    this.#choices = choices as Choices;
    this.inbox = loaded.inbox;
    this.locale = row.locale;
    this.state = state;
    this.epoch = row.epoch;
    this.unmarks = loaded.mark !== null && this.heard.length > 0;
    this.attempts = row.attempts;
    this.waitedMs = now - (row.dueSince?.getTime() ?? now);
  }

  say(outcome: Outcome, text: string, { actions, card, files, tag, short, wordsOnly }: Say = {}): void {
    this.outcome = outcome;
    this.said.push({
      id: uuidv7(this.now),
      conversationId: this.conversation.id,
      seq: this.#row.lastSeq + this.said.length + 1,
      episodeId: this.episode.id,
      author: 'bot',
      personId: null,
      visibility: 'all',
      kind: 'message',
      text,
      data: { actions, card, files, short, wordsOnly, yingda: { outcome, entryIds: [], ...tag } },
      state: 'sent',
      createdAt: new Date(this.now),
      turnId: this.id,
    });
  }

  note(outcome: Outcome): void {
    this.outcome = outcome;
  }

  async tell(conversationId: string, kind: string, data: Record<string, unknown>): Promise<void> {
    await hot.tell(this.unit.sql, { id: uuidv7(this.now), conversationId, kind, data }, new Date(this.now));
    this.told = true;
  }

  async remote<T>(key: string, work: (signal: AbortSignal) => Promise<T>, otherwise: () => T): Promise<T> {
    return this.#answers.get<T>({ key, work, otherwise } satisfies RemoteCall);
  }

  async handOff(to: HandOff): Promise<void> {
    await toQueue(this, to);
  }

  async backToBot(): Promise<void> {
    await backToBot(this);
  }

  /** A person has the conversation: nothing is said, and words from elsewhere wait until it is given back. */
  leaveToAgent(): void {
    this.outcome = 'agent';
    this.#handledInbox = [];
  }

  emit(stream: string, type: string, data: Record<string, unknown>): void {
    this.events.push({ stream, type, data });
  }

  /** What was said, fitted to a channel that we push to; the numbers beside choices are kept for the reply. */
  deliveries(can: Capabilities, notBefore: Date | undefined): hot.DeliveryRow[] {
    if (this.said.length === 0) return [];
    const { addressId } = this.conversation;
    const { locale, epoch, now } = this;
    const to = { addressId, can, locale, epoch, byBot: true, now };
    const trace = this.heard[0]?.trace;
    const held = this.conversation.audience === 'customer' ? notBefore : undefined;
    const classOf = (row: hot.MessageRow) => this.#classOf(row);
    const { deliveries, choices } = deliveriesOf(this.said, { ...to, trace, classOf, notBefore: held });
    this.#choices = choices;
    return deliveries;
  }

  /** A word from elsewhere may come while the customer writes: it is no answer to that. */
  #classOf({ data }: hot.MessageRow): 'reply' | 'notice' {
    const { outcome } = data.yingda as Tag;
    return this.heard.length === 0 || (this.inbox.length > 0 && outcome === 'notice') ? 'notice' : 'reply';
  }

  /** The row that commits this turn. */
  row(): hot.TurnRow {
    const { id: conversationId, handledSeq, lastSeq } = this.#row;
    return {
      id: this.id,
      conversationId,
      fromSeq: handledSeq + 1,
      toSeq: lastSeq,
      epoch: this.epoch,
      outcome: this.outcome,
      failure: this.failure,
      lastSeq: lastSeq + this.said.length,
      state: this.#choices ? { ...this.state, [CHOICES]: this.#choices } : this.state,
      locale: this.locale,
      inbox: (this.#handledInbox ?? this.inbox).map((word) => word.id),
    };
  }
}
