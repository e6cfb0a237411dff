import { type Unit, uuidv7 } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import { tellPeople } from '../post.ts';
import { type By, leads } from './leaders.ts';
import type { HandoverParts } from './parts.ts';
import { type HandoverRecord, handoverById } from './record.ts';
import { ended } from './rules.ts';
import type { Section, Sections } from './types.ts';

export interface Writing {
  readonly id: string;
  readonly by: By;
  /** What to put there, in the place of what stood there or, with `append`, below it. */
  readonly sections: Sections;
  readonly append?: boolean;
  /** What the writer had before their eyes: version_changed if a colleague has written there since. */
  readonly was?: Sections;
}

/** Writes sections of an open handover, by those who go or who leads. @throws not_found, forbidden, not_allowed_now */
export async function writeSections(
  unit: Unit,
  { audit }: Pick<HandoverParts, 'audit'>,
  { id, by, sections, append = false, was = {} }: Writing,
): Promise<HandoverRecord> {
  const held = await handoverById(unit.sql, id, { hold: true });
  if (!held) throw new AppError('not_found');
  if (!held.outgoing.includes(by.id) && !leads(by, held.teamId)) throw new AppError('forbidden');
  if (held.state !== 'open') throw new AppError('not_allowed_now', undefined, { state: held.state });
  const keys = Object.keys(sections) as Section[];
  if (keys.some((key) => key in was && (was[key] ?? '') !== (held.sections[key] ?? '')))
    throw new AppError('version_changed');
  const next = Object.fromEntries(
    keys.map((key) => {
      const old = append ? held.sections[key] : undefined;
      return [key, old ? `${old}\n${sections[key]}` : (sections[key] ?? '')];
    }),
  );
  await unit.sql.query({
    text: 'UPDATE handover SET sections = sections || $2 WHERE id = $1',
    values: [id, JSON.stringify(next)],
  });
  const actor = { kind: 'person' as const, id: by.id };
  await audit(unit, { actor, action: 'handover.write', object: 'handover', objectId: id, secrets: next });
  return { ...held, sections: { ...held.sections, ...next } };
}

/** Puts a question of somebody who comes on record; those who go are asked. @throws not_found, forbidden, not_allowed_now */
export async function askQuestion(
  unit: Unit,
  parts: HandoverParts,
  { id, by, text }: { id: string; by: By; text: string },
  now: number,
): Promise<number> {
  const held = await handoverById(unit.sql, id, { hold: true });
  if (!held) throw new AppError('not_found');
  if (!held.incoming.some(({ personId }) => personId === by.id)) throw new AppError('forbidden');
  if (ended(held)) throw new AppError('not_allowed_now', undefined, { state: held.state });
  const questionId = uuidv7(now);
  const { rows } = await unit.sql.query<{ no: number }>({
    text: `INSERT INTO handover_question (id, handover_id, asker_id, text, created_at) VALUES ($1, $2, $3, $4, $5)
      RETURNING no`,
    values: [questionId, id, by.id, text, new Date(now)],
  });
  const no = rows[0]?.no ?? 0;
  const actor = { kind: 'person' as const, id: by.id };
  await parts.audit(unit, {
    ...{
      actor,
      action: 'handover.ask',
      object: 'handover',
      objectId: id,
      details: { no },
      secrets: { text },
    },
  });
  const word = { kind: 'handover.asked', data: { handoverId: id, no } };
  await tellPeople(unit, parts, held.outgoing, word, now);
  return no;
}

/** Answers a question, once, by one of those who went or by who leads. @throws not_found, forbidden, conflict */
export async function answerQuestion(
  unit: Unit,
  parts: HandoverParts,
  { no, by, answer }: { no: number; by: By; answer: string },
  now: number,
): Promise<HandoverRecord> {
  const { rows } = await unit.sql.query<{ id: string }>({
    text: 'SELECT handover_id AS id FROM handover_question WHERE no = $1',
    values: [no],
  });
  const record = rows[0] && (await handoverById(unit.sql, rows[0].id, { hold: true }));
  const question = record?.questions.find((each) => each.no === no);
  if (!record || !question) throw new AppError('not_found');
  if (!record.outgoing.includes(by.id) && !leads(by, record.teamId)) throw new AppError('forbidden');
  const { rowCount } = await unit.sql.query({
    text: `UPDATE handover_question SET answer = $2, answerer_id = $3, answered_at = $4 WHERE no = $1 AND answer IS NULL`,
    values: [no, answer, by.id, new Date(now)],
  });
  if (rowCount !== 1) throw new AppError('conflict', 'the question was answered before');
  const actor = { kind: 'person' as const, id: by.id };
  await parts.audit(unit, {
    ...{ actor, action: 'handover.answer', object: 'handover', objectId: record.id },
    ...{ details: { no }, secrets: { answer } },
  });
  const word = { kind: 'handover.answered', data: { handoverId: record.id, no } };
  await tellPeople(unit, parts, [question.askerId], word, now);
  return record;
}
