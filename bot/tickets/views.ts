import { z } from 'zod';
import { file } from '../desk/views.ts';
import type { Locale } from '../i18n/index.ts';
import { maskNumbersIn } from '../people/masking.ts';
import type { Actor } from '../people/permissions.ts';
import type { Policy } from '../policy/schema.ts';
import { colourOf } from './clock.ts';
import type { StepRow, TicketFileRow, TicketRow } from './read.ts';
import { actsFor, TICKET_ACTS, TICKET_STATES } from './rules.ts';

/** How the API shows tickets. Times are epoch milliseconds; numbers of customers are masked everywhere. */

const colour = z.enum(['ok', 'warning', 'overdue', 'met', 'missed']);
/** A limit 时限: when, how it stands, and when it was done. */
const limit = z.strictObject({ dueAt: z.number(), colour, doneAt: z.number().nullable() });
const named = z.strictObject({ id: z.string(), name: z.string() });

export const ticketItem = z.strictObject({
  id: z.uuid(),
  number: z.string(),
  kind: named,
  category: named,
  description: z.string(),
  contact: z.string(),
  state: z.enum(TICKET_STATES),
  conversationId: z.uuid().nullable(),
  owner: named.nullable(),
  department: named.nullable(),
  dispatch: limit,
  due: limit,
  createdAt: z.number(),
  createdBy: z.string(),
  version: z.int(),
});

export const ticketDetail = ticketItem.extend({
  files: z.array(file),
  /** What I may do now. */
  acts: z.array(z.enum(TICKET_ACTS)),
  steps: z.array(
    z.strictObject({
      kind: z.string(),
      by: z.string(),
      name: z.string().nullable(),
      note: z.string(),
      at: z.number(),
    }),
  ),
});

type Item = z.input<typeof ticketItem>;

export function itemOf(ticket: TicketRow, policy: Policy, locale: Locale, now: number): Item {
  const kind = policy.tickets.kinds.find((k) => k.id === ticket.kind);
  const category = kind?.categories.find((c) => c.id === ticket.category);
  const from = ticket.createdAt.getTime();
  const standing = (due: Date | null, done: Date | null) => {
    const [dueAt, doneAt] = [due?.getTime() ?? from, done?.getTime() ?? null];
    return { dueAt, doneAt, colour: colourOf({ from, due: dueAt, warnAt: kind?.warnAt ?? 1, doneAt }, now) };
  };
  const { id, number, state, conversationId, ownerId, departmentId, createdBy, version } = ticket;
  return {
    ...{ id, number, state, conversationId, createdBy, version, createdAt: from },
    kind: { id: ticket.kind, name: kind?.name[locale] ?? ticket.kind },
    category: { id: ticket.category, name: category?.name[locale] ?? ticket.category },
    description: maskNumbersIn(ticket.description),
    contact: ticket.contactMasked,
    owner: ownerId ? { id: ownerId, name: ticket.ownerName ?? '' } : null,
    department: departmentId ? { id: departmentId, name: ticket.departmentName ?? departmentId } : null,
    // Settled at first contact, a ticket needs no dispatch any more.
    dispatch: standing(ticket.dispatchDueAt, ticket.dispatchedAt ?? ticket.closedAt),
    due: standing(ticket.dueAt, ticket.closedAt),
  };
}

export function detailOf(
  ticket: TicketRow,
  { steps, files }: { steps: StepRow[]; files: TicketFileRow[] },
  asked: { person: Actor; policy: Policy; locale: Locale; now: number },
): z.input<typeof ticketDetail> {
  const { person, policy, locale, now } = asked;
  const owner = { personId: ticket.ownerId, teamId: ticket.ownerTeamId };
  return {
    ...itemOf(ticket, policy, locale, now),
    files: files.map(({ id, name, type, size, state }) => ({ id, name, type, size, state })),
    acts: actsFor(person, ticket.state, owner),
    steps: steps.map(({ kind, actorKind, actorName, note, createdAt }) => ({
      ...{ kind, by: actorKind, name: actorName, note: maskNumbersIn(note), at: createdAt.getTime() },
    })),
  };
}
