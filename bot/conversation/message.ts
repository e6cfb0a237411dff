import type { Button, Card, FileOf, OutboundMessage } from '../../channels/channel.ts';
import type { hot } from '../../prisma/client.ts';

/**
 * A file as its message knows it. `pending`: named by the channel and not fetched yet; `failed`: it could not be had.
 * Until it is stored it has neither type nor size.
 */
export interface MessageFile extends FileOf {
  state: 'stored' | 'pending' | 'failed';
}

/** What lies in a message's `data`. */
interface Data {
  files?: MessageFile[];
  actions?: Button[];
  card?: Card;
  clientId?: string;
  name?: string;
  yingda?: Record<string, unknown>;
}

/** The id that channels show for a message: the same at every attempt and in every process. */
export function activityId(conversationId: string, seq: number): string {
  return `${conversationId}|${String(seq).padStart(7, '0')}`;
}

// A committed row goes to every watcher as one object, so that a channel can draw it once for all of them.
const drawn = new WeakMap<hot.MessageRow, OutboundMessage>();

/** A stored message as channels see it: the same object for the same row. */
export function fromRow(row: hot.MessageRow): OutboundMessage {
  const known = drawn.get(row) ?? draw(row);
  drawn.set(row, known);
  return known;
}

function draw(row: hot.MessageRow): OutboundMessage {
  const { actions, card, clientId, name, yingda, files = [] } = row.data as Data;
  const stored = files.filter(({ state }) => state === 'stored');
  return {
    id: activityId(row.conversationId, row.seq),
    conversationId: row.conversationId,
    seq: row.seq,
    at: row.createdAt.getTime(),
    author: row.author,
    kind: 'message',
    text: row.text,
    ...(name && { name }),
    ...(actions && { actions }),
    ...(card && { card }),
    ...(stored.length > 0 && { files: stored.map(({ state: _, ...file }) => file) }),
    ...(clientId && { clientId }),
    ...(yingda && { data: yingda }),
  };
}

type Payload = { text: string; author?: hot.MessageRow['author'] } & Data;

/** A queued delivery as its channel sees it. */
export function asOutbound(head: hot.HeadRow): OutboundMessage {
  // Deliveries of the release before have no author.
  const { text, author = head.byBot ? 'bot' : 'agent', ...data } = head.payload as unknown as Payload;
  const { conversationId, seq, createdAt } = head;
  return draw({ conversationId, seq, createdAt, author, text, data } as hot.MessageRow);
}

/** Whether the customer's (or, in staff chats, the colleague's) side may see it. */
export function visible(row: hot.MessageRow): boolean {
  return row.visibility !== 'staff' && row.state === 'sent';
}
