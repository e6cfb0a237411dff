import type { KnowledgeBase } from './base.ts';
import type { EmbeddingsOptions } from './retrieval/dense/embeddings.ts';
import type { QdrantIndex, QdrantOptions } from './retrieval/qdrant/index.ts';
import type { RetrieverFault } from './retrieval/retriever.ts';

export interface QdrantSettings
  extends Pick<QdrantOptions, 'url' | 'apiKey' | 'name' | 'onPartial' | 'onDue' | 'queryMs'> {
  embeddings?: EmbeddingsOptions | undefined;
  /** Qdrant could not answer a question; the embedded index did. */
  onFallback?(reason: RetrieverFault | 'unexpected'): void;
}

/**
 * Lets a knowledge be asked through Qdrant from now on. Fills nothing yet: that is what `work` of the result does.
 * Neither Qdrant's client nor LangChain is loaded before.
 */
export async function connectQdrant(
  knowledge: KnowledgeBase,
  { embeddings, onFallback = () => {}, ...settings }: QdrantSettings,
): Promise<QdrantIndex> {
  const [{ QdrantIndex }, { openEmbeddings }] = await Promise.all([
    import('./retrieval/qdrant/index.ts'),
    import('./retrieval/dense/embeddings.ts'),
  ]);
  const embedder = embeddings && (await openEmbeddings(embeddings));
  const index = await QdrantIndex.open({ ...settings, ...knowledge.source, embedder });
  knowledge.attach(index, onFallback);
  return index;
}
