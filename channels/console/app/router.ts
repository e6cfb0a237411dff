import { useSyncExternalStore } from 'react';

export const PAGES = [
  'desk',
  'tickets',
  'knowledge',
  'notices',
  'broadcasts',
  'undelivered',
  'approvals',
  'handover',
  'roster',
] as const;
export type Page = (typeof PAGES)[number];

/** Where one is: `/console/tickets/<id>`. `page` is undefined at `/console` itself and at unknown addresses. */
export interface Place {
  page: Page | undefined;
  id: string | undefined;
  known: boolean;
}

const BASE = '/console';

export function placeOf(path: string): Place {
  const parts = path.slice(BASE.length).split('/').filter(Boolean);
  const page = PAGES.find((each) => each === parts[0]);
  const id = page && parts[1] ? decode(parts[1]) : undefined;
  return { page, id, known: path.startsWith(BASE) && parts.length <= 2 && (parts.length === 0 || !!page) };
}

export function addressOfPlace(page: Page, id?: string): string {
  return `${BASE}/${page}${id ? `/${encodeURIComponent(id)}` : ''}`;
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

const MOVED = 'yingda:moved';

/** Goes there, as a link would; `replace` leaves no step to come back to. */
export function go(page: Page, id?: string, { replace = false } = {}): void {
  const address = addressOfPlace(page, id);
  if (address === location.pathname) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  dispatchEvent(new Event(MOVED));
}

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  addEventListener(MOVED, listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener(MOVED, listener);
  };
}

export function usePlace(): Place {
  return placeOf(useSyncExternalStore(subscribe, () => location.pathname));
}
