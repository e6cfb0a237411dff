import {
  announceLearned,
  KnowledgeBase as Base,
  type KnowledgeBase,
  knowledgeStream,
  type Learner,
  openLearner,
} from '../../knowledge/index.ts';
import type { hot } from '../../prisma/client.ts';
import type { Pipeline } from '../conversation/pipeline.ts';
import type { PolicyHolder } from '../policy/holder.ts';
import type { Parts } from './parts.ts';

/** The knowledge with the centre's wording variables in it. */
export function openKnowledge(
  parts: Parts,
  policy: PolicyHolder,
  publish: (events: hot.EventRow[]) => void,
): { knowledge: KnowledgeBase; learner: Learner } {
  const { db, log, clock } = parts;
  const onError = (error: unknown, what = 'knowledge') => log.error({ err: error }, what);
  const learner = openLearner({
    ...{ db, onError, now: clock.now },
    announce: async (unit, hash) => {
      const events = await announceLearned(unit, knowledgeStream, hash, clock.now());
      unit.afterCommit(() => publish(events));
    },
  });
  const variables = policy.current.policy.wording;
  const knowledge = new Base({ ...{ db, learner, variables, onError, fewEntries: 500 }, ...modelOf(parts) });
  policy.onChange(({ policy: { wording } }) => knowledge.setVariables(wording));
  return { knowledge, learner };
}

/** The language model of the settings, and how its calls and its sentences are counted. */
function modelOf({ config: { model }, metrics }: Parts) {
  if (!model) return {};
  const calls = metrics.counter('model_calls_total', 'Calls of the language model, by how they ended', [
    'outcome',
  ]);
  const help = 'Sentences of the language model, by what was wrong with them (none: sent)';
  const sentences = metrics.counter('model_sentences_total', help, ['fault']);
  return {
    model: {
      ...model,
      onCall: (outcome: string) => calls({ outcome }),
      onVerdict: (fault: string) => sentences({ fault }),
    },
  };
}

/** Takes up what any process publishes, from `after` on. Returns how to stop. */
export function followKnowledge(
  parts: Parts,
  pipeline: Pipeline,
  { knowledge, learner }: { knowledge: KnowledgeBase; learner: Learner },
  after: number,
): () => void {
  const takeUp = (what: object, work: () => Promise<void>): Promise<void> =>
    work().catch((error) => {
      parts.log.error({ err: error, ...what }, 'A published change could not be taken up; trying again');
      setTimeout(() => void takeUp(what, work), 1000);
    });
  return pipeline.events.follow(knowledgeStream, after, (events) => {
    const ids = events.flatMap((e) => (e.type === 'published' ? [String(e.data.entryId)] : []));
    const some = (type: string) => events.some((e) => e.type === type);
    if (ids.length > 0) void takeUp({ entries: ids }, () => knowledge.refresh(ids));
    if (some('synonyms')) void takeUp({ synonyms: true }, () => knowledge.refreshSynonyms());
    if (some('learned')) learner.told();
  });
}
