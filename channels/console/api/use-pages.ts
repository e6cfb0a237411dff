import { useCallback, useEffect, useRef, useState } from 'react';
import { type ApiError, asApiError } from './error.ts';

export interface Page<T> {
  items: T[];
  /** Where the next page begins; null after the last. */
  next: string | null;
}

export interface PagedList<T> {
  items: T[] | undefined;
  error: ApiError | undefined;
  /** Brings the next page; undefined when there is none. */
  more: (() => void) | undefined;
  busy: boolean;
  /** Reads again as many as are shown. */
  reload(): void;
}

/** A list that the server hands out by cursor; another `key` is another list. */
export function usePages<T>(
  key: string,
  load: (cursor: string | undefined) => Promise<Page<T>>,
): PagedList<T> {
  const [held, setHeld] = useState<Page<T> & { key: string }>();
  const [error, setError] = useState<ApiError>();
  const [busy, setBusy] = useState(false);
  const latest = useRef(load);
  latest.current = load;
  const shown = held?.key === key ? held : undefined;
  const count = useRef(0);
  count.current = shown?.items.length ?? 0;
  // The newest read wins: what an older one brings would put back what has changed since.
  const round = useRef(0);

  const read = useCallback(
    async (from: string | undefined, had: T[], atLeast: number) => {
      round.current += 1;
      const own = round.current;
      setBusy(true);
      try {
        let items = had;
        let cursor = from;
        let next: string | null = null;
        do {
          const page = await latest.current(cursor);
          items = [...items, ...page.items];
          next = page.next;
          cursor = next ?? undefined;
        } while (next && items.length < atLeast && own === round.current);
        if (own !== round.current) return;
        setHeld({ key, items, next });
        setError(undefined);
      } catch (failure) {
        if (own === round.current) setError(asApiError(failure));
      } finally {
        if (own === round.current) setBusy(false);
      }
    },
    [key],
  );
  useEffect(() => void read(undefined, [], 0), [read]);
  const next = shown?.next;
  return {
    items: shown?.items,
    error,
    busy,
    more: shown && next ? () => void read(next, shown.items, 0) : undefined,
    reload: useCallback(() => void read(undefined, [], count.current), [read]),
  };
}
