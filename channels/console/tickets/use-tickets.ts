import { call } from '../api/call.ts';
import { syncClock } from '../api/clock.ts';
import type { TicketItem, TicketState } from '../api/types.ts';
import { type PagedList, usePages } from '../api/use-pages.ts';

export interface TicketFilter {
  state: TicketState | undefined;
  owner: 'me' | 'none' | undefined;
}

const PAGE = 50;

/** Tickets, newest first. */
export function useTickets(filter: TicketFilter): PagedList<TicketItem> {
  return usePages(JSON.stringify(filter), async (cursor) => {
    const query = { ...filter, limit: PAGE, ...(cursor && { cursor }) };
    const { tickets, next, now } = await call('GET /api/v1/tickets', { query: clean(query) });
    syncClock(now);
    return { items: tickets, next };
  });
}

/** The types know no `undefined` in a query. */
function clean<T extends object>(query: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value != null)) as never;
}
