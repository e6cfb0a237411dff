import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { call } from '../api/call.ts';
import { syncClock } from '../api/clock.ts';
import type { Desk, DeskItem } from '../api/types.ts';
import { type Resource, useResource } from '../api/use-resource.ts';
import { usePresence } from '../app/presence.tsx';
import { useSession } from '../app/session.tsx';
import { type LiveEvent, useLive } from '../live/use-live.ts';
import { unreadOf, useSeen } from './unread.ts';
import { type OpenConversation, useConversation } from './use-conversation.ts';

/** Everything that the desk page shows, kept live over one connection. */
export interface DeskState {
  desk: Resource<Desk>;
  open: OpenConversation;
  item: DeskItem | undefined;
  unread(item: DeskItem): number;
  /** Who took the conversation that is open here while one looked at it. */
  takenBy: string | undefined;
  tellTaken(name: string): void;
  /** Raised with each event about tickets. */
  onTickets(listener: () => void): () => void;
  live: boolean;
}

/** The live stream names at most 8 streams: the desk's, the tickets', and the open conversation's beside these. */
const FOLLOWED = 5;
const GATHER_MS = 150;

export function useDesk(id: string | undefined): DeskState {
  const { person, can } = useSession();
  const presence = usePresence();
  const desk = useResource('desk', async (signal) => {
    const lists = await call('GET /api/v1/desk', {}, { signal });
    syncClock(lists.now);
    return lists;
  });
  const item = find(desk.data, id);
  const open = useConversation(id, item?.lastSeq ?? 0);
  const tickets = useListeners();
  const { seen, look, keep } = useSeen(person.id);
  const [taken, setTaken] = useState<{ of?: string; by: string }>();
  const tellTaken = (by: string) => setTaken(id ? { of: id, by } : undefined);

  const reloadSoon = useGathered(desk.reload);
  const reloadOpen = useGathered(open.reload);
  const hear = (event: LiveEvent) => {
    if (event.stream === 'tickets') return tickets.tell();
    if (event.stream === 'desk') {
      if (event.type === 'presence') return presence.reload();
      if ('data' in event && event.data.conversationId === id) {
        const name = event.type === 'taken' && presence.colleague(String(event.data.personId))?.name;
        if (name && event.data.personId !== person.id) tellTaken(name);
        reloadOpen();
      }
      return reloadSoon();
    }
    const own = event.stream === `conversation:${id}`;
    if (own && event.type === 'typing') open.customerTypes();
    if (own && 'message' in event) open.receive([event.message]);
    if (event.type === 'message') reloadSoon();
  };
  const resync = () => {
    desk.reload();
    presence.reload();
    open.reload();
    tickets.tell();
  };
  const readable = open.conversation.data && !open.conversation.error ? id : undefined;
  const streams = useMemo(
    () => streamsOf(desk.data?.mine ?? [], readable, can('live.ticket')),
    [desk.data, readable, can],
  );
  const live = useLive(desk.data ? streams : [], { onEvent: hear, onResync: resync });

  const newest = open.transcript.messages.at(-1)?.seq ?? 0;
  useEffect(() => {
    if (id && newest > 0) look(id, newest);
  }, [id, newest, look]);
  const mine = desk.data?.mine;
  useEffect(() => {
    if (mine) keep(mine);
  }, [mine, keep]);
  return {
    desk,
    open,
    item,
    unread: (each) => (each.conversationId === id ? 0 : unreadOf(seen, each)),
    takenBy: taken?.of === id ? taken?.by : undefined,
    tellTaken,
    onTickets: tickets.listen,
    live,
  };
}

function find(lists: Desk | undefined, id: string | undefined): DeskItem | undefined {
  return lists && [...lists.mine, ...lists.waiting].find(({ conversationId }) => conversationId === id);
}

function streamsOf(mine: readonly DeskItem[], open: string | undefined, tickets: boolean): string[] {
  const followed = mine.map(({ conversationId }) => conversationId).filter((each) => each !== open);
  const conversations = [...(open ? [open] : []), ...followed.slice(0, FOLLOWED)].sort();
  return ['desk', ...(tickets ? ['tickets'] : []), ...conversations.map((each) => `conversation:${each}`)];
}

/** Several calls in a moment become one. */
function useGathered(act: () => void): () => void {
  const latest = useRef(act);
  latest.current = act;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current(), GATHER_MS);
  }, []);
}

function useListeners() {
  return useMemo(() => {
    const listeners = new Set<() => void>();
    return {
      tell: () => {
        for (const each of listeners) each();
      },
      listen: (listener: () => void) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    };
  }, []);
}
