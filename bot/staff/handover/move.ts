import { type Unit, uuidv7 } from '../../../prisma/client.ts';
import { unreadMustReads } from '../notices/receipts.ts';
import { tellPeople } from '../post.ts';
import { loadFacts } from './facts.ts';
import { openItems } from './items.ts';
import { type By, leadersOf, leads } from './leaders.ts';
import type { HandoverParts } from './parts.ts';
import { type HandoverRecord, handoverById } from './record.ts';
import { ended, type Move, missingSections, moved, type Refusal, waitedFor } from './rules.ts';
import { sealHandover } from './seal.ts';
import { putOnRoster, type StandInRefusal } from './stand-in.ts';
import type { Decision, Progress, Section } from './types.ts';
import { writeSections } from './write.ts';

/** What a colleague asks for; who they are and what is true now is added here. */
export type Asked =
  | { readonly do: 'accept' }
  /** `nothingElse`: what must be written and is not, gets this word 「无」. */
  | { readonly do: 'complete'; readonly nothingElse?: string }
  | { readonly do: 'readBack'; readonly itemId: string }
  | ({ readonly do: 'decide' } & Pick<Decision, 'missingId' | 'kind' | 'standInId' | 'note'>);

export type MoveResult =
  | { readonly record: HandoverRecord }
  | { readonly refused: Refusal | StandInRefusal | 'none'; readonly missing?: readonly Section[] };

/**
 * Makes one move under the handover's lock: what the rules say is written, a stand-in put on the roster, all on the audit
 * record, told, and, once the handover has ended, sealed; all in the caller's transaction.
 */
export async function moveHandover(
  unit: Unit,
  parts: HandoverParts,
  { id, by, asked }: { id: string; by: By; asked: Asked },
  now: number,
): Promise<MoveResult> {
  const before = await handoverById(unit.sql, id, { hold: true });
  if (!before) return { refused: 'none' };
  const result = moved(before, await moveOf(unit, parts, before, by, asked, now), now);
  const missing = missingSections(before.sections, parts.policy().policy.handover.required);
  if ('refused' in result) return result.refused === 'empty' ? { ...result, missing } : result;
  if (asked.do === 'complete' && asked.nothingElse !== undefined && missing.length > 0) {
    const sections = Object.fromEntries(missing.map((section) => [section, asked.nothingElse]));
    await writeSections(unit, parts, { id, by, sections });
  }
  const { standInId = null, missingId = null } = asked.do === 'decide' ? asked : {};
  if (standInId !== null) {
    const { policy } = parts.policy();
    const refused = await putOnRoster(unit, policy, before, { missingId, standInId }, now);
    if (refused) return { refused };
  }
  await storeMove(unit, before, result.progress, by.id, now);
  if (asked.do === 'complete') await keepFacts(unit, parts, before, now);
  const record = await handoverById(unit.sql, id);
  if (!record) throw new Error('a handover vanished in its own transaction');
  await parts.audit(unit, {
    ...{ actor: { kind: 'person', id: by.id }, action: `handover.${ACTS[asked.do]}` },
    ...{ object: 'handover', objectId: id },
    ...detailsOf(asked, record),
  });
  if (ended(record)) await sealHandover(unit, parts, record, by.id);
  await tell(unit, parts, record, asked, by.id, now);
  return { record };
}

const ACTS = { complete: 'complete', readBack: 'read_back', accept: 'accept', decide: 'decide' } as const;

function detailsOf(asked: Asked, { state, items }: HandoverRecord) {
  if (asked.do === 'readBack') return { details: { item: asked.itemId } };
  if (asked.do !== 'decide') return { details: { state, items: items.length } };
  const { kind, missingId, standInId, note } = asked;
  return { details: { state, kind, missing: missingId, standIn: standInId }, secrets: { note } };
}

async function moveOf(
  { sql }: Unit,
  { policy }: HandoverParts,
  record: HandoverRecord,
  by: By,
  asked: Asked,
  now: number,
): Promise<Move> {
  const who = { by: by.id, leads: leads(by, record.teamId) };
  switch (asked.do) {
    case 'complete': {
      const open = (await openItems(sql, record.teamId)).map(({ id }) => id);
      const { required } = policy().policy.handover;
      const missing = asked.nothingElse === undefined ? missingSections(record.sections, required) : [];
      return { do: 'complete', ...who, open, missing };
    }
    case 'accept': {
      const { blockTakingOver } = policy().policy.notices;
      const unread = blockTakingOver ? await unreadMustReads(sql, by.id, now) : [];
      return { do: 'accept', by: by.id, unread: unread.length };
    }
    case 'readBack':
      return { ...asked, by: by.id };
    case 'decide':
      return { ...asked, ...who };
  }
}

/** Writes the difference; each statement claims what it changes. */
export async function storeMove(
  { sql }: Unit,
  before: HandoverRecord,
  after: Progress,
  by: string,
  now: number,
): Promise<void> {
  const { id } = before;
  const at = new Date(now);
  const [completes, ends] = [before.state === 'open' && after.state !== 'open', ended(after)];
  if (after.state !== before.state)
    await claimed(sql, {
      text: `UPDATE handover SET state = $3, completed_at = CASE WHEN $4 THEN $5 ELSE completed_at END,
          completed_by = CASE WHEN $4 THEN $6 ELSE completed_by END, closed_at = CASE WHEN $7 THEN $5 END
        WHERE id = $1 AND state = $2`,
      values: [id, before.state, after.state, completes, at, by, ends],
    });
  for (const itemId of after.items.filter((each) => !before.items.includes(each)))
    await claimed(sql, { text: 'INSERT INTO handover_carry VALUES ($1, $2)', values: [id, itemId] });
  for (const { missingId, kind, standInId, note } of after.decisions.slice(before.decisions.length))
    await claimed(sql, {
      text: `INSERT INTO handover_decision (id, handover_id, missing_id, kind, stand_in_id, decider_id, note, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      values: [uuidv7(now), id, missingId, kind, standInId, by, note, at],
    });
  for (const { personId, acceptedAt, readBack } of after.incoming) {
    const was = before.incoming.find((each) => each.personId === personId);
    if (!was)
      await claimed(sql, {
        text: `INSERT INTO handover_person VALUES ($1, $2, 'in')`,
        values: [id, personId],
      });
    if (acceptedAt !== null && was?.acceptedAt === null)
      await claimed(sql, {
        text: `UPDATE handover_person SET accepted_at = $3
          WHERE handover_id = $1 AND person_id = $2 AND side = 'in' AND accepted_at IS NULL`,
        values: [id, personId, at],
      });
    for (const itemId of readBack.filter((each) => !was?.readBack.includes(each)))
      await claimed(sql, {
        text: 'INSERT INTO handover_readback VALUES ($1, $2, $3, $4)',
        values: [id, personId, itemId, at],
      });
  }
}

async function claimed(sql: Unit['sql'], statement: { text: string; values: unknown[] }): Promise<void> {
  const { rowCount } = await sql.query(statement);
  if (rowCount !== 1) throw new Error('a handover was changed outside its lock');
}

async function keepFacts(
  { sql }: Unit,
  parts: HandoverParts,
  before: HandoverRecord,
  now: number,
): Promise<void> {
  const facts = await loadFacts(sql, before, parts.handover, now);
  await sql.query({
    text: 'UPDATE handover SET facts = $2 WHERE id = $1',
    values: [before.id, JSON.stringify(facts)],
  });
}

/** Completed: who comes is asked to take over. Decided: the stand-in is. Ended: everybody hears of it. */
async function tell(
  unit: Unit,
  parts: HandoverParts,
  record: HandoverRecord,
  asked: Asked,
  by: string,
  now: number,
): Promise<void> {
  const word = (kind: string) => ({ kind: `handover.${kind}`, data: { handoverId: record.id } });
  const coming = waitedFor(record);
  const standIn = asked.do === 'decide' ? asked.standInId : null;
  if (asked.do === 'complete') await tellPeople(unit, parts, coming, word('completed'), now);
  if (standIn) await tellPeople(unit, parts, [standIn], word('stand_in'), now);
  if (!ended(record)) return;
  const leaders = (await leadersOf(unit.sql, record.teamId, [])).map(({ id }) => id);
  const everybody = [...record.outgoing, ...record.incoming.map(({ personId }) => personId), ...leaders];
  const others = [...new Set(everybody)].filter((id) => id !== by);
  await tellPeople(unit, parts, others, word('ended'), now);
}
