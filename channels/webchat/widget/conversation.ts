import { WireError } from './api.ts';
import { createClient } from './client.ts';
import type { Link, Phase } from './link.ts';
import { createSender } from './sender.ts';
import type { Session } from './session.ts';
import { compose, type Entry, empty, entries, mark, merge, type Transcript } from './transcript.ts';
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
  say(activity: Activity): void;
  resend(key: string): void;
  restore(outbox: Activity[], now: number): void;
  typing(now: number): void;
}

/** What was said, what is on its way, and the connection under it. */
export function createConversation(session: Session, events: ConversationEvents): Conversation {
  let transcript = empty;
  let past: Entry[] = [];
  let lastTyping = 0;
  let waiting: (() => void)[] = [];

  const set = (next: Transcript) => {
    if (next.outgoing !== transcript.outgoing) {
      events.outbox(next.outgoing.filter((entry) => entry.state !== 'sent').map((entry) => entry.activity));
    }
    transcript = next;
    events.changed();
  };
  const client = createClient(session, {
    activities(activities) {
      set(merge(transcript, activities));
      for (const activity of activities) if (activity.type !== 'message') events.other(activity);
    },
    link(link) {
      if (standing.includes(link.phase)) {
        for (const go of waiting) go();
        waiting = [];
      }
      events.link(link);
    },
    gone() {
      // Ids may begin again in the new conversation: what was said in the old one gets keys of its own.
      const old = transcript.confirmed.map((entry) => ({ ...entry, key: `${past.length} ${entry.key}` }));
      past = [...past, ...old, events.gone()];
      set({ ...transcript, confirmed: [] });
    },
  });
  const sender = createSender({
    ready: () =>
      standing.includes(client.link.phase) ? Promise.resolve() : new Promise((go) => waiting.push(go)),
    post: (activity) =>
      session.post(activity).catch((error: unknown) => {
        if (error instanceof WireError && error.fault === 'gone') client.lost();
        throw error;
      }),
  });
  const deliver = async (activity: Activity) => {
    client.open();
    const key = activity.channelData?.clientActivityID ?? '';
    const outcome = await sender.send(activity);
    const known = outcome.state === 'sent' ? { activity: { ...activity, id: outcome.id } } : {};
    set(mark(transcript, key, { ...outcome, ...known }));
  };
  return {
    get transcript() {
      return transcript;
    },
    all: () => [...past, ...entries(transcript)],
    connect: () => client.open(),
    say(activity) {
      set(compose(transcript, activity));
      void deliver(activity);
    },
    resend(key) {
      const entry = transcript.outgoing.find((one) => one.key === key && one.state === 'failed');
      if (!entry) return;
      set(mark(transcript, key, { state: 'sending' }));
      void deliver(entry.activity);
    },
    restore(outbox, now) {
      for (const activity of outbox) {
        const stale = now - Date.parse(activity.timestamp ?? '') > staleMs;
        const key = activity.channelData?.clientActivityID ?? '';
        set(compose(transcript, activity));
        if (stale) set(mark(transcript, key, { state: 'failed' }));
        else void deliver(activity);
      }
    },
    typing(now) {
      if (client.link.phase !== 'live' || now - lastTyping < typingEveryMs) return;
      lastTyping = now;
      session.post({ type: 'typing', from: { id: 'visitor' } }).catch(() => undefined);
    },
  };
}
