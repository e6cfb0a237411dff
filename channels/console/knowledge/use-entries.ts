import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../api/call.ts';
import { syncClock } from '../api/clock.ts';
import { type ApiError, asApiError } from '../api/error.ts';
import type { Entry } from '../api/types.ts';

const PAGE = 100;
const PAUSE_MS = 250;

export interface EntryList {
  entries: Entry[] | undefined;
  error: ApiError | undefined;
  more: (() => void) | undefined;
  reload(): void;
}

interface Pages {
  text: string;
  entries: Entry[];
  next: string | null;
}

/** Entries that contain `text`, by id; asked once the typing pauses. An answer that comes late shows nothing. */
export function useEntries(text: string): EntryList {
  const [pages, setPages] = useState<Pages>();
  const [error, setError] = useState<ApiError>();
  const current = useRef(text);
  current.current = text;
  const load = useCallback(async (of: string, had: Entry[], after?: string) => {
    try {
      const query = { limit: PAGE, ...(of && { text: of }), ...(after && { after }) };
      const { now, entries, next } = await call('GET /api/v1/entries', { query });
      syncClock(now);
      if (current.current !== of) return;
      setPages({ text: of, entries: [...had, ...entries], next });
      setError(undefined);
    } catch (failure) {
      if (current.current === of) setError(asApiError(failure));
    }
  }, []);
  const first = useRef(true);
  useEffect(() => {
    const timer = setTimeout(() => void load(text, []), first.current ? 0 : PAUSE_MS);
    first.current = false;
    return () => clearTimeout(timer);
  }, [text, load]);
  const next = pages?.next;
  return {
    entries: pages?.entries,
    error,
    more: pages && next ? () => void load(pages.text, pages.entries, next) : undefined,
    reload: useCallback(() => void load(current.current, []), [load]),
  };
}
