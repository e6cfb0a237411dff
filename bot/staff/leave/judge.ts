import type { FormContext, Objection, Option, Values } from '../../dialog/form/index.ts';
import { t } from '../../i18n/index.ts';
import { explanationText } from './explain.ts';
import type { LeaveDesk } from './facts.ts';
import { buildLadder, type LadderResult } from './ladder.ts';
import { missedShifts, uncoveredDates } from './missed.ts';
import { checkLeave } from './rules.ts';
import type { Checked, LeaveFacts, LeaveKind, LeaveSpan, MissedShift, ShiftFact } from './types.ts';
import { readerOf, shiftText, spanText } from './words.ts';

/** What the leave form 请假单 knows besides the words. */
export interface LeaveContext extends FormContext, LeaveDesk {
  /** 急诊 was said: no certificate is asked for. */
  readonly emergency: boolean;
  /** The leave that is being extended 续假. */
  readonly extending?: Extended;
}

export interface Extended {
  readonly id: string;
  readonly kind: LeaveKind;
  /** Its last day, ISO. */
  readonly to: string;
}

export const spanIn = (values: Values) => values.span as unknown as LeaveSpan | undefined;
export const kindIn = (values: Values) => values.kind as LeaveKind | undefined;

/** The shifts that a span takes. */
export function missedIn(span: LeaveSpan, { shifts, policy }: LeaveContext): MissedShift[] {
  return missedShifts(span, shifts, policy.leave.parts, policy.centre.timeZone);
}

/** The rules' answer, once kind and dates are known and there is something to miss. */
export function checkedIn(values: Values, context: LeaveContext): Checked | undefined {
  const [kind, span] = [kindIn(values), spanIn(values)];
  if (!kind || !span) return undefined;
  const outcome = checkLeave(factsOf(kind, span, context), context.policy, context.now, context.holidays);
  return outcome.result === 'noShift' ? undefined : outcome;
}

export function ladderIn(values: Values, context: LeaveContext): LadderResult | undefined {
  const [kind, checked] = [kindIn(values), checkedIn(values, context)];
  if (!kind || !checked) return undefined;
  const { person, requester, holders, policy } = context;
  return buildLadder({ kind, person, requester, checked }, holders, policy);
}

function factsOf(kind: LeaveKind, span: LeaveSpan, context: LeaveContext): LeaveFacts {
  const { person, requester, emergency, shifts, roster, others, balances, extending } = context;
  const facts = { kind, span, person, requester, emergency, shifts, roster, others, balances };
  return extending ? { ...facts, extendsId: extending.id } : facts;
}

/** Why the values so far don't do: a day without a shift, a rule that refuses, nobody to decide. */
export function objectionTo(values: Values, context: LeaveContext): Objection | undefined {
  const span = spanIn(values);
  if (!span) return undefined;
  if (missedIn(span, context).length === 0 && uncoveredDates(span, context.roster).length === 0)
    return noShift(span, context);
  const checked = checkedIn(values, context);
  if (checked?.result === 'refuse') return refusal(values, checked, context);
  const ladder = ladderIn(values, context);
  return ladder && !ladder.ok ? { end: t(context.locale, 'leave.no_approver') } : undefined;
}

/** No leave is needed then; the next shifts are offered, should another day have been meant. */
function noShift(span: LeaveSpan, context: LeaveContext): Objection {
  const { locale, policy, now } = context;
  const reader = readerOf(locale, policy, now);
  const hours = span.part || span.endPart || span.time || span.shift;
  const dates = spanText(span, reader);
  const { person, requester } = context;
  // Whoever reports a colleague's illness has no business with the rest of their roster.
  if (person.id !== requester.id)
    return { field: 'span', problem: t(locale, 'leave.no_shift_other', { dates, person: person.name }) };
  const free = t(locale, hours ? 'leave.no_shift_part' : 'leave.no_shift', { dates });
  const next = comingShifts(context).slice(0, 3);
  const shifts = next.map((shift) => shiftText(shift, reader)).join(t(locale, 'leave.list_separator'));
  const problem = shifts ? `${free}\n${t(locale, 'leave.next_shifts', { shifts })}` : free;
  return { field: 'span', problem, options: next.map((shift) => dayOption(shift, context)) };
}

/** The clause quoted, the two figures, what would pass, and days that do. */
function refusal(values: Values, checked: Checked, context: LeaveContext): Objection {
  const { locale, policy, now } = context;
  const reader = readerOf(locale, policy, now);
  const refused = checked.verdicts.filter(({ result }) => result === 'refuse');
  const why = refused.map((verdict) => explanationText(verdict, reader));
  const problem = [t(locale, 'leave.refused_head'), ...why].join('\n');
  // No other day would help.
  if (refused.some(({ figures }) => figures?.of === 'ownRequest')) return { end: problem };
  const options = passing(values, context);
  const offer = options.length > 0 ? 'leave.other_days' : 'leave.other_day';
  return { field: 'span', problem: `${problem}\n${t(locale, offer)}`, options };
}

/** The next days with a shift for which this kind of leave would pass without anybody's special consent. */
function passing(values: Values, context: LeaveContext): Option[] {
  const kind = kindIn(values);
  if (!kind || context.person.id !== context.requester.id) return [];
  const days = new Map(comingShifts(context).map((shift) => [shift.businessDate, shift]));
  return [...days.values()]
    .filter(({ businessDate }) => {
      const span = { from: businessDate, to: businessDate };
      const { result } = checkLeave(
        factsOf(kind, span, context),
        context.policy,
        context.now,
        context.holidays,
      );
      return result === 'pass' || result === 'warn';
    })
    .slice(0, 3)
    .map((shift) => dayOption(shift, context));
}

function comingShifts({ shifts, now }: LeaveContext): ShiftFact[] {
  return shifts.filter(({ startsAt }) => startsAt > now);
}

function dayOption(shift: ShiftFact, { locale, policy, now }: LeaveContext): Option {
  const span: LeaveSpan = { from: shift.businessDate, to: shift.businessDate };
  return { title: shiftText(shift, readerOf(locale, policy, now)), value: JSON.stringify(span) };
}
