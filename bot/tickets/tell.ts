import { hot, type Unit, uuidv7 } from '../../prisma/client.ts';
import { ticketStream } from './create.ts';

export interface Publisher {
  /** Shows committed events to whoever follows: the pipeline's `publish([], events)`. */
  publish(events: hot.EventRow[]): void;
  /** Wakes the conversations that were left a word: the pipeline's `wakeTold`. */
  wake(): void;
}

/** Writes events on the tickets' stream, last in the transaction, and shows them once it is committed. */
export async function tell(
  unit: Unit,
  { publish }: Pick<Publisher, 'publish'>,
  events: { type: string; data: Record<string, unknown> }[],
  now: number,
): Promise<void> {
  const rows = events.map((event) => ({ id: uuidv7(now), ...event }));
  const written = await hot.appendEvents(unit.sql, ticketStream, rows, new Date(now));
  unit.afterCommit(() => publish(written));
}

/** Has the conversation that made a ticket say how it stands now. */
export async function tellCustomerOf(
  unit: Unit,
  { wake }: Pick<Publisher, 'wake'>,
  { conversationId, number }: { conversationId: string | null; number: string },
  now: number,
): Promise<void> {
  if (!conversationId) return;
  const word = { id: uuidv7(now), conversationId, kind: 'ticket', data: { number } };
  await hot.tell(unit.sql, word, new Date(now));
  unit.afterCommit(wake);
}
