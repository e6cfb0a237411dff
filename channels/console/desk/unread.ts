import { useCallback, useEffect, useState } from 'react';
import type { DeskItem } from '../api/types.ts';

type Seen = Readonly<Record<string, number>>;

/** How many messages of `item` nobody has looked at in this browser. One that was never seen is all new. */
export function unreadOf(seen: Seen, item: DeskItem): number {
  return Math.max(0, item.lastSeq - (seen[item.conversationId] ?? 0));
}

/** Only what is still in hand is kept. */
export function keepOnly(seen: Seen, items: readonly DeskItem[]): Seen {
  const ids = new Set(items.map(({ conversationId }) => conversationId));
  return Object.fromEntries(Object.entries(seen).filter(([id]) => ids.has(id)));
}

/** Up to where each conversation was looked at; kept over a reload of the page. */
export function useSeen(personId: string): {
  seen: Seen;
  look(conversationId: string, seq: number): void;
  keep(items: readonly DeskItem[]): void;
} {
  const place = `yingda.seen.${personId}`;
  const [seen, setSeen] = useState<Seen>(() => stored(place));
  useEffect(() => localStorage.setItem(place, JSON.stringify(seen)), [place, seen]);
  const look = useCallback(
    (id: string, seq: number) => setSeen((was) => ((was[id] ?? 0) >= seq ? was : { ...was, [id]: seq })),
    [],
  );
  const keep = useCallback((items: readonly DeskItem[]) => setSeen((was) => keepOnly(was, items)), []);
  return { seen, look, keep };
}

function stored(place: string): Seen {
  try {
    return JSON.parse(localStorage.getItem(place) ?? '{}') as Seen;
  } catch {
    return {};
  }
}
