import type { KnowledgeBase } from './base.ts';
import type { EmbeddingsOptions } from './retrieval/dense/embeddings.ts';
import type { QdrantIndex, QdrantOptions } from './retrieval/qdrant/index.ts';
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

export interface QdrantSettings
  extends Pick<QdrantOptions, 'url' | 'apiKey' | 'name' | 'onPartial' | 'onDue' | 'queryMs'> {
  embeddings?: EmbeddingsOptions | undefined;
}

/**
 * Lets a knowledge be asked through Qdrant from now on. Fills nothing yet: that is what `work` of the result does.
 * Neither Qdrant's client nor LangChain is loaded before.
 */
export async function connectQdrant(
  knowledge: KnowledgeBase,
  { embeddings, ...settings }: QdrantSettings,
): Promise<QdrantIndex> {
  const [{ QdrantIndex }, { openEmbeddings }] = await Promise.all([
    import('./retrieval/qdrant/index.ts'),
    import('./retrieval/dense/embeddings.ts'),
  ]);
  const embedder = embeddings && (await openEmbeddings(embeddings));
  const index = await QdrantIndex.open({ ...settings, ...knowledge.source, embedder });
  knowledge.attach(index);
  return index;
}
