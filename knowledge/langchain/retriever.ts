import type { CallbackManagerForRetrieverRun } from '@langchain/core/callbacks/manager';
import { Document } from '@langchain/core/documents';
import { BaseRetriever, type BaseRetrieverInput } from '@langchain/core/retrievers';
import type { Found } from '../base.ts';

export interface KnowledgeRetrieverInput extends BaseRetrieverInput {
  /** The knowledge: `KnowledgeBase`. */
  knowledge: {
    search(text: string, options: { today: string; limit?: number; signal?: AbortSignal }): Promise<Found[]>;
  };
  /** YYYY-MM-DD in the centre's time zone, at the time of a question. */
  today(): string;
  /** How many documents; default 5. */
  limit?: number;
}

/** What a document says of the entry that it is made of. */
export type EntryMetadata = {
  id: string;
  title: string;
  language: 'zh' | 'en';
  /** Last valid day, if the entry ends. */
  validTo: string | null;
  score: number;
};

/**
 * The knowledge as a LangChain retriever: the approved wording of entries that are published and valid today, best
 * first, from Qdrant if it is configured and answers, else from the embedded index.
 */
export class KnowledgeRetriever extends BaseRetriever<EntryMetadata> {
  lc_namespace = ['yingda', 'retrievers'];
  readonly #input: KnowledgeRetrieverInput;

  static override lc_name(): string {
    return 'KnowledgeRetriever';
  }

  constructor(input: KnowledgeRetrieverInput) {
    const { knowledge: _, today: __, limit: ___, ...fields } = input;
    super(fields);
    this.#input = input;
  }

  override async _getRelevantDocuments(
    query: string,
    _run?: CallbackManagerForRetrieverRun,
  ): Promise<Document<EntryMetadata>[]> {
    const { knowledge, today, limit = 5 } = this.#input;
    const found = await knowledge.search(query, { today: today(), limit });
    return found.map(({ entry: { id, title, body, language, validTo }, score }) => {
      return new Document({ id, pageContent: body, metadata: { id, title, language, validTo, score } });
    });
  }
}
