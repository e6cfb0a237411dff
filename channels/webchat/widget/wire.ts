/**
 * The part of the Direct Line 3.0 wire that the widget speaks.
 * Source: Microsoft "Direct Line API 3.0" reference and the Bot Framework Activity schema.
 * Everything is optional that a foreign server may leave out: the widget shows what it can.
 */
export interface Activity {
  type: string;
  id?: string;
  /** ISO 8601 instant at which the server took the activity in. */
  timestamp?: string;
  from?: { id?: string; name?: string; role?: string };
  text?: string;
  textFormat?: string;
  speak?: string;
  value?: unknown;
  locale?: string;
  attachments?: Attachment[];
  suggestedActions?: { actions?: CardAction[] };
  channelData?: ChannelData;
}

export interface ChannelData {
  /** The sender's own id for the activity: the server answers a repeat with the first id. */
  clientActivityID?: string;
  messageBack?: { displayText?: string };
  postBack?: boolean;
  /** Bytes of the attachments, in their order. */
  attachmentSizes?: number[];
  yingda?: {
    outcome?: string;
    entryIds?: string[];
    score?: number;
    sources?: { id: string; title: string }[];
    author?: 'bot' | 'agent' | 'system';
  };
}

export interface Attachment {
  contentType?: string;
  /** Where a file is, for some hours; missing while it is still on its way. */
  contentUrl?: string;
  name?: string;
  content?: unknown;
  fallbackText?: string;
}

/** A button (按钮) of a message, as in the Bot Framework's CardAction. */
export interface CardAction {
  type?: string;
  title?: string;
  value?: unknown;
  text?: string;
  displayText?: string;
}

export interface ActivitySet {
  activities?: Activity[];
  watermark?: string;
}

/** Answer of every token and conversation endpoint; `expires_in` in seconds. */
export interface ConversationInfo {
  conversationId: string;
  token: string;
  expires_in?: number;
  streamUrl?: string;
  resumeKey?: string;
}

/** Public data of a site (站点): how it is called and greets. */
export interface SiteInfo {
  site: string;
  name: string;
  locale?: string;
  /** CSS hex colour, `#rrggbb`. */
  accent?: string;
  greeting?: string;
}
