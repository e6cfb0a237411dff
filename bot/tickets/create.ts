import { type Unit, uuidv7 } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';
import type { Audit, AuditActor } from '../people/audit.ts';
import { maskPhone } from '../people/masking.ts';
import type { Sealing } from '../people/sealing.ts';
import type { PolicyVersion } from '../policy/versions.ts';
import { limitsOf } from './clock.ts';
import { ticketNumber } from './number.ts';

/** Every change of a ticket is told here. */
export const ticketStream = 'tickets';

export interface TicketParts {
  sealing: Sealing;
  audit: Audit;
}

export interface NewTicket {
  kind: string;
  category: string;
  description: string;
  /** In clear; stored sealed and masked. */
  contact: string;
  conversationId: string | null;
  episodeId: string | null;
  customerId: string | null;
  /** What the customer sent with it; a file may have yet to be fetched. */
  files?: { id: string; name: string }[];
  /**
   * Who answers for it 首问负责制: the agent who makes it. A customer's own form has nobody yet: it waits in the
   * list, and whoever first works on it has it from then on.
   */
  ownerId: string | null;
  by: AuditActor;
  policy: PolicyVersion;
  now: number;
}

export interface CreatedTicket {
  id: string;
  number: string;
  dispatchDueAt: number;
  dueAt: number;
  /** For `ticketStream`. */
  event: { type: 'created'; data: Record<string, unknown> };
}

const insertText = `INSERT INTO ticket (id, number, last8, kind, category, description, contact_sealed, contact_masked,
  conversation_id, episode_id, customer_id, owner_id, dispatch_due_at, due_at, policy_id, created_by, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`;

/**
 * Accepts a ticket 受理 in the caller's transaction. Throws invalid_input for a kind or category that the policy
 * doesn't have.
 */
export async function createTicket(
  unit: Unit,
  parts: TicketParts,
  ticket: NewTicket,
): Promise<CreatedTicket> {
  const { policy, now, by } = ticket;
  const kind = policy.policy.tickets.kinds.find((k) => k.id === ticket.kind);
  if (!kind) throw new AppError('invalid_input', 'no such kind of ticket', { field: 'kind' });
  if (!kind.categories.some((c) => c.id === ticket.category))
    throw new AppError('invalid_input', 'no such category', { field: 'category' });
  const { rows } = await unit.sql.query<{ serial: number }>({
    name: 'ticket-serial',
    text: `SELECT nextval('ticket_serial')::int AS serial`,
  });
  const { timeZone } = policy.policy.centre;
  const { number, last8 } = ticketNumber(kind.prefix, rows[0]?.serial ?? 0, now, timeZone);
  const { dispatchDueAt, dueAt } = limitsOf(kind, now);
  const id = uuidv7(now);
  const { category, description, contact, conversationId, episodeId, customerId, ownerId } = ticket;
  await unit.sql.query({
    name: 'ticket-insert',
    text: insertText,
    values: [
      ...[id, number, last8, kind.id, category, description],
      ...[parts.sealing.seal('contact', contact), maskPhone(contact)],
      ...[conversationId, episodeId, customerId, ownerId, new Date(dispatchDueAt), new Date(dueAt)],
      ...[policy.id, by.kind, new Date(now)],
    ],
  });
  await attach(unit, id, ticket.files ?? []);
  await addStep(unit, { ticketId: id, kind: 'created', actor: by, now });
  await parts.audit(unit, {
    ...{ actor: by, action: 'ticket.create', object: 'ticket', objectId: id },
    ...{ details: { kind: kind.id, category }, secrets: { contact } },
  });
  const data = { ticketId: id, number, kind: kind.id, ownerId, state: 'open' };
  return { id, number, dispatchDueAt, dueAt, event: { type: 'created', data } };
}

async function attach({ sql }: Unit, ticketId: string, files: { id: string; name: string }[]): Promise<void> {
  const text = 'INSERT INTO ticket_file (ticket_id, file_id, no, name) VALUES ($1, $2, $3, $4)';
  for (const [no, { id, name }] of files.entries())
    await sql.query({ text, values: [ticketId, id, no, name] });
}

export interface TicketStep {
  ticketId: string;
  kind: string;
  actor: AuditActor;
  note?: string;
  now: number;
}

/** Notes what happened to a ticket 处理记录. */
export async function addStep(
  unit: Pick<Unit, 'sql'>,
  { ticketId, kind, actor, note, now }: TicketStep,
): Promise<void> {
  await unit.sql.query({
    name: 'ticket-step',
    text: `INSERT INTO ticket_step (id, ticket_id, kind, actor_kind, actor_id, note, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    values: [uuidv7(now), ticketId, kind, actor.kind, actor.id ?? null, note ?? '', new Date(now)],
  });
}
