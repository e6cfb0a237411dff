import type { Message } from '../api/types.ts';

/** A file that was uploaded to go with a reply. */
export interface SentFile {
  id: string;
  name: string;
}

/** Something of mine on its way: shown at once, replaced by the stored message when that arrives. */
export interface Outgoing {
  /** The same at every attempt. */
  clientId: string;
  kind: 'reply' | 'note';
  text: string;
  files: readonly SentFile[];
  /** Epoch milliseconds. */
  at: number;
  state: 'sending' | 'sent' | 'failed';
  why?: string;
  seq?: number;
}

/** 会话记录 as this page holds it: what is stored, by seq, and what is on its way. */
export interface Transcript {
  messages: readonly Message[];
  outgoing: readonly Outgoing[];
  /** Until when the customer counts as typing; epoch milliseconds of this browser. */
  typingUntil: number;
}

export const emptyTranscript: Transcript = { messages: [], outgoing: [], typingUntil: 0 };

/** Customers' clients repeat the sign every few seconds while somebody types. */
const TYPING_MS = 6000;

/** Stored messages, in any order, known ones again: the newer state of one counts. */
export function received(transcript: Transcript, incoming: readonly Message[]): Transcript {
  if (incoming.length === 0) return transcript;
  const bySeq = new Map(transcript.messages.map((each) => [each.seq, each]));
  for (const message of incoming) bySeq.set(message.seq, message);
  const messages = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  const fresh = incoming.filter(({ seq }) => !transcript.messages.some((each) => each.seq === seq));
  const outgoing = transcript.outgoing.filter((entry) =>
    entry.seq === undefined ? !fresh.some((message) => carries(message, entry)) : !bySeq.has(entry.seq),
  );
  const spoke = incoming.some(({ author }) => author === 'customer');
  return { messages, outgoing, typingUntil: spoke ? 0 : transcript.typingUntil };
}

/** The live stream may bring my words before the answer that tells their seq: they are not shown twice till then. */
function carries({ author, visibility, text, files }: Message, entry: Outgoing): boolean {
  const kind = visibility === 'staff' ? 'note' : 'reply';
  const same = text === entry.text.trim() && files[0]?.id === entry.files[0]?.id;
  return author === 'agent' && entry.state === 'sending' && kind === entry.kind && same;
}

export function typed(transcript: Transcript, now: number): Transcript {
  return { ...transcript, typingUntil: now + TYPING_MS };
}

/** A first attempt, or another one at what had failed. */
export function sending(transcript: Transcript, { why: _, ...entry }: Outgoing): Transcript {
  const own = { ...entry, state: 'sending' as const };
  const known = transcript.outgoing.some(({ clientId }) => clientId === own.clientId);
  const outgoing = known
    ? transcript.outgoing.map((each) => (each.clientId === own.clientId ? own : each))
    : [...transcript.outgoing, own];
  return { ...transcript, outgoing };
}

/** The server has it as `seq`; it may have come by the live stream before. */
export function sent(transcript: Transcript, clientId: string, seq: number): Transcript {
  if (transcript.messages.some((each) => each.seq === seq)) return discarded(transcript, clientId);
  return change(transcript, clientId, (each) => ({ ...each, state: 'sent', seq }));
}

export function failed(transcript: Transcript, clientId: string, why: string): Transcript {
  return change(transcript, clientId, (each) => ({ ...each, state: 'failed', why }));
}

export function discarded(transcript: Transcript, clientId: string): Transcript {
  return { ...transcript, outgoing: transcript.outgoing.filter((each) => each.clientId !== clientId) };
}

function change(transcript: Transcript, clientId: string, to: (each: Outgoing) => Outgoing): Transcript {
  const outgoing = transcript.outgoing.map((each) => (each.clientId === clientId ? to(each) : each));
  return { ...transcript, outgoing };
}
