import { z } from 'zod';
import { type Embedder, RetrieverError, untilAborted } from '../retriever.ts';

export type EmbeddingsOptions = {
  /** Base address of an OpenAI-compatible endpoint, such as https://api.openai.com/v1 */
  url: string;
  model: string;
  apiKey?: string | undefined;
  /** Patience with a question, ms. */
  questionMs?: number;
  /** Patience with a batch of documents, ms. */
  documentsMs?: number;
};

const BATCH = 128;
const REMEMBERED = 1_000;

const vectors = z.array(z.array(z.number()).min(1));

/** An embedding endpoint through LangChain's OpenAIEmbeddings, which is loaded here and only when configured. */
export async function openEmbeddings(options: EmbeddingsOptions): Promise<Embedder> {
  const { url, model, apiKey = 'none', questionMs = 800, documentsMs = 30_000 } = options;
  const { OpenAIEmbeddings } = await import('@langchain/openai');
  const client = (timeout: number, maxRetries: number) =>
    new OpenAIEmbeddings({
      ...{ model, apiKey, timeout, maxRetries, batchSize: BATCH },
      // Few of the compatible endpoints know the client's default, base64.
      encodingFormat: 'float',
      configuration: { baseURL: url },
    });
  const asking = client(questionMs, 0);
  const filling = client(documentsMs, 2);
  const remembered = new Map<string, number[]>();
  return {
    model,
    documents: (texts) => checked(filling.embedDocuments(texts), texts.length),
    async question(text, signal) {
      const known = remembered.get(text);
      if (known) return known;
      const work = checked(asking.embedDocuments([text]), 1);
      const [vector = []] = await (signal ? untilAborted(work, signal) : work);
      remembered.set(text, vector);
      const [oldest] = remembered.keys();
      if (remembered.size > REMEMBERED && oldest !== undefined) remembered.delete(oldest);
      return vector;
    },
  };
}

async function checked(work: Promise<number[][]>, count: number): Promise<number[][]> {
  let value: unknown;
  try {
    value = await work;
  } catch (error) {
    throw new RetrieverError('failing', `the embedding endpoint: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const parsed = vectors.safeParse(value);
  const size = parsed.data?.[0]?.length;
  if (parsed.data?.length !== count || parsed.data.some(({ length }) => length !== size))
    throw new RetrieverError('nonsense', 'the embedding endpoint answered with something else than vectors');
  return parsed.data;
}
