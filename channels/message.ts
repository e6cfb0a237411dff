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

/** A stored file 附件 of a message. */
export interface FileOf {
  id: string;
  name: string;
  /** Media type, told by the content. */
  type: string;
  /** Bytes. */
  size: number;
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
  files?: FileOf[];
  /** The id that the sending client gave its own message. */
  clientId?: string;
  /** Sources, outcome, score: see `channelData.yingda` in docs/ARCHITECTURE.md. */
  data?: Record<string, unknown>;
}

/** A file that came in: its content, or where the channel can fetch it later (`fetchFile`). */
export type InboundFile = { name: string } & ({ bytes: Buffer } | { ref: string });

/** What came in, parsed and authenticated by the channel. */
export interface InboundMessage {
  conversationId: string;
  /**
   * On channels that we push to, `joined`: somebody opened the conversation, or opened it again; the bot greets a new
   * one. `left`: they have blocked us or put us out, and nothing is sent there until they join or write.
   */
  kind: 'message' | 'edit' | 'delete' | 'typing' | 'joined' | 'left';
  text: string;
  /** The platform's id of this message; a second one with the same id changes nothing. */
  externalId?: string;
  /** What a pressed form or menu button carried, when it isn't plain text. */
  value?: unknown;
  files?: InboundFile[];
  /**
   * Who said it, where several people share the conversation, and only there: the key of their own 1:1 address on this
   * account, and the name that the platform shows.
   */
  sender?: { key: string; name?: string };
  /**
   * The platform, or its rules, take it for a word that opts out of what we start ourselves 退订, or in again.
   * `confirmed`: the platform has told them so itself, and we needn't.
   */
  opts?: { to: 'out' | 'in'; confirmed: boolean };
  locale?: string;
  /** Names the request that brought it, in all logs from here to the delivery of its answer. */
  trace?: string;
}

export type Receipt = { id: string; seq: number; repeated: boolean };
