import type { Heard } from '../conversation/turn.ts';
import type { SentFile, Talk } from './talk.ts';

/** What was sent shortly before a form is part of what the form is about. */
const BELONGS_MS = 3_600_000;
const MOST = 10;

/** Keeps in mind what the customer sent, for the ticket that may come of it. */
export function keepFiles({ memory, turn }: Talk, heard: readonly Heard[]): void {
  const sent = heard.flatMap(({ files = [] }) => files.map(({ id, name }) => ({ id, name, at: turn.now })));
  if (sent.length > 0) memory.files = [...(memory.files ?? []), ...sent].slice(-MOST);
}

/** The files that belong to a form handed in now; they are not another one's. */
export function takeFiles({ memory, turn }: Talk): SentFile[] {
  const files = memory.files ?? [];
  delete memory.files;
  return files.filter(({ at }) => turn.now - at <= BELONGS_MS);
}
