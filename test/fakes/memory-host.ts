import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type {
  Account,
  Card,
  ChannelHost,
  FileOf,
  InboundFile,
  InboundMessage,
  OutboundMessage,
  ResumeGrant,
  Shelved,
} from '../../channels/channel.ts';

/** A thread as the memory keeps it. */
interface Thread {
  id: string;
  account: Account;
  key: string;
  locale: string;
  messages: OutboundMessage[];
  /** What came in besides messages. */
  signs: InboundMessage[];
  inbound: InboundMessage[];
  byExternalId: Map<string, OutboundMessage>;
  followers: Set<Follower>;
}

interface Follower {
  cursor: number;
  give: (messages: OutboundMessage[]) => void;
}

interface Kept extends Omit<ResumeGrant, 'resumeKey'> {
  hash: string;
  previous?: { hash: string; until: number };
}

/** A coded error as the product's host throws them. */
class CodedError extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, status: number) {
    super(code);
    this.code = code;
    this.status = status;
  }
}

const TYPES: [Buffer, string][] = [
  [Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'image/png'],
  [Buffer.from([0xff, 0xd8, 0xff]), 'image/jpeg'],
  [Buffer.from('%PDF-'), 'application/pdf'],
];

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');

/**
 * A ChannelHost in memory with the promises of the real one: sequence numbers without gap, repeats by external
 * id change nothing, followers get everything once and in order, resume keys rotate. For channels' own tests.
 */
export class MemoryHost implements ChannelHost {
  /** What `send` is given for an address, where that is more than its key. */
  readonly addresses = new Map<string, string>();
  readonly threads = new Map<string, Thread>();
  readonly cards = new Map<string, { conversationId: string; card: Card; outcome: string }>();
  readonly notes: string[] = [];
  /** Called after a message was taken in: a bot's place. */
  onMessage: (message: InboundMessage, seq: number) => void = () => undefined;
  /** Staff conversations whose person has signed out. */
  readonly left = new Set<string>();
  /** Answers 500-worthy trouble when set. */
  failure: Error | undefined;
  /** The status with which presses are refused when set. */
  refusal: number | undefined;
  accountList: Account[];
  #now: () => number;
  readonly #secret = randomBytes(32);
  readonly #kept = new Map<string, Kept>();

  constructor(accounts: Account[], now: () => number = () => Date.now()) {
    this.accountList = accounts;
    this.#now = now;
  }

  now(): number {
    return this.#now();
  }

  commands(locale: 'zh-CN' | 'en') {
    return locale === 'en'
      ? [{ name: 'help', description: 'help', example: 'help' }]
      : [{ name: 'help', description: '帮助', example: '帮助' }];
  }

  async attends(conversationId: string): Promise<boolean> {
    return !this.left.has(conversationId);
  }

  async accounts(): Promise<Account[]> {
    return this.accountList;
  }

  key(purpose: string): Buffer {
    return createHash('sha256').update(this.#secret).update(purpose).digest();
  }

  async thread(account: Account, key: string, locale: string, address?: string): Promise<string> {
    if (address !== undefined) this.addresses.set(`${account.id} ${key}`, address);
    for (const thread of this.threads.values()) {
      if (thread.account.id === account.id && thread.key === key) return thread.id;
    }
    const id = randomBytes(8).toString('hex');
    const empty = {
      messages: [],
      signs: [],
      inbound: [],
      byExternalId: new Map(),
      followers: new Set<Follower>(),
    };
    this.threads.set(id, { id, account, key, locale, ...empty });
    return id;
  }

  async move(account: Account, key: string, to: string): Promise<void> {
    const of = (wanted: string) =>
      [...this.threads.values()].find((each) => each.account.id === account.id && each.key === wanted);
    const thread = of(key);
    this.addresses.set(`${account.id} ${key}`, to);
    if (thread && !of(to)) thread.key = to;
  }

  async receive(account: Account, message: InboundMessage) {
    await null;
    if (this.failure) throw this.failure;
    const thread = this.threads.get(message.conversationId);
    if (!thread || thread.account.id !== account.id) throw new CodedError('not_found', 404);
    if (message.kind !== 'message') {
      thread.signs.push(message);
      return { id: '', seq: 0, repeated: false };
    }
    const before = message.externalId === undefined ? undefined : thread.byExternalId.get(message.externalId);
    if (before) return { id: before.id, seq: before.seq, repeated: true };
    const author = account.audience === 'staff' ? 'staff' : 'customer';
    const files = (message.files ?? []).map((file) => this.keep(thread.id, file));
    const stored = this.say(thread.id, message.text, {
      author,
      ...(files.length > 0 ? { files } : {}),
      ...(message.externalId ? { clientId: message.externalId } : {}),
    });
    if (message.externalId !== undefined) thread.byExternalId.set(message.externalId, stored);
    thread.inbound.push(message);
    this.onMessage(message, stored.seq);
    return { id: stored.id, seq: stored.seq, repeated: false };
  }

  /** Puts a message into a conversation and shows it to its followers. */
  say(conversationId: string, text: string, more: Partial<OutboundMessage> = {}): OutboundMessage {
    const thread = this.threads.get(conversationId);
    if (!thread) throw new CodedError('not_found', 404);
    const seq = thread.messages.length + 1;
    const id = `${conversationId}|${String(seq).padStart(7, '0')}`;
    const at = this.now();
    const message: OutboundMessage = {
      id,
      conversationId,
      seq,
      at,
      author: 'bot',
      kind: 'message',
      text,
      ...more,
    };
    thread.messages.push(message);
    for (const follower of thread.followers) this.#feed(thread, follower);
    return message;
  }

  /** An agent's typing sign: shown to who follows now, kept nowhere. */
  typing(conversationId: string, name: string): void {
    const sign = {
      id: '',
      conversationId,
      seq: 0,
      at: this.now(),
      author: 'agent',
      kind: 'typing',
      text: '',
    } as const;
    for (const { give } of this.threads.get(conversationId)?.followers ?? []) give([{ ...sign, name }]);
  }

  async press(
    conversationId: string,
    token: string,
    about: { note?: string; by?: string } = {},
  ): Promise<Card> {
    const { note } = about;
    if (this.refusal) throw new CodedError('refused', this.refusal);
    const button = this.cards.get(token);
    if (!button || button.conversationId !== conversationId) throw new CodedError('not_found', 404);
    if (note) this.notes.push(note);
    button.card = { ...button.card, outcome: button.card.outcome ?? button.outcome };
    for (const message of this.threads.get(conversationId)?.messages ?? [])
      if (message.card?.buttons?.some((each) => each.token === token)) message.card = button.card;
    return button.card;
  }

  /** What the platforms said of messages that were sent: `account externalId state`. */
  readonly receipts: string[] = [];

  async receipt(
    account: string,
    externalId: string,
    state: string,
    about: { address?: string | undefined } = {},
  ): Promise<void> {
    this.receipts.push([account, externalId, state, ...(about.address ? [about.address] : [])].join(' '));
  }

  readonly files = new Map<string, FileOf & { conversationId: string; bytes: Buffer }>();

  /** Stores a file as the product does: pictures and PDF, by their content. One that is only named stays a name. */
  keep(conversationId: string, file: InboundFile): FileOf {
    const bytes = 'bytes' in file ? file.bytes : Buffer.from('%PDF-');
    const type = TYPES.find(([magic]) => bytes.subarray(0, magic.length).equals(magic))?.[1];
    if (!type) throw new CodedError('unsupported_type', 415);
    const kept = { id: randomUUID(), name: file.name, type, size: bytes.length };
    this.files.set(kept.id, { ...kept, conversationId, bytes });
    return kept;
  }

  async file(conversationId: string, fileId: string) {
    const file = this.files.get(fileId);
    return file?.conversationId === conversationId ? file : undefined;
  }

  async read(conversationId: string, after: number, limit: number): Promise<OutboundMessage[]> {
    const messages = this.threads.get(conversationId)?.messages ?? [];
    return messages.filter(({ seq }) => seq > after).slice(0, limit);
  }

  follow(conversationId: string, after: number, give: (messages: OutboundMessage[]) => void): () => void {
    const thread = this.threads.get(conversationId);
    if (!thread) return () => undefined;
    const follower = { cursor: after, give };
    thread.followers.add(follower);
    queueMicrotask(() => this.#feed(thread, follower));
    return () => thread.followers.delete(follower);
  }

  #feed(thread: Thread, follower: Follower): void {
    if (!thread.followers.has(follower)) return;
    const news = thread.messages.filter(({ seq }) => seq > follower.cursor);
    if (news.length === 0) return;
    follower.cursor = news.at(-1)?.seq ?? follower.cursor;
    follower.give(news);
  }

  /** By account and name. */
  readonly shelved = new Map<string, Shelved>();
  readonly shelf = {
    put: async (account: string, name: string, value: string): Promise<void> => {
      if (this.failure) throw this.failure;
      const key = `${account} ${name}`;
      if (!this.shelved.has(key)) this.shelved.set(key, { name, value, at: this.now() });
    },
    set: async (account: string, name: string, value: string): Promise<void> => {
      if (this.failure) throw this.failure;
      this.shelved.set(`${account} ${name}`, { name, value, at: this.now() });
    },
    list: async (account: string, prefix: string): Promise<Shelved[]> =>
      [...this.shelved].filter(([key]) => key.startsWith(`${account} ${prefix}`)).map(([, item]) => item),
    take: async (account: string, names: string[]): Promise<void> => {
      for (const name of names) this.shelved.delete(`${account} ${name}`);
    },
  };

  readonly resume = {
    issue: async (grant: Omit<ResumeGrant, 'resumeKey'>): Promise<string> => this.#rotate(grant),
    exchange: async (conversationId: string, resumeKey: string): Promise<ResumeGrant | undefined> => {
      const kept = this.#kept.get(conversationId);
      if (!kept) return undefined;
      const hash = hashOf(resumeKey);
      const late = kept.previous?.hash === hash && kept.previous.until > this.now();
      if (kept.hash !== hash && !late) return undefined;
      const { userId, site } = kept;
      return { conversationId, userId, site, resumeKey: this.#rotate({ conversationId, userId, site }) };
    },
  };

  #rotate(grant: Omit<ResumeGrant, 'resumeKey'>): string {
    const key = randomBytes(24).toString('base64url');
    const before = this.#kept.get(grant.conversationId);
    const previous = before && { hash: before.hash, until: this.now() + 60_000 };
    this.#kept.set(grant.conversationId, { ...grant, hash: hashOf(key), ...(previous ? { previous } : {}) });
    return key;
  }
}
