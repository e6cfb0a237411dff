import type { Card, FileOf, InboundMessage, OutboundMessage, Receipt } from './message.ts';

/** One configured bot, number or site. */
export interface Account {
  /** Begins with the channel's name: `telegram:help`. */
  id: string;
  channel: string;
  name: string;
  audience: 'customer' | 'staff';
  settings: Record<string, unknown>;
}

/** A visitor's right to one conversation, as its browser keeps it. Hashes are stored, keys never. */
export interface ResumeGrant {
  conversationId: string;
  userId: string;
  site: string;
  resumeKey: string;
}

/** Something that a channel put on its shelf. `at`: epoch milliseconds. */
export interface Shelved {
  name: string;
  value: string;
  at: number;
}

/**
 * Small things that a channel must not lose between two requests, such as a part of a message whose others haven't
 * come yet. Sealed, and the same in every process; names must not give away a number. Kept for 30 days at most.
 */
export interface Shelf {
  /** Once this resolves it is kept. What stands there under that name already stays as it is. */
  put(account: string, name: string, value: string): Promise<void>;
  /** As `put`, but in the place of what stands there: how far a channel has read. */
  set(account: string, name: string, value: string): Promise<void>;
  /** Those whose name begins with `prefix`, oldest first. */
  list(account: string, prefix: string): Promise<Shelved[]>;
  take(account: string, names: string[]): Promise<void>;
}

/** A command of the colleagues' bot, as platforms list them; `example` is what may be written instead. */
export interface BotCommand {
  /** Without the slash: at most 32 of a–z, 0–9 and _. */
  name: string;
  description: string;
  /** At most 32 characters. */
  example: string;
}

/** What the product offers a channel. Errors thrown carry `code` and `status`. */
export interface ChannelHost {
  now(): number;
  accounts(): Promise<Account[]>;
  /** What the colleagues' bot can do, the most wanted first; accounts for customers have no commands. */
  commands?(locale: 'zh-CN' | 'en'): BotCommand[];
  /** Key material for one purpose, the same in every process of the centre. */
  key(purpose: string): Buffer;
  /**
   * The conversation of an address, made when it is new. `key` is the normalised address; `address` is what `send`
   * needs, where that is more than the key, kept up to date.
   */
  thread(account: Account, key: string, locale: string, address?: string): Promise<string>;
  /**
   * The platform gave an address another key: its conversation goes on under that one. Where there is a conversation of
   * the new key already, only what is still to be sent goes there.
   */
  move(account: Account, key: string, to: string): Promise<void>;
  /** Writes it down; once this resolves nothing is lost. */
  receive(account: Account, message: InboundMessage): Promise<Receipt>;
  /**
   * Runs a button's compare-and-set and returns the card as it now stands. `by`: the key of who pressed, where
   * several people share the conversation.
   */
  press(conversationId: string, token: string, about?: { note?: string; by?: string }): Promise<Card>;
  /**
   * Whether the colleague of a staff conversation is still signed in. `acting` says that they do something just now:
   * their session is in use.
   */
  attends(conversationId: string, acting: boolean): Promise<boolean>;
  /**
   * What the platform says became of something sent; may come before `send` has returned. `address`: what that says of
   * the address, as in a `SendResult`; nothing if somebody has written from it since.
   */
  receipt(
    account: string,
    externalId: string,
    state: 'delivered' | 'failed',
    about?: { reason?: string | undefined; address?: 'blocked' | 'unknown' | 'optedOut' | undefined },
  ): Promise<void>;
  /** A stored file of this conversation; undefined if it isn't one of its own. */
  file(conversationId: string, fileId: string): Promise<(FileOf & { bytes: Buffer }) | undefined>;
  /** Messages after `seq` that the conversation's own side may see, oldest first. */
  read(conversationId: string, after: number, limit: number): Promise<OutboundMessage[]>;
  /** Calls back with messages after `seq`, in order, without gap or repetition, until the returned function is called. */
  follow(
    conversationId: string,
    after: number,
    onMessages: (messages: OutboundMessage[]) => void,
  ): () => void;
  shelf: Shelf;
  resume: {
    issue(grant: Omit<ResumeGrant, 'resumeKey'>): Promise<string>;
    /** Gives a new key for the old one; undefined if it isn't valid (any more). */
    exchange(conversationId: string, resumeKey: string): Promise<ResumeGrant | undefined>;
  };
}
