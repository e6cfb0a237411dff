import type { Card } from '../../../channels/channel.ts';
import type { Unit } from '../../../prisma/client.ts';
import { type CardHandler, closeOthers, inEachLocale, type Press, tokensOf } from '../../dialog/cards.ts';
import { AppError } from '../../errors.ts';
import { type Locale, localeOf, t } from '../../i18n/index.ts';
import { personById } from '../../people/directory.ts';
import { may } from '../../people/permissions.ts';
import type { ActingParts, StaffParts } from '../parts.ts';
import { askingWhy, CHOICES, type Choice, LEAVE_CARD, leaveCard, REASONS } from './card.ts';
import type { PressResult } from './decide.ts';
import type { Reader } from './explain.ts';
import { type Deciding, decideLeave } from './keep.ts';
import { type LeaveRecord, leaveById } from './record.ts';
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
    const deciding = { by: by.id, action, note, now: press.now } as const;
    const { result, outcome } = await decide(unit, parts, record, deciding, { reader, but: press.personId });
    if (result.kind === 'refused' && result.code !== 'closed') throw notTheirs(record, reader);
    if (result.kind === 'changed' && action === 'refuse' && note === undefined) {
      const forecast = { policy: parts.policy().policy, now: press.now };
      const card = await leaveCard(unit, record, reader, forecast);
      return { open: askingWhy(card, tokensOf(press.token, CHOICES), locale) };
    }
    return { decided: outcome ?? (await outcomeCard(unit, record, reader)) };
  };
}

/**
 * A decision, made on a card or on the page, with all that follows from it: whoever else was asked reads the outcome on
 * their cards from then on. @param but whose own cards the press itself decides
 * @returns the card as it stands, if something was decided
 */
export async function decide(
  unit: Unit,
  parts: ActingParts,
  record: LeaveRecord,
  deciding: Deciding,
  { reader, but }: { reader: Reader; but: string | null },
): Promise<{ result: PressResult; outcome?: Card }> {
  const result = await decideLeave(unit, parts, record, deciding);
  const written = deciding.action === 'approve' || deciding.note !== undefined;
  if (result.kind !== 'changed' || !written) return { result };
  const after = await leaveById(unit.sql, record.id);
  if (!after) throw new AppError('gone');
  const outcomes = await inEachLocale((locale) => outcomeCard(unit, after, { ...reader, locale }));
  await closeOthers(unit, { kind: LEAVE_CARD, subjectId: record.id, but, outcomes, now: deciding.now });
  return { result, outcome: outcomes[reader.locale] };
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

/** The card as it stands from now on, for whoever presses again. */
export async function outcomeCard(unit: Unit, record: LeaveRecord, reader: Reader) {
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
