import { KnowledgeBase as Base, type KnowledgeBase, knowledgeStream } from '../../knowledge/index.ts';
import type { Pipeline } from '../conversation/pipeline.ts';
import type { PolicyHolder } from '../policy/holder.ts';
import type { Parts } from './parts.ts';

/** The knowledge with the centre's wording variables in it. */
export function openKnowledge({ db, log }: Parts, policy: PolicyHolder): KnowledgeBase {
  const knowledge = new Base({
    db,
    variables: policy.current.policy.wording,
    onError: (error) => log.error({ err: error }, 'knowledge'),
  });
  policy.onChange(({ policy: { wording } }) => knowledge.setVariables(wording));
  return knowledge;
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
