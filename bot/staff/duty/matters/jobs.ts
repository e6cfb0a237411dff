import type { Database, Unit } from '../../../../prisma/client.ts';
import type { ReportingPolicy } from '../../../policy/schema.ts';
import type { ActingParts } from '../../parts.ts';
import { tellPeople } from '../../post.ts';
import { askLevel, tellSkipped } from './keep.ts';
import { type MatterRecord, matterById } from './record.ts';
import { reminderDue, tellSkippedDue, unacknowledged } from './rules.ts';

const MINUTE_MS = 60_000;

/**
 * What matters need of the clock: reminders, escalation, telling those who were skipped. Each is one transaction on a
 * row that nobody else has in hand, so that of several processes, or after a restart, one does it and once.
 */
export async function matterRound(db: Database, parts: ActingParts, now: number): Promise<void> {
  const { rows } = await db.sql.query<{ id: string }>({
    text: `SELECT id FROM matter WHERE state IN ('waiting', 'objected')
      OR (state = 'instructed' AND ack_reminded_at IS NULL) ORDER BY asked_at, id`,
    values: [],
  });
  for (const { id } of rows) await db.transaction((unit) => look(unit, parts, id, now));
}

async function look(unit: Unit, parts: ActingParts, id: string, now: number): Promise<void> {
  const { rowCount } = await unit.sql.query({
    text: `SELECT FROM matter WHERE id = $1 FOR UPDATE SKIP LOCKED`,
    values: [id],
  });
  const record = rowCount === 1 ? await matterById(unit.sql, id) : undefined;
  if (!record) return;
  const { reporting } = parts.policy().policy;
  if (tellSkippedDue(record, record.createdAt, reporting.tellSkippedAfterMinutes, now)) {
    await claim(unit, record, 'skipped_told_at', now);
    await tellSkipped(unit, parts, record, now);
  }
  if (record.state === 'instructed') return remindFollowers(unit, parts, record, reporting, now);
  if (record.state === 'closed') return;
  await escalate(unit, parts, record, reporting, now);
  await remind(unit, parts, record, reporting, now);
}

type Once = 'skipped_told_at' | 'escalated_at' | 'ack_reminded_at';

/** @returns whether it was this call that set it */
async function claim(unit: Unit, { id }: MatterRecord, column: Once, now: number): Promise<boolean> {
  const { rowCount } = await unit.sql.query({
    text: `UPDATE matter SET ${column} = $2 WHERE id = $1 AND ${column} IS NULL`,
    values: [id, new Date(now)],
  });
  return rowCount === 1;
}

/** One level up: from now on the post above may answer at this level, too. On record. */
async function escalate(
  unit: Unit,
  parts: ActingParts,
  record: MatterRecord,
  { escalateAfterMinutes }: ReportingPolicy,
  now: number,
): Promise<void> {
  const { id, askedAt, urgency, level, steps } = record;
  const step = steps[level];
  if (!step?.above || now < askedAt + escalateAfterMinutes[urgency] * MINUTE_MS) return;
  if (!(await claim(unit, record, 'escalated_at', now))) return;
  await parts.audit(unit, {
    ...{ actor: { kind: 'system' }, action: 'matter.escalate', object: 'matter', objectId: id },
    details: { level, from: step.approverId, to: step.above.id },
  });
  const data = { matterId: id, level, escalated: true };
  await tellPeople(unit, parts, [step.above.id], { kind: 'matter.ask', data }, now);
}

async function remind(
  unit: Unit,
  parts: ActingParts,
  record: MatterRecord,
  { remindAfterMinutes, reminders: most }: ReportingPolicy,
  now: number,
): Promise<void> {
  const due = reminderDue(record, { every: remindAfterMinutes[record.urgency], most }, now);
  if (due === undefined) return;
  await unit.sql.query({
    text: 'UPDATE matter SET reminders = $2 WHERE id = $1',
    values: [record.id, due],
  });
  await askLevel(unit, parts, record, now, { reminder: true });
}

async function remindFollowers(
  unit: Unit,
  parts: ActingParts,
  record: MatterRecord,
  { acknowledgeAfterMinutes }: ReportingPolicy,
  now: number,
): Promise<void> {
  if (now < record.askedAt + acknowledgeAfterMinutes * MINUTE_MS) return;
  // Also where nobody is left to remind: it need not be looked at again.
  if (!(await claim(unit, record, 'ack_reminded_at', now))) return;
  const ids = unacknowledged(record);
  const word = { kind: 'matter.unacknowledged', data: { matterId: record.id } };
  await tellPeople(unit, parts, ids, word, now);
}
