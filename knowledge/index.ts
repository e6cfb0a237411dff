import { KnowledgeBase } from './base.ts';

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
