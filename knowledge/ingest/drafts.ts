import { createHash } from 'node:crypto';
import type { DocumentInterface } from '@langchain/core/documents';
import { type Entry, languageOf } from '../retrieval/index.ts';

/** Whatever cuts documents into pieces: any LangChain text splitter does. */
export interface Splitter {
  splitDocuments(documents: DocumentInterface[]): Promise<DocumentInterface[]>;
}

/** An entry that an editor has yet to review, with the place that it was taken from. */
export type DraftEntry = Entry & { source: string };

const LONGEST_TITLE = 80;
const HEADING = /^#{1,6}[ \t]+(.+?)[ \t#]*$/m;
const FIRST_SENTENCE = /^.+?(?=[\n。！？!?]|\.\s|$)/;

/**
 * Documents, as LangChain's loaders give them, cut into drafts of entries: title from the piece's heading, or its first
 * sentence; no similar questions, which are for editors to write. Ids follow from source and text, so that the same
 * document again gives the same drafts.
 */
export async function draftsOf(documents: DocumentInterface[], splitter: Splitter): Promise<DraftEntry[]> {
  const pieces = await splitter.splitDocuments(documents);
  const drafts = pieces.flatMap(({ pageContent, metadata }): DraftEntry[] => {
    const title = titleOf(pageContent);
    const body = pageContent.replace(HEADING, '').trim();
    if (title === '' || body === '') return [];
    const source = String(metadata.source ?? '');
    const id = `draft-${createHash('sha256').update(`${source}\n${pageContent}`).digest('hex').slice(0, 12)}`;
    return [{ id, language: languageOf(pageContent), title, questions: [], body, source }];
  });
  return [...new Map(drafts.map((draft) => [draft.id, draft])).values()];
}

function titleOf(text: string): string {
  const title = HEADING.exec(text)?.[1] ?? FIRST_SENTENCE.exec(text.trim())?.[0] ?? '';
  return [...title.trim()].slice(0, LONGEST_TITLE).join('');
}
