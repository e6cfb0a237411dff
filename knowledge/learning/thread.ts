import { parentPort } from 'node:worker_threads';
import { RetrievalIndex } from '../retrieval/index.ts';
import { atOnce } from '../retrieval/slices.ts';
import type { FromThread, ToThread } from './messages.ts';

/** What runs in the thread: entries come in small parts, the learned index goes back in one. */
let index: RetrievalIndex | undefined;
parentPort?.on('message', ({ entries, synonyms, last }: ToThread) => {
  index ??= new RetrievalIndex({ synonyms: synonyms ?? [] });
  // Taken up as they come: their texts would be as much memory again.
  for (const entry of entries) index.stage(entry);
  if (last) void learned(index);
});

async function learned(index: RetrievalIndex): Promise<void> {
  atOnce(index.settling());
  index.train();
  // A buffer of its own can be handed over; one of Node's pool can't.
  const bytes = new Uint8Array(await index.freeze());
  parentPort?.postMessage({ bytes, fingerprint: index.fingerprint } satisfies FromThread, [bytes.buffer]);
}
