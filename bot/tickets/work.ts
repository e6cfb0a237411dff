import type { Unit } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';
import type { Actor } from '../people/permissions.ts';
import { may } from '../people/permissions.ts';
import { addStep, type TicketParts } from './create.ts';
import { holdTicket, type TicketRow } from './read.ts';
import { assertMay, nextState, type TicketAct } from './rules.ts';

/** Something done to a ticket by a colleague. */
export interface Work {
  ticketId: string;
  act: TicketAct;
  person: Actor;
  note: string;
  /** Where it is dispatched to. */
  departmentId?: string | undefined;
  /** What the colleague was looking at; somebody else's change in between is then a conflict. */
  version?: number | undefined;
  now: number;
}

export interface WorkDone {
  ticket: TicketRow;
  /** For `ticketStream`. */
  event: { type: string; data: Record<string, unknown> };
}

const updateText = `UPDATE ticket SET state = $2, owner_id = $3, department_id = coalesce($4, department_id),
  dispatched_at = CASE WHEN $5 = 'dispatch' THEN coalesce(dispatched_at, $6) ELSE dispatched_at END,
  closed_at = CASE WHEN $5 = 'close' THEN $6 ELSE closed_at END, version = version + 1
WHERE id = $1`;

/**
 * Does it, in the caller's transaction, under the ticket's lock. Nobody's ticket becomes that of whoever first works
 * on it (RULEBOOK §2.3).
 * @throws AppError not_found, forbidden, version_changed, not_allowed_now, invalid_input
 */
export async function workOn(unit: Unit, parts: TicketParts, work: Work): Promise<WorkDone> {
  const { act, person, note, departmentId, now } = work;
  const ticket = await holdTicket(unit.sql, work.ticketId);
  assertMay(person, act, { personId: ticket.ownerId, teamId: ticket.ownerTeamId });
  if (work.version !== undefined && work.version !== ticket.version)
    throw new AppError('version_changed', undefined, { version: ticket.version });
  const state = nextState(ticket.state, act);
  if (departmentId !== undefined) await assertDepartment(unit, departmentId);
  const ownerId = ticket.ownerId ?? person.id;
  const values = [ticket.id, state, ownerId, departmentId ?? null, act, new Date(now)];
  await unit.sql.query({ name: 'ticket-work', text: updateText, values });
  const actor = { kind: 'person', id: person.id } as const;
  await addStep(unit, { ticketId: ticket.id, kind: act, actor, note, now });
  await parts.audit(unit, {
    ...{ actor, action: act === 'dispatch' ? 'ticket.dispatch' : 'ticket.update' },
    ...{
      object: 'ticket',
      objectId: ticket.id,
      details: { act, from: ticket.state, to: state, departmentId },
    },
  });
  const data = { ticketId: ticket.id, number: ticket.number, kind: ticket.kind, ownerId, state };
  return { ticket: await holdTicket(unit.sql, ticket.id), event: { type: act, data } };
}

async function assertDepartment(unit: Unit, id: string): Promise<void> {
  const { rowCount } = await unit.sql.query({ text: 'SELECT FROM department WHERE id = $1', values: [id] });
  if (rowCount === 0) throw new AppError('invalid_input', 'no such department', { field: 'departmentId' });
}

/**
 * A customer's number in clear, with the reason on the record (RULEBOOK §2.10).
 * @throws AppError not_found, forbidden
 */
export async function revealContact(
  unit: Unit,
  { sealing, audit }: TicketParts,
  { ticketId, person, reason, now }: { ticketId: string; person: Actor; reason: string; now: number },
): Promise<string> {
  const ticket = await holdTicket(unit.sql, ticketId);
  const owner = { personId: ticket.ownerId, teamId: ticket.ownerTeamId };
  if (!may(person, 'ticket.reveal', owner)) throw new AppError('forbidden');
  const text = 'SELECT contact_sealed AS sealed FROM ticket WHERE id = $1';
  const { rows } = await unit.sql.query<{ sealed: Buffer }>({ text, values: [ticketId] });
  const actor = { kind: 'person', id: person.id } as const;
  await addStep(unit, { ticketId, kind: 'reveal', actor, note: reason, now });
  await audit(unit, {
    ...{ actor, action: 'ticket.reveal', object: 'ticket', objectId: ticketId },
    secrets: { reason },
  });
  return sealing.open('contact', rows[0]?.sealed ?? Buffer.alloc(0));
}
