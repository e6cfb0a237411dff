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

export { connectQdrant } from './remote.ts';
export type { Cited, Knowledge, RemoteQuestion, Reply } from './reply.ts';
export type { QdrantIndex } from './retrieval/qdrant/index.ts';
export { checkWording, WordingError } from './wording.ts';
export { KnowledgeBase };
