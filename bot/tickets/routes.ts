import { z } from 'zod';
import type { Database } from '../../prisma/client.ts';
import { readable } from '../desk/transcript.ts';
import { findPhones } from '../dialog/phone.ts';
import { AppError } from '../errors.ts';
import { type Route, route } from '../http/route.ts';
import { visible } from '../http/visible.ts';
import { createTicket } from './create.ts';
import type { TicketRouteParts } from './parts.ts';
import { listTickets, readDetails, readTicket } from './read.ts';
import { TICKET_STATES } from './rules.ts';
import { tell } from './tell.ts';
import { detailOf, itemOf, ticketDetail, ticketItem } from './views.ts';
import { workRoutes } from './work-routes.ts';

const id = z.strictObject({ id: z.uuid() });
const named = z.strictObject({ id: z.string(), name: z.string() });

/** Tickets 工单: the list, one, and what colleagues do with them. */
export function ticketRoutes(parts: TicketRouteParts): Route[] {
  return [settings(parts), list(parts), one(parts), create(parts), ...workRoutes(parts)];
}

function settings({ db, policy }: TicketRouteParts): Route {
  return route({
    method: 'GET',
    path: '/api/v1/tickets/settings',
    action: 'ticket.read',
    summary: 'Kinds and categories of tickets, and the departments they go to',
    response: z.strictObject({
      kinds: z.array(z.strictObject({ ...named.shape, categories: z.array(named) })),
      departments: z.array(named),
    }),
    async handler({ locale }) {
      const kinds = policy().policy.tickets.kinds.map((kind) => ({
        ...{ id: kind.id, name: kind.name[locale] },
        categories: kind.categories.map((c) => ({ id: c.id, name: c.name[locale] })),
      }));
      return { kinds, departments: await db.prisma.department.findMany({ orderBy: { name: 'asc' } }) };
    },
  });
}

const query = z.strictObject({
  state: z.enum(TICKET_STATES).optional(),
  owner: z.union([z.enum(['me', 'none']), z.uuid()]).optional(),
  conversation: z.uuid().optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

function list({ db, policy }: TicketRouteParts): Route {
  return route({
    method: 'GET',
    path: '/api/v1/tickets',
    action: 'ticket.read',
    summary: 'Tickets, newest first',
    query,
    response: z.strictObject({ now: z.number(), tickets: z.array(ticketItem), next: z.string().nullable() }),
    async handler({ person, query: { owner, conversation, ...filter }, locale, now }) {
      const ownerId = owner === 'none' ? null : owner === 'me' ? person.id : owner;
      const { rows, next } = await listTickets(db.sql, { ...filter, ownerId, conversationId: conversation });
      return { now, tickets: rows.map((row) => itemOf(row, policy().policy, locale, now)), next };
    },
  });
}

function one({ db, policy }: TicketRouteParts): Route {
  return route({
    method: 'GET',
    path: '/api/v1/tickets/:id',
    action: 'ticket.read',
    summary: 'One ticket, with what happened to it and what I may do',
    params: id,
    response: ticketDetail,
    async handler({ person, params, locale, now }) {
      const ticket = await readTicket(db.sql, params.id);
      if (!ticket) throw new AppError('not_found');
      const details = await readDetails(db.sql, ticket.id);
      return detailOf(ticket, details, { person, policy: policy().policy, locale, now });
    },
  });
}

const newTicket = z.strictObject({
  conversationId: z.uuid().optional(),
  kind: z.string(),
  category: z.string(),
  // As in the customers' form: emoji and signs don't count as words.
  description: visible(4000).refine((text) => /[\p{L}\p{N}]/u.test(text), {
    params: { problem: 'field.description_wordless' },
  }),
  contact: z.string().max(60),
});

function create(parts: TicketRouteParts): Route {
  return route({
    method: 'POST',
    path: '/api/v1/tickets',
    action: 'ticket.create',
    summary: 'Accept a ticket, usually from a conversation; whoever makes it owns it',
    body: newTicket,
    response: z.strictObject({
      ...{ id: z.uuid(), number: z.string(), dispatchDueAt: z.number(), dueAt: z.number() },
    }),
    status: 201,
    once: true,
    async handler({ unit, person, body, now }) {
      const [contact, other] = findPhones(body.contact);
      if (!contact || other)
        throw new AppError('invalid_input', 'not one telephone number', { field: 'contact' });
      const place = await placeOf(parts.db, person, body.conversationId);
      const by = { kind: 'person', id: person.id } as const;
      const policy = parts.policy();
      const { kind, category, description } = body;
      const { event, ...made } = await createTicket(unit, parts, {
        ...{ kind, category, description, contact, ...place, ownerId: person.id, by, policy, now },
      });
      await tell(unit, parts, [event], now);
      return made;
    },
  });
}

/** The contact that a ticket comes out of. @throws not_found, forbidden */
async function placeOf(
  db: Database,
  person: Parameters<typeof readable>[1],
  conversationId: string | undefined,
) {
  if (!conversationId) return { conversationId: null, episodeId: null, customerId: null };
  const { found, episode } = await readable(db, person, 'conversation.read', conversationId);
  return { conversationId, episodeId: episode?.id ?? null, customerId: found.address.customerId };
}
