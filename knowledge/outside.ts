import type { At } from './reply.ts';
import type { RetrievalIndex } from './retrieval/index.ts';
import {
  type RetrieveOptions,
  type Retriever,
  RetrieverError,
  type RetrieverFault,
} from './retrieval/retriever.ts';

/** An index outside, with what keeps it in step with the database. */
export interface RemoteIndex extends Retriever {
  changed(ids: Iterable<string>): void;
  allChanged(): void;
  isPending(entryId: string): boolean;
}

/** What an index outside lets compete, in the form that the embedded one takes. */
export type Given = { candidates: ReadonlyMap<string, number>; filter: (entryId: string) => boolean };

export interface OutsideParts {
  remote: RemoteIndex;
  /** The embedded index, as it is now. */
  index(): RetrievalIndex;
  validity(entryId: string): { validFrom: string; validTo: string | null } | undefined;
  /** An index outside could not answer; the embedded one does. */
  onFallback(reason: RetrieverFault | 'unexpected'): void;
  onError(error: unknown): void;
}

/** The candidates of every language in which a text is asked. @throws RetrieverError */
export async function candidatesOf(
  retriever: Retriever,
  text: string,
  languages: RetrieveOptions['language'][],
  options: Omit<RetrieveOptions, 'language'>,
): Promise<Map<string, number>> {
  const lists = languages.map((language) => retriever.retrieve(text, { ...options, language }));
  return new Map((await Promise.all(lists)).flat().map(({ entryId, score }) => [entryId, score]));
}

/** Asks an index outside on behalf of a knowledge. */
export class Outside {
  readonly #parts: OutsideParts;

  constructor(parts: OutsideParts) {
    this.#parts = parts;
  }

  get remote(): RemoteIndex {
    return this.#parts.remote;
  }

  /** Never throws: undefined, told to `onFallback`, if it can't say. */
  async given(text: string, { today, language }: At, signal?: AbortSignal): Promise<Given | undefined> {
    const { remote, index, onFallback, onError } = this.#parts;
    try {
      const options = { today, ...(signal && { signal }) };
      const candidates = await candidatesOf(remote, text, index().languagesOf(text, language), options);
      if (candidates.size > 0) return { candidates, filter: this.#filter(candidates, today) };
      // An emptied collection must not pass for a question that nothing answers.
      const begun = (id: string) => (this.#parts.validity(id)?.validFrom ?? '9') <= today;
      if (index().search(text, { limit: 1, language, filter: begun }).length > 0) onFallback('empty');
    } catch (error) {
      onFallback(error instanceof RetrieverError ? error.code : 'unexpected');
      if (!(error instanceof RetrieverError)) onError(error);
    }
    return undefined;
  }

  /** It knows neither what has ended nor what changed just now; both compete by their words alone. */
  #filter(candidates: ReadonlyMap<string, number>, today: string): (id: string) => boolean {
    const { remote, validity } = this.#parts;
    return (id) => {
      const valid = validity(id);
      if (!valid || valid.validFrom > today) return false;
      return candidates.has(id) || (valid.validTo ?? '9') < today || remote.isPending(id);
    };
  }
}
