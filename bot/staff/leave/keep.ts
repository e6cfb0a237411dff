import type { Unit } from '../../../prisma/client.ts';
import { uuidv7 } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import type { ActingParts } from '../parts.ts';
import { tellPeople } from '../post.ts';
import { clearAbsences, putOnRecord } from './absence.ts';
import { insteadOf } from './away.ts';
import { book } from './balance.ts';
import { type PressResult, pressLeave } from './decide.ts';
import { beginOf, endOf } from './life.ts';
import { type LeaveRecord, progressOf } from './record.ts';
import { takeOff } from './roster.ts';

export interface Deciding {
  readonly by: string;
  readonly action: 'approve' | 'refuse';
  /** Undefined: no reason was given yet; a refusal then only tells whether it would count. */
  readonly note: string | undefined;
  readonly now: number;
}

/**
 * A decision on a request whose row is held: who may decide is asked now, what is decided is written with all that
 * follows from it. A refusal without a reason is not written: its result says what it would be.
 */
export async function decideLeave(
  unit: Unit,
  parts: ActingParts,
  record: LeaveRecord,
  { by, action, note, now }: Deciding,
): Promise<PressResult> {
  const instead = await insteadOf(unit.sql, record, parts.policy().policy, now);
  const result = pressLeave(progressOf(record), { by, action, note: note ?? '', at: now, instead });
  if (result.kind === 'changed' && (action === 'approve' || note !== undefined))
    await keep(unit, parts, record, result, now);
  return result;
}

type Changed = Extract<PressResult, { kind: 'changed' }>;

/** Writes a decision, all or nothing: the ladder's own level, the request's state, the roster, and who is told. */
async function keep(unit: Unit, parts: ActingParts, before: LeaveRecord, result: Changed, now: number) {
  const { progress, next } = result;
  const decision = progress.decisions.at(-1);
  if (!decision) throw new Error('a change without a decision');
  const { level, approverId, note } = decision;
  await unit.sql.query({
    text: `INSERT INTO leave_decision (id, request_id, level, approver_id, decision, note, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    values: [uuidv7(now), before.id, level, approverId, decision.decision, note, new Date(now)],
  });
  await claim(unit, before, {
    state: progress.state,
    level: progress.level,
    decidedAt: progress.decidedAt,
    now,
  });
  if (progress.state === 'approved') await grant(unit, parts, before, now);
  if (progress.state === 'refused') await putOnRecord(unit, before, 'not_approved', now);
  await parts.audit(unit, {
    actor: { kind: 'person', id: approverId },
    action: 'leave.decide',
    object: 'leave_request',
    objectId: before.id,
    details: {
      ...{ decision: decision.decision, level, state: progress.state },
      instead: before.ladder.steps[level]?.approverId !== approverId,
    },
    secrets: { note: note || undefined },
  });
  const data = { requestId: before.id, state: progress.state };
  const concerned = [before.personId, before.requesterId];
  await tellPeople(unit, parts, concerned, { kind: 'leave.outcome', data: { ...data, level } }, now);
  if (next) await askApprovers(unit, parts, { ...before, level: next.level, escalatedAt: null }, now);
  else await tellPeople(unit, parts, before.ladder.informed, { kind: 'leave.informed', data }, now);
}

/** What follows from an approval: the roster, when the person is back, which certificate is due, the year's days. */
async function grant(unit: Unit, parts: ActingParts, leave: LeaveRecord, now: number): Promise<void> {
  const { id, personId, checks, span } = leave;
  const { timeZone } = parts.policy().policy.centre;
  const due = checks.certificateDue ?? null;
  await unit.sql.query({
    text: `UPDATE leave_request SET starts_at = $2, ends_at = $3, certificate_due = $4, certificate_state = $5
      WHERE id = $1`,
    values: [
      ...[
        id,
        new Date(beginOf(checks.missed, span, timeZone)),
        new Date(endOf(checks.missed, span, timeZone)),
      ],
      ...[due, due === null ? null : 'due'],
    ],
  });
  await takeOff(unit, { id, personId, missed: checks.missed }, now);
  await clearAbsences(unit, leave, now);
  await book(unit.sql, parts.policy().policy, leave, -leave.days, now);
}

/** Gives the card to the level's approver, and to those who may decide in their place at this moment. */
export async function askApprovers(
  unit: Unit,
  parts: ActingParts,
  record: Pick<LeaveRecord, 'id' | 'ladder' | 'level' | 'escalatedAt'>,
  now: number,
  { reminder = false }: { reminder?: boolean } = {},
): Promise<void> {
  const approver = record.ladder.steps[record.level]?.approverId;
  const instead = await insteadOf(unit.sql, record, parts.policy().policy, now);
  const ids = [...(approver ? [approver] : []), ...instead];
  const data = { requestId: record.id, state: 'pending', ...(reminder && { reminder }) };
  await tellPeople(unit, parts, ids, { kind: 'leave.decide', data }, now);
}

/** The request's compare-and-set: it must stand where it stood when it was read. */
export async function claim(
  { sql }: Unit,
  { id, level: was, state: from }: LeaveRecord,
  change: { state: string; level: number; decidedAt?: number | undefined; now: number },
): Promise<void> {
  const { state, level, decidedAt, now } = change;
  const { rowCount } = await sql.query({
    text: `UPDATE leave_request SET state = $2, level = $3, decided_at = $4,
        asked_at = $7, reminders = 0, escalated_at = NULL
      WHERE id = $1 AND state = $6 AND level = $5`,
    values: [
      ...[id, state, level, decidedAt === undefined ? null : new Date(decidedAt), was, from],
      new Date(now),
    ],
  });
  if (rowCount !== 1) throw new AppError('conflict');
}
