import { KnowledgeBase as Base, type KnowledgeBase, knowledgeStream } from '../../knowledge/index.ts';
import type { Pipeline } from '../conversation/pipeline.ts';
import type { PolicyHolder } from '../policy/holder.ts';
import type { Parts } from './parts.ts';

/** The knowledge with the centre's wording variables in it. */
export function openKnowledge(parts: Parts, policy: PolicyHolder): KnowledgeBase {
  const { db, log } = parts;
  const knowledge = new Base({
    ...{ db, ...modelOf(parts) },
    variables: policy.current.policy.wording,
    onError: (error) => log.error({ err: error }, 'knowledge'),
  });
  policy.onChange(({ policy: { wording } }) => knowledge.setVariables(wording));
  return knowledge;
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
  knowledge: KnowledgeBase,
  after: number,
): () => void {
  const changed = (ids: string[]) =>
    knowledge.refresh(ids).catch((error) => {
      parts.log.error({ err: error, entries: ids }, 'A published change could not be taken up; trying again');
      setTimeout(() => void changed(ids), 1000);
    });
  return pipeline.events.follow(knowledgeStream, after, (events) => {
    void changed(events.map((e) => String(e.data.entryId)));
  });
}
