import type { Entity } from './html.ts';

/** A call that the Bot API refuses. */
export class Refusal extends Error {
  readonly code: number;
  readonly parameters: Record<string, number> | undefined;

  constructor(code: number, description: string, parameters?: Record<string, number>) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export interface Upload {
  name: string;
  bytes: Buffer;
}

export interface Sent {
  message_id: number;
  from: number;
  kind: 'message' | 'update' | 'typing';
  text: string;
  entities: Entity[];
  keyboard: { text: string; callback_data: string }[][];
  file?: Upload & { as: 'photo' | 'document' };
}

export interface Chat {
  id: number;
  type: 'private' | 'group' | 'supergroup';
  nextId: number;
  messages: Map<number, Sent>;
  /** What the bot did here, in order. */
  sent: Sent[];
  movedTo?: number;
  refusal?: Refusal;
}

export type Update = { update_id: number } & Record<string, unknown>;

/** One bot as Telegram keeps it. */
export interface FakeBot {
  id: number;
  token: string;
  username: string;
  webhook: { url: string; secret: string; kinds: string[] } | undefined;
  lastError?: { at: number; message: string };
  /** What it offers after a slash, by language; '' for all others. */
  commands: Map<string, { command: string; description: string }[]>;
  /** Updates that were not acknowledged yet. */
  queue: Update[];
  /** A getUpdates that waits; a second one ends it with 409. */
  waiting?: ((conflict?: boolean) => void) | undefined;
  nextUpdate: number;
  chats: Map<number, Chat>;
  files: Map<string, Upload>;
  /** Pressed buttons that wait for answerCallbackQuery, and what it showed. */
  asked: Set<string>;
  notes: string[];
  /** The same by the press's id. */
  answers: Map<string, string>;
}
