import type { Unit } from '../../../prisma/client.ts';
import { closeCards, holdCards, inEachLocale } from '../../dialog/cards.ts';
import type { ActingParts } from '../parts.ts';
import { tellPeople } from '../post.ts';
import { putOnRecord } from './absence.ts';
import { outcomeCard } from './approve.ts';
import { book } from './balance.ts';
import { LEAVE_CARD } from './card.ts';
import { pressLeave } from './decide.ts';
import type { Reader } from './explain.ts';
import { claim } from './keep.ts';
import { type LeaveRecord, leaveById, progressOf } from './record.ts';
import { putBack } from './roster.ts';

/** `closed`: it has its outcome already, or has begun. `roster`: the person has taken another shift meanwhile. */
export type Withdrawn = {
  readonly done: boolean;
  readonly record: LeaveRecord;
  readonly why?: 'closed' | 'roster';
};

export interface Withdrawing {
  readonly requestId: string;
  readonly by: string;
  readonly reader: Reader;
  readonly now: number;
}

/**
 * Takes one's own request back while it waits, or while what was granted has not begun: the shifts are the person's
 * again. Its cards say so from then on, and those who knew of it are told.
 * @returns undefined if it is not theirs
 */
export async function withdrawLeave(
  unit: Unit,
  parts: ActingParts,
  { requestId, by, reader, now }: Withdrawing,
): Promise<Withdrawn | undefined> {
  // Cards before the request, as a press takes them: the other way round the two would wait for each other.
  await holdCards(unit, { kind: LEAVE_CARD, subjectId: requestId });
  const before = await leaveById(unit.sql, requestId, { hold: true });
  if (!before) return undefined;
  const result = pressLeave(progressOf(before), { by, action: 'withdraw', at: now });
  if (result.kind === 'refused' && result.code === 'not_requester') return undefined;
  if (result.kind !== 'changed') return { done: false, record: before, why: 'closed' };
  const granted = before.state === 'approved';
  if (granted && !(await putBack(unit, before.id, -Infinity, now)))
    return { done: false, record: before, why: 'roster' };
  await claim(unit, before, { state: 'withdrawn', level: before.level, decidedAt: now, now });
  if (granted) await book(unit.sql, parts.policy().policy, before, before.days, now);
  else await putOnRecord(unit, before, 'not_approved', now);
  await parts.audit(unit, {
    ...{
      actor: { kind: 'person', id: by },
      action: 'leave.withdraw',
      object: 'leave_request',
      objectId: requestId,
    },
    details: { granted },
  });
  const record = (await leaveById(unit.sql, requestId)) ?? before;
  const outcomes = await inEachLocale((locale) => outcomeCard(unit, record, { ...reader, locale }));
  await closeCards(unit, { kind: LEAVE_CARD, subjectId: requestId, outcomes, now });
  const word = { kind: 'leave.withdrawn', data: { requestId } };
  await tellPeople(unit, parts, knowing(before), word, now);
  return { done: true, record };
}

/** Everybody who was asked about a request, or told of it, but for the person and who asked. */
export function knowing({ ladder, level, decisions }: LeaveRecord): string[] {
  const asked = ladder.steps.slice(0, level + 1).map((step) => step.approverId);
  return [...new Set([...asked, ...decisions.map(({ approverId }) => approverId), ...ladder.informed])];
}
