import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../api/call.ts';
import { syncClock } from '../api/clock.ts';
import { type ApiError, asApiError } from '../api/error.ts';
import type { TicketItem, TicketState } from '../api/types.ts';

export interface TicketFilter {
  state: TicketState | undefined;
  owner: 'me' | 'none' | undefined;
}

export interface TicketList {
  tickets: TicketItem[] | undefined;
  error: ApiError | undefined;
  /** Brings the next page; undefined when there is none. */
  more: (() => void) | undefined;
  busy: boolean;
  reload(): void;
}

interface Pages {
  key: string;
  tickets: TicketItem[];
  next: string | null;
}

const PAGE = 50;

/** Tickets, newest first, page by page; a reload brings as many as were shown. */
export function useTickets(filter: TicketFilter): TicketList {
  const key = JSON.stringify(filter);
  const [pages, setPages] = useState<Pages>();
  const [error, setError] = useState<ApiError>();
  const [busy, setBusy] = useState(false);
  const current = useRef(key);
  current.current = key;
  const shown = pages?.key === key ? pages : undefined;
  const count = useRef(0);
  count.current = shown?.tickets.length ?? 0;

  const load = useCallback(
    async (of: string, from: string | undefined, had: TicketItem[], atLeast: number) => {
      setBusy(true);
      try {
        let tickets = had;
        let cursor = from;
        let next: string | null = null;
        do {
          const query = { ...(JSON.parse(of) as TicketFilter), limit: PAGE, ...(cursor && { cursor }) };
          const page = await call('GET /api/v1/tickets', { query: clean(query) });
          syncClock(page.now);
          tickets = [...tickets, ...page.tickets];
          next = page.next;
          cursor = next ?? undefined;
        } while (next && tickets.length < atLeast);
        if (current.current !== of) return;
        setPages({ key: of, tickets, next });
        setError(undefined);
      } catch (failure) {
        if (current.current === of) setError(asApiError(failure));
      } finally {
        setBusy(false);
      }
    },
    [],
  );
  useEffect(() => void load(key, undefined, [], 0), [key, load]);
  const next = shown?.next;
  return {
    tickets: shown?.tickets,
    error,
    busy,
    more: shown && next ? () => void load(key, next, shown.tickets, 0) : undefined,
    reload: useCallback(() => void load(current.current, undefined, [], count.current), [load]),
  };
}

/** JSON leaves absent fields out; so does the query. */
function clean<T extends object>(query: T): T {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value != null)) as T;
}
