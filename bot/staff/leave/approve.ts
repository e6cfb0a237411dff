import type { Unit } from '../../../prisma/client.ts';
import { uuidv7 } from '../../../prisma/client.ts';
import {
  type CardHandler,
  closeCards,
  holdCards,
  type Press,
  type Pressed,
  tokensOf,
} from '../../dialog/cards.ts';
import { AppError } from '../../errors.ts';
import { type Locale, localeOf, t } from '../../i18n/index.ts';
import { personById } from '../../people/directory.ts';
import { may } from '../../people/permissions.ts';
import type { StaffParts } from '../parts.ts';
import { tellPeople } from '../post.ts';
import { askingWhy, CHOICES, type Choice, LEAVE_CARD, leaveCard, REASONS } from './card.ts';
import { type PressResult, pressLeave } from './decide.ts';
import type { Reader } from './explain.ts';
import { type LeaveRecord, leaveById, progressOf } from './record.ts';
import { takeOff } from './roster.ts';
import { approverText, readerOf, standingText } from './words.ts';

/**
 * What pressing an approver's card does. 同意 decides at once. 不同意 asks why, and the reason, pressed or written,
 * decides: a colleague who is refused should be told why, and a slip of the finger refuses nobody.
 */
export function leaveCardHandler(parts: StaffParts): CardHandler {
  return async (unit, press) => {
    const record = await leaveById(unit.sql, press.subjectId, { hold: true });
    if (!record) throw new AppError('gone');
    const by = press.presserId ? await personById(unit.sql, press.presserId) : undefined;
    if (!by || !may(by, 'card.press', { personId: press.personId })) throw new AppError('forbidden');
    const locale = localeOf(String(press.data.locale ?? ''));
    const reader = readerOf(locale, parts.policy().policy, press.now);
    const action = press.choice === 'approve' ? 'approve' : 'refuse';
    const note = noteOf(press, locale);
    const result = pressLeave(progressOf(record), { by: by.id, action, note: note ?? '', at: press.now });
    if (result.kind === 'refused' && result.code !== 'closed') throw notTheirs(record, reader);
    if (result.kind === 'changed' && action === 'refuse' && note === undefined) {
      const card = await leaveCard(unit, record, reader);
      return { open: askingWhy(card, tokensOf(press.token, CHOICES), locale) };
    }
    if (result.kind === 'changed') await keep(unit, parts, record, result, press.now);
    return decided(unit, press, reader);
  };
}

/** The words that go with a refusal; undefined while none were given. */
function noteOf({ choice, note }: Press, locale: Locale): string | undefined {
  if (choice === 'approve') return note?.trim() ?? '';
  if (note?.trim()) return note.trim();
  const reason = REASONS.find((each) => each === (choice as Choice));
  if (!reason) return undefined;
  return reason === 'none' ? '' : t(locale, `leave.why_${reason}`);
}

function notTheirs({ ladder, level }: LeaveRecord, reader: Reader): AppError {
  const step = ladder.steps[level];
  return new AppError('not_current_approver', undefined, { approver: step && approverText(step, reader) });
}

type Changed = Extract<PressResult, { kind: 'changed' }>;

/** Writes a decision, all or nothing: the ladder's own level, the request's state, and who is told. */
async function keep(
  unit: Unit,
  parts: StaffParts,
  before: LeaveRecord,
  { progress, next }: Changed,
  now: number,
) {
  const decision = progress.decisions.at(-1);
  if (!decision) throw new Error('a change without a decision');
  const { level, approverId, note } = decision;
  await unit.sql.query({
    text: `INSERT INTO leave_decision (id, request_id, level, approver_id, decision, note, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    values: [uuidv7(now), before.id, level, approverId, decision.decision, note, new Date(now)],
  });
  await claim(unit, before, { state: progress.state, level: progress.level, decidedAt: progress.decidedAt });
  if (progress.state === 'approved')
    await takeOff(unit, { id: before.id, personId: before.personId, missed: before.checks.missed }, now);
  await parts.audit(unit, {
    actor: { kind: 'person', id: approverId },
    action: 'leave.decide',
    object: 'leave_request',
    objectId: before.id,
    details: { decision: decision.decision, level, state: progress.state },
    secrets: { note: note || undefined },
  });
  const data = { requestId: before.id, state: progress.state };
  const concerned = [before.personId, before.requesterId];
  await tellPeople(unit, parts, concerned, { kind: 'leave.outcome', data: { ...data, level } }, now);
  if (next) await tellPeople(unit, parts, [next.approverId], { kind: 'leave.decide', data }, now);
  else await tellPeople(unit, parts, before.ladder.informed, { kind: 'leave.informed', data }, now);
}

/** The request's compare-and-set: it must stand where it stood when it was read. */
async function claim(
  { sql }: Unit,
  { id, level: was }: LeaveRecord,
  { state, level, decidedAt }: { state: string; level: number; decidedAt?: number | undefined },
): Promise<void> {
  const { rowCount } = await sql.query({
    text: `UPDATE leave_request SET state = $2, level = $3, decided_at = $4
      WHERE id = $1 AND state = 'pending' AND level = $5`,
    values: [id, state, level, decidedAt === undefined ? null : new Date(decidedAt), was],
  });
  if (rowCount !== 1) throw new AppError('conflict');
}

/** The card as it stands from now on, for whoever presses again. */
async function decided(unit: Unit, { subjectId }: Press, reader: Reader): Promise<Pressed> {
  const record = await leaveById(unit.sql, subjectId);
  if (!record) throw new AppError('gone');
  return { decided: await outcomeCard(unit, record, reader) };
}

async function outcomeCard(unit: Unit, record: LeaveRecord, reader: Reader) {
  const step = record.state === 'pending' ? record.ladder.steps[record.level] : undefined;
  const { locale } = reader;
  // Pending and decided at a level: this level's word first, then with whom it is now.
  const standing = standingText(step ? { ...record, state: 'approved' } : record, reader);
  const outcome = step
    ? t(locale, 'leave.decided_next', { standing, approver: approverText(step, reader) })
    : standing;
  // The outcome says the last decision; the card names those before it.
  const decisions = record.state === 'withdrawn' ? record.decisions : record.decisions.slice(0, -1);
  return { ...(await leaveCard(unit, { ...record, decisions }, reader)), outcome };
}

/** `closed`: it has its outcome already. */
export type Withdrawn = { readonly done: boolean; readonly record: LeaveRecord };

/** Takes one's own request back while it waits. Its cards say so from then on, and those who knew of it are told. */
export async function withdrawLeave(
  unit: Unit,
  parts: StaffParts,
  { requestId, by, reader, now }: { requestId: string; by: string; reader: Reader; now: number },
): Promise<Withdrawn | undefined> {
  // Cards before the request, as a press takes them: the other way round the two would wait for each other.
  await holdCards(unit, { kind: LEAVE_CARD, subjectId: requestId });
  const before = await leaveById(unit.sql, requestId, { hold: true });
  if (!before) return undefined;
  const result = pressLeave(progressOf(before), { by, action: 'withdraw', at: now });
  if (result.kind === 'refused' && result.code === 'not_requester') return undefined;
  if (result.kind !== 'changed') return { done: false, record: before };
  await claim(unit, before, { state: 'withdrawn', level: before.level, decidedAt: now });
  await parts.audit(unit, {
    actor: { kind: 'person', id: by },
    action: 'leave.withdraw',
    object: 'leave_request',
    objectId: requestId,
  });
  const record = (await leaveById(unit.sql, requestId)) ?? before;
  const approver = await personById(unit.sql, before.ladder.steps[before.level]?.approverId ?? by);
  const outcome = await outcomeCard(unit, record, { ...reader, locale: approver?.locale ?? reader.locale });
  await closeCards(unit, { kind: LEAVE_CARD, subjectId: requestId, outcome, now });
  const approvers = before.ladder.steps.slice(0, before.level + 1).map((step) => step.approverId);
  const word = { kind: 'leave.withdrawn', data: { requestId } };
  await tellPeople(unit, parts, [...approvers, ...before.ladder.informed], word, now);
  return { done: true, record };
}
