import { buildIndex, type Entry } from '../retrieval/index.ts';
import type { KnowledgeRetrieverInput } from './retriever.ts';

/** Entries from a file as a knowledge for `KnowledgeRetriever`: without database, always valid. */
export function knowledgeOf(entries: readonly Entry[]): KnowledgeRetrieverInput['knowledge'] {
  const index = buildIndex(entries);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return {
    async search(text, { limit = 5 }) {
      return index.search(text, { limit }).flatMap(({ entryId, score }) => {
        const entry = byId.get(entryId);
        if (!entry) return [];
        const { id, title, language, body } = entry;
        return [{ entry: { id, title, language, body, short: body, action: null, validTo: null }, score }];
      });
    },
  };
}
