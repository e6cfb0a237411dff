import { hot, type Unit, uuidv7 } from '../../prisma/client.ts';
import { ticketStream } from './create.ts';

export interface Publisher {
  /** Shows committed events to whoever follows: the pipeline's `publish([], events)`. */
  publish(events: hot.EventRow[]): void;
}

/** Writes events on the tickets' stream, last in the transaction, and shows them once it is committed. */
export async function tell(
  unit: Unit,
  { publish }: Publisher,
  events: { type: string; data: Record<string, unknown> }[],
  now: number,
): Promise<void> {
  const rows = events.map((event) => ({ id: uuidv7(now), ...event }));
  const written = await hot.appendEvents(unit.sql, ticketStream, rows, new Date(now));
  unit.afterCommit(() => publish(written));
}
