import { type Parcel, WireError } from './api.ts';
import { type Client, createClient } from './client.ts';
import type { Link, Phase } from './link.ts';
import { createSender, type Sender } from './sender.ts';
import type { Session } from './session.ts';
import { compose, type Entry, empty, entries, mark, merge, type Transcript, withdraw } from './transcript.ts';
import type { Activity } from './wire.ts';

/** A message older than this when the page comes back is not sent by itself: the moment has passed. */
const staleMs = 5 * 60_000;
/** The other side is told that the customer types at most this often. */
const typingEveryMs = 4000;
const standing: readonly Phase[] = ['connecting', 'live', 'polling'];

export interface ConversationEvents {
  changed(): void;
  link(link: Link): void;
  /** Activities that are no messages (typing), as they come. */
  other(activity: Activity): void;
  /** The old conversation is gone and a new one begins; returns the line that says so. */
  gone(): Entry;
  outbox(activities: Activity[]): void;
}

export interface Conversation {
  readonly transcript: Transcript;
  all(): Entry[];
  connect(): void;
  /** `hopeless`: it may not be sent, and says why. */
  say(activity: Activity, file?: File, hopeless?: string): void;
  /** The file of one's own message, while this page knows it; `watch` is told the share sent. */
  fileOf(key: string, watch?: (share: number) => void): File | undefined;
  /** Takes back what is not sent, or stops what is being sent. */
  withdraw(key: string): void;
  resend(key: string): void;
  restore(outbox: Activity[], now: number): void;
  typing(now: number): void;
}

/** What was said, what is on its way, and the connection under it. */
export function createConversation(session: Session, events: ConversationEvents): Conversation {
  return new Talk(session, events);
}

class Talk implements Conversation {
  transcript: Transcript = empty;
  #past: Entry[] = [];
  #lastTyping = 0;
  #waiting: (() => void)[] = [];
  readonly #parcels = new Map<string, Parcel & { stop(): void }>();
  readonly #session: Session;
  readonly #events: ConversationEvents;
  readonly #client: Client;
  readonly #sender: Sender;

  constructor(session: Session, events: ConversationEvents) {
    this.#session = session;
    this.#events = events;
    this.#client = createClient(session, {
      activities: (activities) => this.#take(activities),
      link: (link) => this.#linked(link),
      gone: () => this.#gone(),
    });
    this.#sender = createSender({
      ready: () => this.#ready(),
      post: (activity, parcel) => this.#post(activity, parcel),
    });
  }

  all(): Entry[] {
    return [...this.#past, ...entries(this.transcript)];
  }

  connect(): void {
    this.#client.open();
  }

  say(activity: Activity, file?: File, hopeless?: string): void {
    if (file) this.#pack(keyOf(activity), file);
    const composed = compose(this.transcript, activity);
    if (hopeless === undefined) {
      this.#set(composed);
      void this.#deliver(activity);
    } else this.#set(mark(composed, keyOf(activity), { state: 'failed', reason: hopeless, hopeless: true }));
  }

  fileOf(key: string, watch?: (share: number) => void): File | undefined {
    const parcel = this.#parcels.get(key);
    if (parcel && watch) parcel.progress = watch;
    return parcel?.file;
  }

  withdraw(key: string): void {
    this.#parcels.get(key)?.stop();
    this.#parcels.delete(key);
    this.#set(withdraw(this.transcript, key));
  }

  #pack(key: string, file: File): void {
    const stopper = new AbortController();
    const { signal } = stopper;
    this.#parcels.set(key, { file, signal, progress: () => undefined, stop: () => stopper.abort() });
  }

  resend(key: string): void {
    const entry = this.transcript.outgoing.find((one) => one.key === key && one.state === 'failed');
    if (!entry) return;
    this.#set(mark(this.transcript, key, { state: 'sending' }));
    void this.#deliver(entry.activity);
  }

  restore(outbox: Activity[], now: number): void {
    for (const activity of outbox) {
      const stale = now - Date.parse(activity.timestamp ?? '') > staleMs;
      this.#set(compose(this.transcript, activity));
      // A page doesn't keep a file over a reload.
      if (activity.attachments)
        this.#set(mark(this.transcript, keyOf(activity), { state: 'failed', hopeless: true }));
      else if (stale) this.#set(mark(this.transcript, keyOf(activity), { state: 'failed' }));
      else void this.#deliver(activity);
    }
  }

  typing(now: number): void {
    if (this.#client.link.phase !== 'live' || now - this.#lastTyping < typingEveryMs) return;
    this.#lastTyping = now;
    this.#session.post({ type: 'typing', from: { id: 'visitor' } }).catch(() => undefined);
  }

  #set(next: Transcript): void {
    if (next.outgoing !== this.transcript.outgoing) {
      const unsent = next.outgoing.filter((entry) => entry.state !== 'sent');
      this.#events.outbox(unsent.map((entry) => entry.activity));
    }
    this.transcript = next;
    this.#events.changed();
  }

  #take(activities: readonly Activity[]): void {
    this.#set(merge(this.transcript, activities));
    for (const activity of activities) if (activity.type !== 'message') this.#events.other(activity);
  }

  #linked(link: Link): void {
    if (standing.includes(link.phase)) {
      for (const go of this.#waiting) go();
      this.#waiting = [];
    }
    this.#events.link(link);
  }

  #gone(): void {
    // Ids may begin again in the new conversation: what was said in the old one gets keys of its own.
    const old = this.transcript.confirmed.map((entry) => ({
      ...entry,
      key: `${this.#past.length} ${entry.key}`,
    }));
    this.#past = [...this.#past, ...old, this.#events.gone()];
    this.#set({ ...this.transcript, confirmed: [] });
  }

  #ready(): Promise<void> {
    if (standing.includes(this.#client.link.phase)) return Promise.resolve();
    return new Promise((go) => this.#waiting.push(go));
  }

  async #post(activity: Activity, parcel?: Parcel): Promise<{ id: string }> {
    try {
      return await this.#session.post(activity, parcel);
    } catch (error) {
      if (error instanceof WireError && error.fault === 'gone') this.#client.lost();
      throw error;
    }
  }

  async #deliver(activity: Activity): Promise<void> {
    this.#client.open();
    // The share is told to whoever watches by then.
    const key = keyOf(activity);
    const packed = this.#parcels.get(key);
    const parcel = packed && { ...packed, progress: (share: number) => packed.progress(share) };
    const outcome = await this.#sender.send(activity, parcel);
    const known = outcome.state === 'sent' ? { activity: { ...activity, id: outcome.id } } : {};
    this.#set(mark(this.transcript, key, { ...outcome, ...known }));
  }
}

const keyOf = (activity: Activity) => activity.channelData?.clientActivityID ?? '';
