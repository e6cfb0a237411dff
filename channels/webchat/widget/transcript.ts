import type { Activity } from './wire.ts';

/** A message (消息) as the log shows it. */
export interface Entry {
  /** Stable over the life of the page: our own message keeps it from typing to echo. */
  key: string;
  activity: Activity;
  state: 'sending' | 'failed' | 'sent';
  /** Why it was not sent, in the server's words or a fault of the file; only with `failed`. */
  reason?: string;
  /** It can only be taken away: the file is not to be had any more, or may not be sent. */
  hopeless?: boolean;
}

/**
 * Everything said, in the server's order, and after it what is still on its way out.
 * `confirmed` follows the stream; `outgoing` follows the customer's typing.
 */
export interface Transcript {
  confirmed: readonly Entry[];
  outgoing: readonly Entry[];
}

export const empty: Transcript = { confirmed: [], outgoing: [] };

const clientId = (activity: Activity) => activity.channelData?.clientActivityID;
const same = (a: string | undefined, b: string | undefined) => a !== undefined && a === b;

/** The log from top to bottom. */
export function entries(transcript: Transcript): Entry[] {
  return [...transcript.confirmed, ...transcript.outgoing];
}

/** Adds what the customer just sent; `clientActivityID` must be set: it is what makes a resend harmless. */
export function compose(transcript: Transcript, activity: Activity): Transcript {
  const entry: Entry = { key: clientId(activity) ?? '', activity, state: 'sending' };
  return { ...transcript, outgoing: [...transcript.outgoing, entry] };
}

/** Takes back what is not sent. */
export function withdraw(transcript: Transcript, key: string): Transcript {
  return { ...transcript, outgoing: transcript.outgoing.filter((entry) => entry.key !== key) };
}

/** Marks an outgoing message as sending, failed or sent (the server's id known, the echo not here yet). */
export function mark(transcript: Transcript, key: string, change: Partial<Omit<Entry, 'key'>>): Transcript {
  const outgoing = transcript.outgoing.map((entry) => {
    if (entry.key !== key) return entry;
    const { reason: _, ...rest } = entry;
    return { ...rest, ...change };
  });
  return { ...transcript, outgoing };
}

/**
 * Takes in a frame of the stream. What is known by id changes in place (a card after its decision), so a frame
 * that comes twice changes nothing; the echo of an own message takes it out of `outgoing`.
 */
export function merge(transcript: Transcript, activities: readonly Activity[]): Transcript {
  const confirmed = [...transcript.confirmed];
  const places = new Map(confirmed.map((entry, index) => [entry.activity.id, index]));
  let outgoing = transcript.outgoing;
  for (const activity of activities) {
    if (activity.type !== 'message' || !activity.id) continue;
    const place = places.get(activity.id);
    const known = place === undefined ? undefined : confirmed[place];
    if (place !== undefined && known) {
      confirmed[place] = { ...known, activity };
      continue;
    }
    const own = outgoing.find(
      (entry) => same(clientId(entry.activity), clientId(activity)) || same(entry.activity.id, activity.id),
    );
    if (own) outgoing = outgoing.filter((entry) => entry !== own);
    places.set(activity.id, confirmed.length);
    confirmed.push({ key: own?.key ?? activity.id, activity, state: 'sent' });
  }
  return { confirmed, outgoing };
}

/** Messages of others that came after the one last seen: the badge's figure (未读). Unknown `seenId` counts all. */
export function unread(transcript: Transcript, seenId: string | undefined): number {
  const seen = transcript.confirmed.findLastIndex((entry) => same(entry.activity.id, seenId));
  return transcript.confirmed.slice(seen + 1).filter((entry) => !isOwn(entry.activity)).length;
}

/** The customer's own message: the server sets the role, a message not yet echoed has none. */
export function isOwn(activity: Activity): boolean {
  return (activity.from?.role ?? 'user') === 'user';
}
