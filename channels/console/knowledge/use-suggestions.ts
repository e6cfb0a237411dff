import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answer } from '../api/call.ts';
import { type ApiError, asApiError } from '../api/error.ts';

type Suggested = Answer<'POST /api/v1/entries/:id/suggested-questions'>;

export type Suggesting =
  | { kind: 'none' }
  | { kind: 'loading' }
  | { kind: 'failed'; error: ApiError }
  | { kind: 'done'; answer: Suggested };

/** Asked when the editor asks, never by itself: it costs the centre money. Leaving the editor gives the question up. */
export function useSuggestions(load: (signal: AbortSignal) => Promise<Suggested>): {
  state: Suggesting;
  ask(): void;
} {
  const [state, setState] = useState<Suggesting>({ kind: 'none' });
  const asking = useRef<AbortController | undefined>(undefined);
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => () => asking.current?.abort(), []);
  const ask = useCallback(() => {
    asking.current?.abort();
    const mine = new AbortController();
    asking.current = mine;
    setState({ kind: 'loading' });
    latest.current(mine.signal).then(
      (answer) => {
        if (!mine.signal.aborted) setState({ kind: 'done', answer });
      },
      (error) => {
        if (!mine.signal.aborted) setState({ kind: 'failed', error: asApiError(error) });
      },
    );
  }, []);
  return { state, ask };
}
