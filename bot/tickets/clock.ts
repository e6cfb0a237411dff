import type { TicketKind } from '../policy/schema.ts';

const MINUTE = 60_000;

/** 时限 of a ticket, epoch ms: when it must have been dispatched, and when solved. Natural time from acceptance. */
export interface Limits {
  dispatchDueAt: number;
  dueAt: number;
}

/** RULEBOOK §2.6: complaints within 60 minutes, the others within the limits of their kind. */
export function limitsOf(
  kind: Pick<TicketKind, 'dispatchMinutes' | 'handleHours'>,
  acceptedAt: number,
): Limits {
  return {
    dispatchDueAt: acceptedAt + kind.dispatchMinutes * MINUTE,
    dueAt: acceptedAt + kind.handleHours * 60 * MINUTE,
  };
}

/** ok, warning and overdue while it runs; met or missed once it is done. */
export type Colour = 'ok' | 'warning' | 'overdue' | 'met' | 'missed';

/**
 * How a limit stands. The instant itself is still in time.
 * @param warnAt share of the time, between 0 and 1, after which it turns to warning
 * @param doneAt when what it limits was done, if it was
 */
export function colourOf(
  limit: { from: number; due: number; warnAt: number; doneAt?: number | null },
  now: number,
): Colour {
  const { from, due, warnAt, doneAt } = limit;
  if (doneAt != null) return doneAt <= due ? 'met' : 'missed';
  if (now > due) return 'overdue';
  return now >= from + (due - from) * warnAt ? 'warning' : 'ok';
}
