import { connectQdrant, type KnowledgeBase } from '../../knowledge/index.ts';
import { Loop } from '../conversation/loop.ts';
import type { Parts, Worker } from './parts.ts';

const RECONCILE_MS = 5 * 60_000;
const [FIRST_RETRY_MS, LAST_RETRY_MS] = [2_000, 60_000];

/** Connects Qdrant if it is configured, and keeps it in step with the database beside all other work. */
export async function keepQdrant(
  { config, log, metrics }: Parts,
  knowledge: KnowledgeBase,
): Promise<Worker[]> {
  if (!config.qdrant) return [];
  const fallback = metrics.counter(
    'knowledge_fallback_total',
    'Questions that the embedded index answered because Qdrant did not',
    ['reason'],
  );
  const partial = metrics.counter(
    'knowledge_embeddings_failed_total',
    'Questions asked of Qdrant by words alone because the embedding endpoint did not answer',
  );
  const repaired = metrics.counter(
    'knowledge_qdrant_repaired_total',
    'Points written or removed because they differed from the database',
    ['kind'],
  );
  const index = await connectQdrant(knowledge, {
    ...{ ...config.qdrant, embeddings: config.embeddings },
    onFallback: (reason) => fallback({ reason }),
    onPartial: () => partial({}),
    onDue: () => loop.nudge(),
  });
  let retryMs = FIRST_RETRY_MS;
  let retry: NodeJS.Timeout | undefined;
  const round = async (late: boolean) => {
    const { waiting, ...kinds } = await index.work({ reconcile: late });
    for (const [kind, count] of Object.entries(kinds)) if (count > 0) repaired({ kind }, count);
    retryMs = FIRST_RETRY_MS;
    // An entry that this process has yet to take up: it will have in a moment.
    if (waiting > 0) retry = setTimeout(() => loop.nudge(), FIRST_RETRY_MS);
    return false;
  };
  const loop = new Loop(round, RECONCILE_MS, (error) => {
    log.warn({ err: error, retryMs }, 'Qdrant could not be brought up to date; trying again');
    retry = setTimeout(() => loop.nudge(), retryMs);
    retryMs = Math.min(LAST_RETRY_MS, 2 * retryMs);
  });
  return [
    {
      name: 'qdrant',
      start: () => loop.start(),
      async stop() {
        clearTimeout(retry);
        index.stop();
        await loop.stop();
        clearTimeout(retry);
      },
      // What Qdrant lacks the embedded index has: this never makes the process unready.
      running: () => true,
    },
  ];
}
