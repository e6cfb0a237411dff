import { type Unit, uuidv7 } from '../../../../prisma/client.ts';
import { AppError } from '../../../errors.ts';
import { insteadOf } from '../../leave/away.ts';
import type { LadderStep } from '../../leave/ladder.ts';
import type { ActingParts } from '../../parts.ts';
import { tellPeople } from '../../post.ts';
import { type MatterRecord, matterById } from './record.ts';
import { followers, type MatterMove, type MatterRefusal, moveMatter, skippedOf } from './rules.ts';
import type { MatterProgress, MatterWord, Urgency } from './types.ts';

/** What a colleague asks for; who may answer in whose place is added here. */
export type AskedOfMatter =
  | { readonly do: 'answer'; readonly text: string; readonly carrierId: string | null }
  | { readonly do: 'pass' | 'acknowledge' | 'object' | 'done'; readonly text: string };

export type MatterKept =
  | { readonly record: MatterRecord; readonly word: MatterWord }
  | { readonly refused: MatterRefusal; readonly record: MatterRecord };

export interface NewMatter {
  readonly reporterId: string;
  readonly problem: string;
  readonly suggestion: string;
  readonly urgency: Urgency;
  readonly steps: readonly LadderStep[];
  readonly level: number;
  readonly policyId: string;
}

/** Reports a matter: on record, its ladder frozen, and with the card of whoever is asked first. */
export async function raiseMatter(
  unit: Unit,
  parts: ActingParts,
  { reporterId, problem, suggestion, urgency, steps, level, policyId }: NewMatter,
  now: number,
): Promise<MatterRecord> {
  const id = uuidv7(now);
  const at = new Date(now);
  await unit.sql.query({
    text: `INSERT INTO matter (id, reporter_id, carrier_id, problem, suggestion, urgency, ladder, first_level, level,
        asked_at, policy_id, created_at)
      VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $7, $8, $9, $8)`,
    values: [
      ...[id, reporterId, problem, suggestion, urgency],
      ...[JSON.stringify({ steps, informed: [] }), level, at, policyId],
    ],
  });
  await parts.audit(unit, {
    ...{ actor: { kind: 'person', id: reporterId }, action: 'matter.raise', object: 'matter', objectId: id },
    ...{ details: { urgency, level, skipped: level }, secrets: { problem, suggestion } },
  });
  const record = await matterById(unit.sql, id);
  if (!record) throw new Error('a matter vanished in its own transaction');
  await askLevel(unit, parts, record, now);
  return record;
}

/** Makes one move under the matter's lock: what the rules say is written, put on the audit record and told. */
export async function keepMove(
  unit: Unit,
  parts: ActingParts,
  { id, by, asked }: { id: string; by: string; asked: AskedOfMatter },
  now: number,
): Promise<MatterKept> {
  const before = await matterById(unit.sql, id, { hold: true });
  if (!before) throw new AppError('gone');
  const leading = asked.do === 'answer' || asked.do === 'pass';
  const instead = leading ? await insteadOf(unit.sql, before, parts.policy().policy, now) : [];
  const moved = moveMatter(before, { ...asked, by, instead } as MatterMove, now);
  if ('refused' in moved) return { refused: moved.refused, record: before };
  await store(unit, before, moved.progress, moved.word);
  const { kind, level, text } = moved.word;
  await parts.audit(unit, {
    ...{ actor: { kind: 'person', id: by }, action: `matter.${kind}`, object: 'matter', objectId: id },
    details: { level, state: moved.progress.state, carrier: moved.progress.carrierId },
    secrets: { text: text || undefined },
  });
  const record = await matterById(unit.sql, id);
  if (!record) throw new Error('a matter vanished in its own transaction');
  await tell(unit, parts, before, record, moved.word);
  return { record, word: moved.word };
}

/** The matter's compare-and-set: it must stand where it stood when it was read. */
async function store(
  { sql }: Unit,
  before: MatterRecord,
  { state, level, carrierId, skippedToldAt }: MatterProgress,
  word: MatterWord,
): Promise<void> {
  const at = new Date(word.at);
  const { rowCount } = await sql.query({
    text: `UPDATE matter SET state = $4, level = $5, carrier_id = $6, skipped_told_at = $7,
        asked_at = CASE WHEN state = $4 AND level = $5 THEN asked_at ELSE $8 END,
        reminders = CASE WHEN state = $4 AND level = $5 THEN reminders ELSE 0 END,
        escalated_at = CASE WHEN state = $4 AND level = $5 THEN escalated_at END
      WHERE id = $1 AND state = $2 AND level = $3`,
    values: [
      ...[before.id, before.state, before.level, state, level, carrierId],
      ...[skippedToldAt === null ? null : new Date(skippedToldAt), at],
    ],
  });
  if (rowCount !== 1) throw new AppError('conflict');
  await sql.query({
    text: `INSERT INTO matter_word (id, matter_id, person_id, kind, level, text, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    values: [uuidv7(word.at), before.id, word.by, word.kind, word.level, word.text, at],
  });
}

/** Gives the card to whoever is asked, and to those who may answer in their place at this moment. */
export async function askLevel(
  unit: Unit,
  parts: ActingParts,
  record: MatterRecord,
  now: number,
  { reminder = false }: { reminder?: boolean } = {},
): Promise<void> {
  const approver = record.steps[record.level]?.approverId;
  const instead = await insteadOf(unit.sql, record, parts.policy().policy, now);
  const ids = [...(approver ? [approver] : []), ...instead].filter((id) => id !== record.reporterId);
  const data = { matterId: record.id, level: record.level, ...(reminder && { reminder }) };
  await tellPeople(unit, parts, ids, { kind: 'matter.ask', data }, now);
}

/** Those who were skipped hear of it, by the system itself. */
export async function tellSkipped(unit: Unit, parts: ActingParts, record: MatterRecord, now: number) {
  const ids = skippedOf(record).map(({ approverId }) => approverId);
  await parts.audit(unit, {
    ...{ actor: { kind: 'system' }, action: 'matter.tell_skipped', object: 'matter', objectId: record.id },
    details: { skipped: ids.length },
  });
  await tellPeople(unit, parts, ids, { kind: 'matter.skipped', data: { matterId: record.id } }, now);
}

async function tell(
  unit: Unit,
  parts: ActingParts,
  before: MatterRecord,
  record: MatterRecord,
  { kind, by, at: now }: MatterWord,
): Promise<void> {
  const leaders = record.words.filter((word) => word.kind === 'instruct').map((word) => word.by);
  const whom = {
    pass: [record.reporterId],
    instruct: followers(record),
    acknowledge: [],
    object: leaders,
    done: [...leaders, ...followers(record)],
    rule: [...leaders, ...followers(record)],
  }[kind];
  const word = { kind: `matter.${kind}`, data: { matterId: record.id } };
  await tellPeople(
    unit,
    parts,
    whom.filter((id) => id !== by),
    word,
    now,
  );
  if (record.level !== before.level) await askLevel(unit, parts, record, now);
  if (record.skippedToldAt !== before.skippedToldAt) await tellSkipped(unit, parts, record, now);
}
