import { z } from 'zod';
import type { Unit } from '../../prisma/client.ts';
import { type Route, route } from '../http/route.ts';
import { visible } from '../http/visible.ts';
import type { TicketRouteParts } from './parts.ts';
import { readDetails } from './read.ts';
import { tell, tellCustomerOf } from './tell.ts';
import { detailOf, ticketDetail } from './views.ts';
import { revealContact, type Work, workOn } from './work.ts';

const id = z.strictObject({ id: z.uuid() });
const note = z.string().trim().max(2000);
const needed = visible(2000);
const version = z.int().min(0).optional();

/** What colleagues do with a ticket. Each answers with the ticket as it then is. */
export function workRoutes(parts: TicketRouteParts): Route[] {
  const work = workWith(parts);
  return [
    route({
      method: 'POST',
      path: '/api/v1/tickets/:id/dispatch',
      action: 'ticket.dispatch',
      summary: 'Dispatch a ticket to the department that is responsible',
      params: id,
      body: z.strictObject({ departmentId: z.string().min(1), note: note.default(''), version }),
      response: ticketDetail,
      once: true,
      handler: ({ params, body, ...context }) =>
        work(context, { ticketId: params.id, act: 'dispatch', ...body }),
    }),
    ...(['answer', 'note', 'close'] as const).map((act) =>
      route({
        method: 'POST',
        path: `/api/v1/tickets/:id/${act}`,
        action: 'ticket.update',
        summary: SUMMARY[act],
        params: id,
        body: z.strictObject({ note: needed, version }),
        response: ticketDetail,
        once: true,
        handler: ({ params, body, ...context }) => work(context, { ticketId: params.id, act, ...body }),
      }),
    ),
    reveal(parts),
  ];
}

const SUMMARY = {
  answer: 'Enter the department’s answer',
  note: 'Leave a note on a ticket',
  close: 'Close a ticket, with what came of it',
} as const;

type Asked = Omit<Parameters<typeof detailOf>[2], 'policy'> & { unit: Unit };

function workWith(parts: TicketRouteParts) {
  return async ({ unit, person, locale, now }: Asked, what: Omit<Work, 'person' | 'now'>) => {
    const { ticket, event } = await workOn(unit, parts, { ...what, person, now });
    const details = await readDetails(unit.sql, ticket.id);
    if (what.act !== 'note') await tellCustomerOf(unit, parts, ticket, now);
    await tell(unit, parts, [event], now);
    return detailOf(ticket, details, { person, policy: parts.policy().policy, locale, now });
  };
}

/** Not `once`: the answer would be kept, number and all, for the repeat. */
function reveal(parts: TicketRouteParts): Route {
  return route({
    method: 'POST',
    path: '/api/v1/tickets/:id/reveal',
    action: 'ticket.reveal',
    summary: 'Show the contact in clear; the reason goes on the record',
    params: id,
    body: z.strictObject({ reason: needed }),
    response: z.strictObject({ contact: z.string() }),
    handler: ({ person, params, body, now }) =>
      parts.db.transaction(async (unit) => ({
        contact: await revealContact(unit, parts, { ticketId: params.id, person, reason: body.reason, now }),
      })),
  });
}
