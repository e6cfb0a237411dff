import { AppError } from '../errors.ts';
import { type Action, type Actor, may, type Target } from '../people/permissions.ts';

/** 工单状态: accepted, with a department, answered by it, closed. */
export const TICKET_STATES = ['open', 'dispatched', 'answered', 'closed'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

/** What colleagues do with a ticket 工单处理. */
export const TICKET_ACTS = ['dispatch', 'answer', 'note', 'close'] as const;
export type TicketAct = (typeof TICKET_ACTS)[number];

/**
 * The life cycle (RULEBOOK §2.6, §2.8). An open ticket may be closed at once: complaints are settled at first contact
 * where authority allows. An answered one goes back to a department when the matter is unsolved.
 */
const NEXT: Record<TicketState, Partial<Record<TicketAct, TicketState>>> = {
  open: { dispatch: 'dispatched', note: 'open', close: 'closed' },
  dispatched: { dispatch: 'dispatched', answer: 'answered', note: 'dispatched' },
  answered: { dispatch: 'dispatched', note: 'answered', close: 'closed' },
  closed: { note: 'closed' },
};

const RIGHT: Record<TicketAct, Action> = {
  dispatch: 'ticket.dispatch',
  answer: 'ticket.update',
  note: 'ticket.update',
  close: 'ticket.update',
};

/** The state after `act`. @throws AppError not_allowed_now */
export function nextState(state: TicketState, act: TicketAct): TicketState {
  const next = NEXT[state][act];
  if (!next)
    throw new AppError('not_allowed_now', `a ticket that is ${state} can't be ${act}ed`, { state, act });
  return next;
}

/** The acts that `person` could do now, for the console's buttons. */
export function actsFor(person: Actor, state: TicketState, owner: Target): TicketAct[] {
  return TICKET_ACTS.filter((act) => NEXT[state][act] && may(person, RIGHT[act], owner));
}

/** @throws AppError forbidden */
export function assertMay(person: Actor, act: TicketAct, owner: Target): void {
  if (!may(person, RIGHT[act], owner)) throw new AppError('forbidden');
}
