import { indexVersion } from '../retrieval/index.ts';
import { type ArtifactOptions, Artifacts, newHolder } from './artifacts.ts';
import { learnInThread } from './in-thread.ts';
import { Learner, type LearnerOptions } from './learner.ts';

export interface LearningOptions extends Pick<LearnerOptions, 'announce' | 'onError'> {
  db: ArtifactOptions['db'];
  now(): number;
}

/** Learns the embedded index in a thread and keeps it in the database. */
export function openLearner({ db, now, announce, onError }: LearningOptions): Learner {
  const artifacts = new Artifacts({ db, kind: `embedded:${indexVersion()}`, holder: newHolder(now()) });
  return new Learner({ artifacts, learn: learnInThread, announce, onError });
}
