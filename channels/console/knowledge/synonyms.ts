import { useCallback, useEffect, useRef } from 'react';
import { type Answer, call, newClientId } from '../api/call.ts';
import { asApiError } from '../api/error.ts';
import { type Resource, useResource } from '../api/use-resource.ts';

export type SynonymGroup = Answer<'GET /api/v1/synonyms'>['groups'][number];

/** Stands for a group, or an entry, that is yet to be written. */
export const NEW = 'new';

/** All groups, read again when `round` is raised; nothing is read until `wanted`. */
export function useSynonyms(wanted: boolean, round: number): Resource<readonly SynonymGroup[]> {
  const read = useCallback(
    (signal: AbortSignal) => call('GET /api/v1/synonyms', {}, { signal }).then(({ groups }) => groups),
    [],
  );
  const found = useResource<readonly SynonymGroup[]>(wanted ? 'synonyms' : undefined, read);
  const { reload } = found;
  const last = useRef(round);
  useEffect(() => {
    if (last.current === round) return;
    last.current = round;
    reload();
  }, [round, reload]);
  return found;
}

/** The words of a text, one a line. */
export const wordsOf = (text: string): string[] =>
  text
    .split('\n')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** The three writes. A write without an answer is repeated under the same id, and done once. @throws ApiError */
export function useSynonymWrites() {
  const clientId = useRef(newClientId());
  const write = async <T>(work: (options: { clientId: string }) => Promise<T>): Promise<T> => {
    try {
      const answer = await work({ clientId: clientId.current });
      clientId.current = newClientId();
      return answer;
    } catch (error) {
      if (asApiError(error).code !== 'network') clientId.current = newClientId();
      throw error;
    }
  };
  return {
    save: (
      group: Pick<SynonymGroup, 'id' | 'revision'> | undefined,
      words: string[],
    ): Promise<SynonymGroup> =>
      write((options) =>
        group
          ? call(
              'PUT /api/v1/synonyms/:id',
              { params: { id: group.id }, body: { words, revision: group.revision } },
              options,
            )
          : call('POST /api/v1/synonyms', { body: { words } }, options),
      ),
    remove: ({ id, revision }: SynonymGroup): Promise<SynonymGroup> =>
      write((options) =>
        call('DELETE /api/v1/synonyms/:id', { params: { id }, body: { revision } }, options),
      ),
  };
}
