import { KnowledgeBase } from './base.ts';

export { announceLearned } from './learning/artifacts.ts';
export type { Learner } from './learning/learner.ts';
export { type LearningOptions, openLearner } from './learning/open.ts';

export {
  type Draft,
  findEntries,
  knowledgeStream,
  type PublishResult,
  publish,
  readEntries,
  type StoredEntry,
} from './library.ts';

export type { Cited, Knowledge, Reply } from './reply.ts';
export { checkWording, WordingError } from './wording.ts';
export { KnowledgeBase };
