import { z } from 'zod';
import { CAUSES } from '../roster/types.ts';
import type { HandoverFacts } from './facts.ts';
import type { HandoverItem } from './items.ts';
import type { HandoverRecord } from './record.ts';
import { leftToReadBack, missingSections } from './rules.ts';
import type { Seal } from './seal.ts';
import { SECTIONS, type Section } from './types.ts';
import { nameIn } from './words.ts';

const moment = z.number().nullable();
export const section = z.enum(SECTIONS);

export const itemView = z.strictObject({
  id: z.uuid(),
  no: z.int(),
  text: z.string(),
  author: z.string(),
  createdAt: z.number(),
  closedAt: moment,
  closedBy: z.string().nullable(),
  closeNote: z.string().nullable(),
});

const facts = z.strictObject({
  at: z.number(),
  ticketsOpen: z.int(),
  ticketsOverdue: z.int(),
  overdue: z.array(z.string()),
  queue: z.int(),
  callbacks: z.int(),
  knowledgeAdded: z.array(z.string()),
  knowledgeRemoved: z.array(z.string()),
  changes: z.array(
    z.strictObject({
      cause: z.enum(CAUSES),
      off: z.string(),
      on: z.string().nullable(),
    }),
  ),
  incidents: z.array(z.string()).optional(),
  unread: z.array(z.strictObject({ person: z.string(), titles: z.array(z.string()) })),
});

export const summaryView = z.strictObject({
  id: z.uuid(),
  team: z.string(),
  changeAt: z.number(),
  fromShift: z.string(),
  toShift: z.string(),
  state: z.enum(['open', 'completed', 'accepted', 'decided']),
  outgoing: z.array(z.string()),
  incoming: z.array(z.string()),
  items: z.int(),
});

export const detailView = summaryView.extend({
  sections: z.partialRecord(section, z.string()),
  /** Those that must be written before it can be completed, and are not. */
  missing: z.array(section),
  /** Live until it is completed, then as they were. */
  facts,
  list: z.array(itemView),
  comes: z.array(
    z.strictObject({
      id: z.uuid(),
      name: z.string(),
      acceptedAt: moment,
      /** How many items they have read back. */
      readBack: z.int(),
      decided: z.boolean(),
    }),
  ),
  questions: z.array(
    z.strictObject({
      no: z.int(),
      asker: z.string(),
      text: z.string(),
      askedAt: z.number(),
      answer: z.string().nullable(),
      answerer: z.string().nullable(),
    }),
  ),
  decisions: z.array(
    z.strictObject({
      kind: z.enum(['stand_in', 'release']),
      by: z.string(),
      missing: z.string().nullable(),
      standIn: z.string().nullable(),
      note: z.string(),
      at: z.number(),
    }),
  ),
  completedBy: z.string().nullable(),
  completedAt: moment,
  closedAt: moment,
  seal: z.enum(['none', 'intact', 'changed']),
  /** What the reader is here. `left`: ids of the items that they have still to read back, where they come. */
  mine: z.strictObject({
    goes: z.boolean(),
    comes: z.boolean(),
    accepted: z.boolean(),
    leads: z.boolean(),
    left: z.array(z.uuid()),
  }),
});

export function asItem(item: HandoverItem, names: ReadonlyMap<string, string>): z.input<typeof itemView> {
  const { id, no, text, authorId, createdAt, closedAt, closedBy, closeNote } = item;
  const by = closedBy && (names.get(closedBy) ?? '');
  return { id, no, text, author: names.get(authorId) ?? '', createdAt, closedAt, closedBy: by, closeNote };
}

export function asSummary(record: HandoverRecord): z.input<typeof summaryView> {
  const { id, teamName: team, changeAt, fromShift, toShift, state, outgoing, incoming, list } = record;
  return {
    ...{ id, team, changeAt, fromShift, toShift, state, items: list.length },
    outgoing: outgoing.map((each) => nameIn(record, each)),
    incoming: incoming.map(({ personId }) => nameIn(record, personId)),
  };
}

/** A handover as this reader sees it. */
export function asDetail(
  record: HandoverRecord,
  shown: HandoverFacts,
  seal: Seal,
  reader: { id: string; leads: boolean; required: readonly Section[] },
): z.input<typeof detailView> {
  const { sections, incoming, questions, decisions, completedBy, completedAt, closedAt, list } = record;
  const name = (id: string | null) => (id === null ? null : nameIn(record, id));
  const own = incoming.find(({ personId }) => personId === reader.id);
  return {
    ...asSummary(record),
    missing: record.state === 'open' ? missingSections(sections, reader.required) : [],
    ...{ sections, completedAt, closedAt, seal, completedBy: name(completedBy) },
    facts: JSON.parse(JSON.stringify(shown)),
    list: list.map((item) => asItem(item, record.names)),
    comes: incoming.map(({ personId, acceptedAt, readBack }) => ({
      ...{ id: personId, name: nameIn(record, personId), acceptedAt, readBack: readBack.length },
      decided: decisions.some(({ missingId }) => missingId === personId),
    })),
    questions: questions.map(({ no, askerId, text, askedAt, answer, answererId }) => {
      return { no, asker: nameIn(record, askerId), text, askedAt, answer, answerer: name(answererId) };
    }),
    decisions: decisions.map(({ kind, by, missingId, standInId, note, at }) => {
      return { kind, by: nameIn(record, by), missing: name(missingId), standIn: name(standInId), note, at };
    }),
    mine: {
      goes: record.outgoing.includes(reader.id),
      comes: own !== undefined,
      accepted: own !== undefined && own.acceptedAt !== null,
      leads: reader.leads,
      left: own && own.acceptedAt === null ? leftToReadBack(record, reader.id) : [],
    },
  };
}
