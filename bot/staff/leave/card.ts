import type { Card } from '../../../channels/channel.ts';
import type { Unit } from '../../../prisma/client.ts';
import { openCard, openCards, tokensOf } from '../../dialog/cards.ts';
import { type Locale, t } from '../../i18n/index.ts';
import type { Policy } from '../../policy/schema.ts';
import { needText, needWithout } from '../roster/need.ts';
import { explainVerdict, type Reader } from './explain.ts';
import { type Headcount, headcounts } from './facts.ts';
import type { LeaveRecord } from './record.ts';
import { approverText, daysText, ladderText, shiftText, timeText, whenText } from './words.ts';

export const LEAVE_CARD = 'leave_approval';

/** What can be pressed, in the order of the tokens. Those after `refuse` are reasons for it. */
export const CHOICES = ['approve', 'refuse', 'staffing', 'unclear', 'another_day', 'none'] as const;
export type Choice = (typeof CHOICES)[number];
export const REASONS = ['staffing', 'unclear', 'another_day', 'none'] as const;

/** The buttons of an approver's card: the open one that this chat has already, or a new one. */
export async function cardTokens(
  unit: Unit,
  record: LeaveRecord,
  at: { conversationId: string; personId: string; locale: Locale; now: number },
): Promise<Record<string, string>> {
  const { conversationId, personId, locale, now } = at;
  const open = await openCards(unit, { conversationId, kind: LEAVE_CARD });
  const known = open.find(({ subjectId }) => subjectId === record.id);
  if (known) return tokensOf(known.token, CHOICES);
  const { tokens } = await openCard(unit, {
    ...{ kind: LEAVE_CARD, subjectId: record.id, conversationId, personId, now },
    ...{ choices: [...CHOICES], data: { locale } },
  });
  return tokens;
}

/**
 * All that the approver should know before deciding: who, when, why, what the rules say, who would be left.
 * @param deciding while it is still to be decided: the forecast is looked at as well
 */
export async function leaveCard(
  unit: Pick<Unit, 'sql'>,
  record: LeaveRecord,
  reader: Reader,
  deciding?: { readonly policy: Policy; readonly now: number },
): Promise<Card> {
  const { locale } = reader;
  const staffing = await headcounts(unit.sql, record.personId, record.checks.missed);
  const need = deciding && (await needOf(unit.sql, record, reader, deciding));
  const fact = (
    label: Parameters<typeof t>[1] & `leave.${string}`,
    value: string | undefined | null | false,
  ) => (value ? [{ label: t(locale, label as 'leave.fact_days'), value }] : []);
  return {
    title: t(locale, 'leave.card_title', { person: record.personName }),
    facts: [
      ...fact('leave.fact_person', `${record.personName}（${record.personNumber}）`),
      ...fact('leave.fact_team', record.teamName),
      ...fact('leave.fact_requester', record.requesterId !== record.personId && record.requesterName),
      ...fact('leave.field_kind', t(locale, `leave.kind_${record.kind}`)),
      ...fact('leave.field_span', whenText(record.span, record.checks.missed, reader)),
      ...fact('leave.fact_days', daysLine(record, reader)),
      ...fact('leave.field_reason', record.reason),
      ...fact('leave.fact_consent', verdictsText(record, reader, true)),
      ...fact('leave.field_managerReason', record.managerReason),
      ...fact('leave.fact_checks', verdictsText(record, reader, false)),
      ...fact('leave.fact_headcount', headcountText(record, staffing, reader)),
      ...fact('leave.fact_need', need),
      ...fact('leave.fact_ladder', ladderText(record.ladder.steps, reader)),
      ...fact('leave.fact_before', decisionsText(record, reader)),
    ],
  };
}

/** The card with its two buttons. */
export function asking(card: Card, tokens: Record<string, string>, locale: Locale): Card {
  const button = (choice: 'approve' | 'refuse', style: 'primary' | 'danger') => ({
    title: t(locale, `leave.${choice}`),
    token: tokens[choice] ?? '',
    style,
  });
  return { ...card, buttons: [button('approve', 'primary'), button('refuse', 'danger')] };
}

/** The card after 不同意: the reasons to choose from, any of which decides, and the way back. */
export function askingWhy(card: Card, tokens: Record<string, string>, locale: Locale): Card {
  const reasons = REASONS.map((reason) => ({
    ...{ title: t(locale, `leave.why_${reason}`), token: tokens[reason] ?? '', style: 'danger' as const },
  }));
  const approve = { title: t(locale, 'leave.approve'), token: tokens.approve ?? '' };
  return { ...card, text: t(locale, 'leave.why_ask'), buttons: [...reasons, approve] };
}

function daysLine({ days, checks }: LeaveRecord, reader: Reader): string {
  if (checks.daysTogether <= days) return daysText(days, reader);
  const total = daysText(checks.daysTogether, reader);
  return t(reader.locale, 'leave.days_together', { days: daysText(days, reader), total });
}

/** The clauses that ask for consent with their figures; or, of those that pass, the figures that were compared. */
function verdictsText({ checks }: LeaveRecord, reader: Reader, open: boolean): string {
  return checks.verdicts
    .filter(({ result }) => (result === 'needsManager') === open)
    .map((verdict) => explainVerdict(verdict, reader))
    .map(({ quote, figures }) => (open ? `${quote}\n${figures}` : figures))
    .filter(Boolean)
    .join('\n');
}

function headcountText({ checks, teamName }: LeaveRecord, staffing: Headcount[], reader: Reader): string {
  const { locale } = reader;
  return checks.missed
    .flatMap(({ shift }) => {
      const count = staffing.find(({ shiftId }) => shiftId === shift.id);
      const team = teamName ?? t(locale, 'leave.own_team');
      const vars = count && { team, now: count.others + 1, after: count.others };
      return vars ? [t(locale, 'leave.headcount', { shift: shiftText(shift, reader), ...vars })] : [];
    })
    .join('\n');
}

async function needOf(
  sql: Unit['sql'],
  { personId, checks }: LeaveRecord,
  reader: Reader,
  { policy, now }: { readonly policy: Policy; readonly now: number },
): Promise<string> {
  const hours = await needWithout(sql, personId, checks.missed, policy, now);
  return [...new Set(hours.map((hour) => needText(hour, reader)))].join('\n');
}

function decisionsText({ decisions, ladder }: LeaveRecord, reader: Reader): string {
  return decisions
    .flatMap(({ level, at, approverId, approverName }) => {
      const step = ladder.steps[level];
      const instead = approverName !== undefined && approverId !== step?.approverId;
      const name = step && approverText(instead ? { ...step, approverName, deputy: true } : step, reader);
      return name ? [t(reader.locale, 'leave.standing_approved', { name, at: timeText(at, reader) })] : [];
    })
    .join('\n');
}
