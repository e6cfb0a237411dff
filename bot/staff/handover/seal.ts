import type { Sql, Unit } from '../../../prisma/client.ts';
import { sorted } from '../../people/audit-chain.ts';
import type { Sealing } from '../../people/sealing.ts';
import { type Seal, sealContent, sealOf } from '../seal.ts';
import type { HandoverParts } from './parts.ts';
import type { HandoverRecord } from './record.ts';

export type { Seal } from '../seal.ts';

/** Seals an ended handover. */
export function sealHandover(
  unit: Unit,
  { audit }: Pick<HandoverParts, 'audit'>,
  record: HandoverRecord,
  by: string,
): Promise<void> {
  const details = { state: record.state, items: record.items.length };
  return sealContent(unit, audit, {
    ...{ object: 'handover', id: record.id, by, details, content: contentOf(record) },
  });
}

/** Whether the record is still what was sealed. */
export function verifySeal(sql: Sql, sealing: Sealing, record: HandoverRecord): Promise<Seal> {
  return sealOf(sql, sealing, { object: 'handover', id: record.id, content: contentOf(record) });
}

/** What can no longer change once it has ended: an item may be closed later, a question still be answered. */
function contentOf(record: HandoverRecord): string {
  const { id, teamId, changeAt, since, state, fromShift, toShift, sections, facts, closedAt } = record;
  const { openedAt, completedAt, completedBy, outgoing, incoming, decisions, list, questions } = record;
  const early = (at: number | null) => at !== null && at <= (closedAt ?? at);
  return JSON.stringify(
    sorted({
      ...{ id, teamId, changeAt, since, state, fromShift, toShift, sections, facts, openedAt, completedAt },
      ...{ completedBy, closedAt, outgoing, incoming, decisions },
      items: list.map(({ no, text, authorId, createdAt }) => ({ no, text, authorId, createdAt })),
      questions: questions
        .filter(({ askedAt }) => early(askedAt))
        .map((each) =>
          early(each.answeredAt) ? each : { ...each, answer: null, answererId: null, answeredAt: null },
        ),
    }),
  );
}
