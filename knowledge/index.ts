import { KnowledgeBase, type KnowledgeOptions } from './base.ts';

export { askInContext } from './answer/follow-up.ts';
export { type CallOutcome, ModelError } from './answer/model.ts';
export type { Suggestion } from './answer/suggest.ts';
export { importEntries, statesOf, undoImport } from './import.ts';
export { announceLearned } from './learning/artifacts.ts';
export type { Learner } from './learning/learner.ts';
export { type LearningOptions, openLearner } from './learning/open.ts';
export {
  addEntry,
  type Draft,
  findEntries,
  knowledgeStream,
  type NewEntry,
  type PublishResult,
  pagesOfEntries,
  publish,
  readEntries,
  type StoredEntry,
  setStanding,
} from './library.ts';

export { connectQdrant } from './remote.ts';
export type { Asked, Cited, Composed, Knowledge, Reply } from './reply.ts';
export { toSimplified } from './retrieval/characters.ts';
export { languageOf } from './retrieval/index.ts';
export type { QdrantIndex } from './retrieval/qdrant/index.ts';
export {
  addSynonyms,
  changeSynonyms,
  faultOf,
  listSynonyms,
  type SynonymFault,
  type SynonymsResult,
} from './synonyms.ts';
export { checkWording, WordingError } from './wording.ts';
export { KnowledgeBase, type KnowledgeOptions };
