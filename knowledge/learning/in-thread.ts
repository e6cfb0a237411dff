import { setImmediate as giveWay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Entry } from '../retrieval/index.ts';
import type { Content, FromThread, ToThread } from './messages.ts';

/** Copying an entry for the thread takes some 10 µs: this many at once hold nobody up. */
const PART = 50;

/** The bundle has the thread as a program of its own beside it. */
function startThread(): Worker {
  const program = import.meta.url.endsWith('.ts') ? './from-sources.mjs' : './server-learning.js';
  return new Worker(new URL(program, import.meta.url), { execArgv: [] });
}

/**
 * Learns entries in a thread of its own; gives the frozen index and its fingerprint. Rejects if the thread fails or
 * `stop` fires.
 */
export async function learnInThread({ entries, synonyms }: Content, stop: AbortSignal): Promise<FromThread> {
  stop.throwIfAborted();
  const thread = startThread();
  // What it does is worth nothing to a process that wants to end.
  thread.unref();
  const end = () => void thread.terminate();
  stop.addEventListener('abort', end);
  try {
    const answer = new Promise<FromThread>((resolve, reject) => {
      thread.once('message', resolve);
      thread.once('error', reject);
      thread.once('exit', (code) => reject(new Error(`the thread that learns ended with ${code}`)));
    });
    answer.catch(() => {});
    thread.postMessage({ entries: [], synonyms, last: false } satisfies ToThread);
    let part: Entry[] = [];
    for (const entry of entries) {
      if (part.push(entry) < PART) continue;
      thread.postMessage({ entries: part, last: false } satisfies ToThread);
      part = [];
      await giveWay();
    }
    thread.postMessage({ entries: part, last: true } satisfies ToThread);
    return await answer;
  } finally {
    stop.removeEventListener('abort', end);
    await thread.terminate();
  }
}
