import { useCallback, useEffect, useRef, useState } from 'react';
import { type ApiError, asApiError } from './error.ts';

export interface Resource<T> {
  data: T | undefined;
  error: ApiError | undefined;
  /** True until the first answer; a later reload keeps what is shown. */
  loading: boolean;
  reload(): void;
  /** Replaces what is shown, as with the answer to a write. */
  set(data: T): void;
}

interface Held<T> {
  key: string | undefined;
  data: T | undefined;
  error: ApiError | undefined;
}

/** What `load` brings, read again when `key` changes and on `reload`. Without a key nothing is read. */
export function useResource<T>(
  key: string | undefined,
  load: (signal: AbortSignal) => Promise<T>,
): Resource<T> {
  const [held, setHeld] = useState<Held<T>>({ key: undefined, data: undefined, error: undefined });
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` is what asks for another read
  useEffect(() => {
    if (key === undefined) return;
    const leaving = new AbortController();
    latest.current(leaving.signal).then(
      (data) => {
        if (!leaving.signal.aborted) setHeld({ key, data, error: undefined });
      },
      (error) => {
        if (leaving.signal.aborted) return;
        setHeld((had) => ({ key, data: had.key === key ? had.data : undefined, error: asApiError(error) }));
      },
    );
    return () => leaving.abort();
  }, [key, round]);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  const set = useCallback((data: T) => setHeld((had) => ({ ...had, data, error: undefined })), []);
  const current = held.key === key ? held : { data: undefined, error: undefined };
  const loading = key !== undefined && current.data === undefined && current.error === undefined;
  return { data: current.data, error: current.error, loading, reload, set };
}
