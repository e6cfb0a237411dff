import type { Locale } from './i18n/index.ts';
import { type Entry, isOwn } from './transcript.ts';
import type { Activity } from './wire.ts';

/** How long "is typing" stands after the last sign of it, in milliseconds. */
const typingMs = 6000;

let lines = 0;

/** A line that the widget itself says: the greeting, or that a new conversation has begun. */
export function lineOf(text: string, author: 'bot' | 'system'): Entry {
  lines += 1;
  const channelData = { yingda: { author } };
  return {
    key: `line ${lines}`,
    activity: { type: 'message', text, from: { role: 'bot' }, channelData },
    state: 'sent',
  };
}

/** The customer's message, ready to send. */
export function newMessage(says: Activity, locale: Locale): Activity {
  const channelData = { ...says.channelData, clientActivityID: newId() };
  return { ...says, from: { id: 'visitor' }, locale, timestamp: new Date().toISOString(), channelData };
}

/** randomUUID exists on https pages only, and an operator's test site may be plain http. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

export interface Typing {
  /** Only news count: a typing sign in the history is long over. */
  listen(now: boolean): void;
  take(activity: Activity): void;
  stop(): void;
}

export function typingOf(
  nameOf: (activity: Activity) => string,
  show: (name: string | undefined) => void,
): Typing {
  let listening = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(timer);
    show(undefined);
  };
  return {
    listen: (now) => {
      listening = now;
    },
    take(activity) {
      if (activity.type !== 'typing' || isOwn(activity) || !listening) return;
      show(nameOf(activity));
      clearTimeout(timer);
      timer = setTimeout(stop, typingMs);
    },
    stop,
  };
}
