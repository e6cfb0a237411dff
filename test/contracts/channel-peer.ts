import type { Account, Channel } from '../../channels/channel.ts';

/** What reached the platform's side, in order. */
export interface Seen {
  text: string;
  /** Titles of the buttons under it. */
  buttons: string[];
  /** How the platform got it; updates name the message that they redraw. */
  kind: 'message' | 'update' | 'typing';
  id: string;
}

/** How the platform answers the next sends. */
export type Mood = 'fine' | 'busy' | 'down' | 'blocked' | 'unknown';

/**
 * A platform as the contract suite uses it: a real peer, or a stand-in that keeps the platform's published rules. It
 * speaks to the channel over the wire only, as the platform would.
 */
export interface Peer {
  channel: Channel;
  account: Account;
  /** Where the channel's own routes are served, once the suite listens: `http://127.0.0.1:port`. */
  listening(origin: string): Promise<void> | void;
  /**
   * The customer says something: resolves when the channel has acknowledged it. The same `id` again is the platform's
   * redelivery of the same message.
   * @returns whether the platform takes it as delivered (it would send it again otherwise)
   */
  says(text: string, about?: { id?: string; from?: string }): Promise<boolean>;
  /** Presses a button of the last message that has one of this title. */
  presses?(title: string): Promise<void>;
  /** Sends what isn't authentic, in every way that the platform's security has; resolves to the names of those that got in. */
  forges(): Promise<string[]>;
  /** Sends more bytes than a message of this platform can have. False: it was refused. */
  oversize(): Promise<boolean>;
  /** What the customer (by `from`) sees. */
  seen(from?: string): Seen[];
  mood(mood: Mood): void;
  /** The platform reports what became of a message that it took. */
  receipts?(id: string, state: 'delivered' | 'failed'): Promise<void>;
  close(): Promise<void>;
}
