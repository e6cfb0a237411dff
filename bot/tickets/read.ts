import type { Sql } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import type { TicketState } from './rules.ts';

/** A ticket as it is stored, with the names that belong to its ids. The contact is masked; its seal stays inside. */
export interface TicketRow {
  id: string;
  number: string;
  kind: string;
  category: string;
  description: string;
  contactMasked: string;
  conversationId: string | null;
  state: TicketState;
  ownerId: string | null;
  ownerName: string | null;
  ownerTeamId: string | null;
  departmentId: string | null;
  departmentName: string | null;
  dispatchDueAt: Date | null;
  dispatchedAt: Date | null;
  dueAt: Date | null;
  closedAt: Date | null;
  version: number;
  createdBy: string;
  createdAt: Date;
  [column: string]: unknown;
}

const columns = `t.id, t.number, t.kind, t.category, t.description, t.contact_masked AS "contactMasked",
  t.conversation_id AS "conversationId", t.state, t.owner_id AS "ownerId", p.name AS "ownerName",
  p.team_id AS "ownerTeamId", t.department_id AS "departmentId", d.name AS "departmentName",
  t.dispatch_due_at AS "dispatchDueAt", t.dispatched_at AS "dispatchedAt", t.due_at AS "dueAt",
  t.closed_at AS "closedAt", t.version, t.created_by AS "createdBy", t.created_at AS "createdAt"`;
const from =
  'ticket t LEFT JOIN person p ON p.id = t.owner_id LEFT JOIN department d ON d.id = t.department_id';

export async function readTicket(sql: Sql, id: string): Promise<TicketRow | undefined> {
  const { rows } = await sql.query<TicketRow>({
    text: `SELECT ${columns} FROM ${from} WHERE t.id = $1`,
    values: [id],
  });
  return rows[0];
}

/** Locks a ticket for the rest of the transaction and reads it as it then is. @throws not_found */
export async function holdTicket(sql: Sql, id: string): Promise<TicketRow> {
  await sql.query({
    name: 'ticket-hold',
    text: 'SELECT id FROM ticket WHERE id = $1 FOR UPDATE',
    values: [id],
  });
  // A statement of its own: its snapshot is taken when the row is already ours.
  const ticket = await readTicket(sql, id);
  if (!ticket) throw new AppError('not_found');
  return ticket;
}

export interface TicketFilter {
  state?: TicketState | undefined;
  /** A person's id; null: nobody's yet. */
  ownerId?: string | null | undefined;
  conversationId?: string | undefined;
  /** Opaque, from the page before. */
  cursor?: string | undefined;
  limit: number;
}

/** Tickets, newest first. @throws invalid_input for a cursor that isn't one */
export async function listTickets(
  sql: Sql,
  filter: TicketFilter,
): Promise<{ rows: TicketRow[]; next: string | null }> {
  const { state, ownerId, conversationId, cursor, limit } = filter;
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const { rows } = await sql.query<TicketRow>({
    text: `SELECT ${columns} FROM ${from}
      WHERE ($1::text IS NULL OR t.state = $1)
        AND ($2::boolean IS NULL OR (t.owner_id IS NULL) = $2) AND ($3::uuid IS NULL OR t.owner_id = $3)
        AND ($4::uuid IS NULL OR t.conversation_id = $4)
        AND ($5::timestamptz IS NULL OR (t.created_at, t.id) < ($5, $6::uuid))
      ORDER BY t.created_at DESC, t.id DESC LIMIT $7`,
    values: [
      ...[state ?? null, ownerId === null ? true : null, ownerId ?? null, conversationId ?? null],
      ...[after?.at ?? null, after?.id ?? null, limit + 1],
    ],
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { rows: page, next: last ? writeCursor({ at: last.createdAt, id: last.id }) : null };
}

/**
 * A ticket by its number or its last eight digits, but only of the conversation that made it, or of another that its
 * customer has joined to it by a code.
 */
export async function ticketOf(
  sql: Sql,
  conversationId: string,
  which: { number: string } | { last8: string } | 'newest',
): Promise<TicketRow | undefined> {
  const { rows } = await sql.query<TicketRow>({
    name: 'ticket-of',
    text: `SELECT ${columns} FROM ${from}
      WHERE t.conversation_id IN (SELECT $1::uuid UNION ALL SELECT o.id FROM conversation c JOIN address a ON a.id = c.address_id
        JOIN address b ON b.customer_id = a.customer_id JOIN conversation o ON o.address_id = b.id WHERE c.id = $1) AND ($2::text IS NULL OR t.number = $2) AND ($3::text IS NULL OR t.last8 = $3)
      ORDER BY t.created_at DESC, t.id DESC LIMIT 1`,
    values: [
      conversationId,
      which !== 'newest' && 'number' in which ? which.number : null,
      which !== 'newest' && 'last8' in which ? which.last8 : null,
    ],
  });
  return rows[0];
}

export interface StepRow {
  kind: string;
  actorKind: string;
  actorName: string | null;
  note: string;
  createdAt: Date;
  [column: string]: unknown;
}

/** What happened to a ticket, in order, and what was sent with it. */
export async function readDetails(sql: Sql, ticketId: string) {
  return { steps: await readSteps(sql, ticketId), files: await readFiles(sql, ticketId) };
}

async function readSteps(sql: Sql, ticketId: string): Promise<StepRow[]> {
  const { rows } = await sql.query<StepRow>({
    text: `SELECT s.kind, s.actor_kind AS "actorKind", p.name AS "actorName", s.note, s.created_at AS "createdAt"
      FROM ticket_step s LEFT JOIN person p ON p.id = s.actor_id WHERE s.ticket_id = $1 ORDER BY s.created_at, s.id`,
    values: [ticketId],
  });
  return rows;
}

export interface TicketFileRow {
  id: string;
  name: string;
  type: string;
  size: number;
  state: 'stored' | 'pending' | 'failed';
  [column: string]: unknown;
}

/** As far as they have arrived. */
async function readFiles(sql: Sql, ticketId: string): Promise<TicketFileRow[]> {
  const { rows } = await sql.query<TicketFileRow>({
    text: `SELECT t.file_id AS id, t.name, coalesce(f.content_type, '') AS type, coalesce(f.size, 0) AS size,
        CASE WHEN f.id IS NOT NULL THEN 'stored' WHEN p.id IS NOT NULL THEN 'pending' ELSE 'failed' END AS state
      FROM ticket_file t LEFT JOIN file f ON f.id = t.file_id LEFT JOIN file_fetch p ON p.id = t.file_id
      WHERE t.ticket_id = $1 ORDER BY t.no`,
    values: [ticketId],
  });
  return rows;
}
