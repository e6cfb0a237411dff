import type { IncomingMessage, RequestListener } from 'node:http';
import type { Duplex } from 'node:stream';
import type { z } from 'zod';
import type { Account, ChannelHost } from './host.ts';
import type { OutboundMessage } from './message.ts';

export type * from './host.ts';
export type * from './message.ts';

/** A pace that the platform allows: so many a second for long, and `burst` at once. */
export interface Pace {
  perSecond: number;
  burst: number;
}

/** What a channel 渠道 can show and do: all that the rest of the product may ask about it. */
export interface Capabilities {
  /** True: we send, delivery by delivery. False: customers follow the conversation's stream themselves. */
  push: boolean;
  /** False: choices are written as numbered lines, and a number or the words press them. */
  buttons: boolean;
  /** False: a card is written as lines. */
  cards: boolean;
  /** False: our markdown is taken out of texts. */
  markdown: boolean;
  typing: boolean;
  /** True: the platform reports what became of a message (`host.receipt`). */
  receipts?: boolean;
  /** The most of one message, in what `size` counts. Longer ones are split at sentence ends. */
  maxText: number;
  /** How much of a message a text takes; without it, UTF-16 units are counted. */
  size?(text: string): number;
  /** True: the short wording where there is one, the whole only on request. */
  brief?: boolean;
  /** What the platform allows for a whole account, and for one address of it: for each alike, or by what it is. */
  pace?: { account?: Pace; address?: Pace | ((address: string) => Pace) };
}

export interface Delivery {
  id: string;
  account: string;
  /** As the channel gave it to `thread`. */
  address: string;
  message: OutboundMessage;
  /** From 1. */
  attempt: number;
}

/**
 * How a send ended. `externalIds`: what the platform calls it, several where it had to be cut; receipts name them.
 * `retryAfter`: milliseconds, at least; `uncertain` where it may have arrived all the same. `permanent`: never again;
 * with `address`, nothing else may go there either, or nothing that we start ourselves (`optedOut`).
 */
export type SendResult =
  | { externalIds: string[] }
  | { retryAfter: number; reason: string; uncertain?: true }
  | { permanent: string; address?: 'blocked' | 'unknown' | 'optedOut' };

/** What `check` found: `ok` false is a fault that stops the account from working. */
export interface Finding {
  account: string;
  ok: boolean;
  /** A whole sentence, with the platform's own name of the setting. */
  text: string;
}

/** The contract that every channel keeps; test/contracts/channel.ts tries each against it. */
export interface Channel {
  readonly name: string;
  readonly can: Capabilities;
  open(host: ChannelHost): Promise<void>;
  close(): Promise<void>;
  /** Routes of its own: it gets every request below `prefix`, whole, before any body parser. */
  readonly http?: RequestListener;
  readonly prefix?: string;
  /** Takes over a WebSocket request, or says that it isn't one of its own. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Hands one delivery to the platform. Only where `can.push`. */
  send?(delivery: Delivery): Promise<SendResult>;
  /** Redraws a message already sent, such as a card that has been decided. */
  update?(delivery: Delivery, externalId: string): Promise<SendResult>;
  /**
   * An address as people write it in a list, as this channel gives it to `thread`; undefined: none that a message could
   * reach. Only where we may write to somebody who never wrote to us.
   */
  addressOf?(account: string, written: string): { key: string; locale: string } | undefined;
  /** Shows at an address that somebody is writing. Best effort. */
  typing?(account: string, address: string): Promise<void>;
  /** The content of a file that came in by reference; at most `limit` bytes, or it throws. */
  fetchFile?(account: string, ref: string, limit: number): Promise<Buffer>;
  /** Asks the platform whether the accounts are set up as they must be. */
  check?(): Promise<Finding[]>;
  /** Credentials of a signed-in person's own conversation. Only where browsers connect by themselves. */
  invite?(conversationId: string, account: Account, userId: string): Promise<Record<string, unknown>>;
}

/** What a channel is made from. Its accounts' settings have been parsed by the kind's schema. */
export interface ChannelSetup {
  accounts: Account[];
  /** Our address as the platform knows it, without a trailing slash. */
  publicUrl(): string | undefined;
  /** Epoch milliseconds, for a check of accounts that aren't open and so have no host yet. */
  now?(): number;
  /** Told of everything that went wrong on our side, for the log. */
  onError(error: unknown, where: string): void;
}

/** A kind of channel, as the registry lists it. An account whose settings don't parse is off, and says why. */
export interface ChannelKind {
  name: string;
  settings: z.ZodType<Record<string, unknown>>;
  /** Accounts that are there unless one for the same audience is configured. They need no settings. */
  builtIn?: Account[];
  create(setup: ChannelSetup): Channel;
}
