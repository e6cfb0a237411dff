import type { Candidate, RetrieveOptions, Retriever } from './retrieval/retriever.ts';

/** An index outside, with what keeps it in step with the database. */
export interface RemoteIndex extends Retriever {
  changed(ids: Iterable<string>): void;
  allChanged(): void;
  isPending(entryId: string): boolean;
}

/** The candidates of every language in which a text is asked. @throws RetrieverError */
export async function candidatesOf(
  retriever: Retriever,
  text: string,
  languages: RetrieveOptions['language'][],
  options: Omit<RetrieveOptions, 'language'>,
): Promise<Map<string, number>> {
  const lists = languages.map((language) => retriever.retrieve(text, { ...options, language }));
  return new Map((await Promise.all(lists)).flat().map(({ entryId, score }: Candidate) => [entryId, score]));
}
