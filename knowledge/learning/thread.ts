import { parentPort } from 'node:worker_threads';
import { buildIndex, type Entry } from '../retrieval/index.ts';
import type { FromThread, ToThread } from './messages.ts';

/** What runs in the thread: entries come in small parts, the learned index goes back in one. */
const entries: Entry[] = [];
parentPort?.on('message', (message: ToThread) => {
  entries.push(...message.entries);
  if (!message.last) return;
  const index = buildIndex(entries, { synonyms: message.synonyms });
  index.freeze().then((frozen) => {
    // A buffer of its own can be handed over; one of Node's pool can't.
    const bytes = new Uint8Array(frozen);
    parentPort?.postMessage({ bytes, fingerprint: index.fingerprint } satisfies FromThread, [bytes.buffer]);
  });
});
