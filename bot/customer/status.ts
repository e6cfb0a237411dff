import { describeTime } from '../dialog/dates/index.ts';
import { t } from '../i18n/index.ts';
import { readTicketNumber } from '../tickets/number.ts';
import { type TicketRow, ticketOf } from '../tickets/read.ts';
import { humanOffer, offer, tellCustomer } from './say.ts';
import type { Talk } from './talk.ts';
import { wantsStatus } from './words.ts';

type Which = { number: string } | { last8: string } | 'newest';

/**
 * The ticket that a message asks about, if it does: a whole number anywhere, eight digits where they can be nothing
 * else, or the newest one.
 */
export function asksStatus(talk: Talk, text: string): Which | undefined {
  const read = readTicketNumber(text);
  if (read && 'number' in read) return read;
  const about =
    talk.memory.awaitsNumber || /工单|单号|ticket/i.test(text) || /^\D{0,4}\d{8}\D{0,4}$/.test(text);
  if (read && about) return read;
  return wantsStatus(text) ? 'newest' : undefined;
}

/**
 * Tells how a ticket stands, in the conversation that made it only. Another conversation's number gets the answer that
 * an unknown one gets: whether it exists is nobody else's business (RULEBOOK §2.10).
 */
export async function tellStatus(talk: Talk, which: Which): Promise<void> {
  const { turn, locale } = talk;
  const ticket = await find(talk, which);
  if (ticket) return tellCustomer(talk, 'answer', statusOf(talk, ticket));
  const key = which === 'newest' ? 'ticket.status_none' : 'ticket.status_unknown';
  offer(talk, 'unknown', t(locale, key), [humanOffer(talk)]);
  turn.note('ticket');
}

/** How the newest ticket of this conversation stands; undefined where there is none. */
export async function ownStatus(talk: Talk): Promise<string | undefined> {
  const ticket = await find(talk, 'newest');
  return ticket && statusOf(talk, ticket);
}

async function find({ turn, memory }: Talk, which: Which): Promise<TicketRow | undefined> {
  const ticket = await ticketOf(turn.unit.sql, turn.conversation.id, which);
  // Whoever has none here may have its number.
  memory.awaitsNumber = which === 'newest' && !ticket;
  return ticket;
}

/** A ticket's state in one sentence, in the customer's words and with the moments that matter now. */
export function statusOf({ locale, policy, turn }: Talk, ticket: TicketRow): string {
  const { timeZone } = policy.centre;
  const moment = (date: Date | null) => (date ? describeTime(date.getTime(), timeZone, locale) : '');
  const kind = policy.tickets.kinds.find((k) => k.id === ticket.kind);
  const which = { name: kind?.name[locale] ?? '', number: ticket.number };
  const late = (due: Date | null) => due !== null && turn.now > due.getTime();
  switch (ticket.state) {
    case 'open': {
      const vars = { ...which, created: moment(ticket.createdAt) };
      if (late(ticket.dispatchDueAt)) return t(locale, 'ticket.status_open_late', vars);
      return t(locale, 'ticket.status_open', { ...vars, dispatchDue: moment(ticket.dispatchDueAt) });
    }
    case 'dispatched': {
      const department = ticket.departmentName ?? t(locale, 'ticket.department');
      const vars = { ...which, department, dispatched: moment(ticket.dispatchedAt) };
      if (late(ticket.dueAt)) return t(locale, 'ticket.status_dispatched_late', vars);
      return t(locale, 'ticket.status_dispatched', { ...vars, due: moment(ticket.dueAt) });
    }
    case 'answered':
      return t(locale, 'ticket.status_answered', which);
    default:
      return t(locale, 'ticket.status_closed', { ...which, closed: moment(ticket.closedAt) });
  }
}
