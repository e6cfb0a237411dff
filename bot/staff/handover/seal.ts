import type { Sql, Unit } from '../../../prisma/client.ts';
import { isDigestOf } from '../../people/audit.ts';
import { sorted } from '../../people/audit-chain.ts';
import type { Sealing } from '../../people/sealing.ts';
import type { HandoverParts } from './parts.ts';
import type { HandoverRecord } from './record.ts';

/**
 * Seals an ended handover: a keyed digest of its whole content goes on the audit chain, so that whoever changes the
 * record in the database is found out, and whoever changes the audit row too.
 */
export async function sealHandover(
  unit: Unit,
  { audit }: Pick<HandoverParts, 'audit'>,
  record: HandoverRecord,
  by: string,
): Promise<void> {
  await audit(unit, {
    actor: { kind: 'person', id: by },
    action: 'handover.seal',
    object: 'handover',
    objectId: record.id,
    details: { state: record.state, items: record.items.length },
    secrets: { content: contentOf(record) },
  });
}

export type Seal = 'none' | 'intact' | 'changed';

/** Whether the record is still what was sealed. */
export async function verifySeal(sql: Sql, sealing: Sealing, record: HandoverRecord): Promise<Seal> {
  const { rows } = await sql.query<{ content: string }>({
    text: `SELECT details->>'content' AS content FROM audit
      WHERE object = 'handover' AND object_id = $1 AND action = 'handover.seal'`,
    values: [record.id],
  });
  const [sealed] = rows;
  if (!sealed) return 'none';
  return isDigestOf(sealing, sealed.content, contentOf(record)) ? 'intact' : 'changed';
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
