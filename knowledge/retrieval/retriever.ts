import type { Language } from './entry.ts';

/** What may be asked of another index than the embedded one. `today`: YYYY-MM-DD; `region`: none asks for all. */
export type RetrieveOptions = {
  language: Language;
  today: string;
  region?: string;
  /** default 50 */
  limit?: number;
  signal?: AbortSignal;
};

/** One entry found, its score on the scale of the embedded index's BM25. */
export type Candidate = { entryId: string; score: number };

/** An index outside of this process. */
export interface Retriever {
  /**
   * The best entries that are published and valid today, best first.
   * @throws RetrieverError
   */
  retrieve(text: string, options: RetrieveOptions): Promise<Candidate[]>;
}

/**
 * Why an index outside could not answer. `resting`: it failed several times and is left alone for a while;
 * `empty`: it found nothing where the embedded index does; `not_ready`: nothing is indexed yet; `displaced`: another version of the program has taken over the index.
 */
export type RetrieverFault =
  | 'timeout'
  | 'unreachable'
  | 'refused'
  | 'failing'
  | 'nonsense'
  | 'resting'
  | 'empty'
  | 'not_ready'
  | 'displaced'
  | 'aborted';

export class RetrieverError extends Error {
  readonly code: RetrieverFault;

  constructor(code: RetrieverFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Texts → vectors, all of one length. `model` names what made them: vectors of two models don't mix. Both methods
 * throw RetrieverError.
 */
export interface Embedder {
  readonly model: string;
  documents(texts: string[]): Promise<number[][]>;
  /** In a hurry: a customer waits. */
  question(text: string, signal?: AbortSignal): Promise<number[]>;
}

/** Stops waiting, though not the work: for clients that can't be told. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new RetrieverError('aborted', 'the question was given up'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
