import type { IncomingMessage, RequestListener } from 'node:http';
import type { Duplex } from 'node:stream';

/** What a channel 渠道 can show and do: all that the rest of the product may ask about it. */
export interface Capabilities {
  /** True: we send, delivery by delivery. False: customers follow the conversation's stream themselves. */
  push: boolean;
  buttons: boolean;
  cards: boolean;
  markdown: boolean;
  typing: boolean;
  /** Characters in one message. */
  maxText: number;
}

/** A button 按钮. `value` is sent back as if typed; `token` (at most 22 characters) counts once, see `press`. */
export interface Button {
  title: string;
  value?: string;
  token?: string;
  style?: 'primary' | 'danger';
}

/** A card 卡片: a title, facts and buttons, drawn as each channel can. `outcome` replaces the buttons once it is decided. */
export interface Card {
  title: string;
  text?: string;
  facts?: { label: string; value: string }[];
  buttons?: Button[];
  outcome?: string;
}

/** A message of a conversation as channels see it. Names follow the Bot Framework's Activity. */
export interface OutboundMessage {
  /** `conversationId|seq`, seq with at least 7 digits: the same at every attempt. */
  id: string;
  conversationId: string;
  seq: number;
  /** Epoch milliseconds. */
  at: number;
  author: 'customer' | 'staff' | 'bot' | 'agent' | 'system';
  /** Shown name of an agent. */
  name?: string;
  kind: 'message' | 'typing' | 'event';
  text: string;
  actions?: Button[];
  card?: Card;
  /** The id that the sending client gave its own message. */
  clientId?: string;
  /** Sources, outcome, score: see `channelData.yingda` in docs/ARCHITECTURE.md. */
  data?: Record<string, unknown>;
}

/** What came in, parsed and authenticated by the channel. */
export interface InboundMessage {
  conversationId: string;
  kind: 'message' | 'edit' | 'delete' | 'typing' | 'joined';
  text: string;
  /** The platform's id of this message; a second one with the same id changes nothing. */
  externalId?: string;
  /** What a pressed form or menu button carried, when it isn't plain text. */
  value?: unknown;
  locale?: string;
  /** Names the request that brought it, in all logs from here to the delivery of its answer. */
  trace?: string;
}

export type Receipt = { id: string; seq: number; repeated: boolean };

export type SendResult =
  | { externalId: string }
  | { retryAfter: number; reason: string }
  | { permanent: string };

export interface Delivery {
  id: string;
  address: string;
  message: OutboundMessage;
  attempt: number;
}

/** One configured bot, number or site. */
export interface Account {
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

/** What the product offers a channel. Errors thrown carry `code` and `status`. */
export interface ChannelHost {
  now(): number;
  accounts(): Promise<Account[]>;
  /** Key material for one purpose, the same in every process of the centre. */
  key(purpose: string): Buffer;
  /** The conversation of an address, made when it is new. `key` is the normalised address. */
  thread(account: Account, key: string, locale: string): Promise<string>;
  /** Writes it down; once this resolves nothing is lost. */
  receive(account: Account, message: InboundMessage): Promise<Receipt>;
  /** Runs a button's compare-and-set and returns the card as it now stands. */
  press(conversationId: string, token: string, note?: string): Promise<Card>;
  /**
   * Whether the colleague of a staff conversation is still signed in. `acting` says that they do something just now:
   * their session is in use.
   */
  attends(conversationId: string, acting: boolean): Promise<boolean>;
  receipt(externalId: string, state: 'delivered' | 'failed'): Promise<void>;
  /** Messages after `seq` that the conversation's own side may see, oldest first. */
  read(conversationId: string, after: number, limit: number): Promise<OutboundMessage[]>;
  /** Calls back with messages after `seq`, in order, without gap or repetition, until the returned function is called. */
  follow(
    conversationId: string,
    after: number,
    onMessages: (messages: OutboundMessage[]) => void,
  ): () => void;
  resume: {
    issue(grant: Omit<ResumeGrant, 'resumeKey'>): Promise<string>;
    /** Gives a new key for the old one; undefined if it isn't valid (any more). */
    exchange(conversationId: string, resumeKey: string): Promise<ResumeGrant | undefined>;
  };
}

/** The contract that every channel keeps; test/contract/channel.ts tries each against it. */
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
  /** Redraws a message already sent, where the platform allows it. */
  update?(externalId: string, message: OutboundMessage): Promise<void>;
  /** Credentials of a signed-in person's own conversation. Only where browsers connect by themselves. */
  invite?(conversationId: string, account: Account, userId: string): Promise<Record<string, unknown>>;
}
