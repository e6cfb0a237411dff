import { Temporal } from 'temporal-polyfill';
import { HOLIDAYS_CN, type HolidayTable } from '../../policy/calendar.ts';
import { evidenceDue } from '../../policy/primitives.ts';
import type { Policy, Role, Severity } from '../../policy/schema.ts';
import { checkRule, type RuleInput, severest } from './checks.ts';
import { daysOf, missedShifts, uncoveredDates } from './missed.ts';
import { adjoining } from './together.ts';
import type { Checked, LeaveFacts, Outcome, Verdict } from './types.ts';

/**
 * Checks a request against the leave rules of the policy (RULEBOOK §4 leave 1–7 with the readings of §7).
 * Pure; `now` is epoch ms. Every rule that concerns the kind yields a verdict; the severest is the result.
 */
export function checkLeave(
  facts: LeaveFacts,
  policy: Policy,
  now: number,
  holidays: HolidayTable = HOLIDAYS_CN,
): Outcome {
  const { leave, centre } = policy;
  const missed = missedShifts(facts.span, facts.shifts, leave.parts, centre.timeZone);
  const uncovered = uncoveredDates(facts.span, facts.roster);
  if (missed.length === 0 && uncovered.length === 0) return { result: 'noShift' };
  const input: RuleInput = { facts, missed, uncovered, timeZone: centre.timeZone, now, holidays };
  const verdicts = leave.rules
    .filter((rule) => rule.kinds.includes(facts.kind))
    .map((rule) => checkRule(rule, input));
  const first = uncovered[0];
  if (first !== undefined) verdicts.push(rosterVerdict(first, facts.roster.through));
  const length = lengths(input, policy);
  const balance = balanceVerdict(facts, length.days, policy);
  if (balance) verdicts.push(balance);
  return { ...length, ...summary(verdicts), missed };
}

function summary(
  verdicts: readonly Verdict[],
): Pick<Checked, 'result' | 'verdicts' | 'managers' | 'holiday'> {
  const open = verdicts.filter((verdict) => verdict.result === 'needsManager');
  const managers = [...new Set(open.flatMap((verdict): readonly Role[] => verdict.managers))];
  const result = severest(verdicts.map((verdict): Severity => verdict.result));
  return {
    result,
    verdicts,
    managers,
    holiday: verdicts.some((verdict) => verdict.figures?.of === 'holiday'),
  };
}

function lengths(
  { facts, missed, uncovered }: RuleInput,
  { leave }: Policy,
): Pick<Checked, 'days' | 'daysTogether' | 'together' | 'certificateDue'> {
  const days = daysOf(facts, missed, facts.shifts, uncovered.length, leave.calendarDays);
  const others = adjoining(facts, leave.countTogether);
  const { certificate } = leave;
  const asked = { days, to: facts.span.to, emergency: facts.emergency ?? false };
  const due = certificate.kinds.includes(facts.kind) ? evidenceDue(asked, certificate) : undefined;
  return {
    days,
    daysTogether: others.reduce((total, other) => total + other.days, days),
    together: others.map((other) => other.id),
    ...(due !== undefined && { certificateDue: due }),
  };
}

/** What a request takes from the year's days 假期余额; none where the policy keeps no ledger of this kind. */
function balanceVerdict(
  { kind, span, balances = [] }: LeaveFacts,
  days: number,
  { leave }: Policy,
): Verdict | undefined {
  const year = Number(span.from.slice(0, 4));
  const balance = balances.find((each) => each.kind === kind && each.year === year);
  if (!balance) return undefined;
  return {
    rule: 'balance',
    clause: 'product',
    quote: 'leave.quote_balance',
    quoteVars: { days: balance.daysPerYear },
    result: days > balance.left + 1e-9 ? leave.balances.over : 'pass',
    figures: { of: 'balance', kind, year, left: balance.left, days },
    managers: ['department_head'],
  };
}

/** A leave beyond the published roster: calling it "no shift" would be a lie. */
function rosterVerdict(date: string, covered: string): Verdict {
  return {
    rule: 'roster',
    clause: 'product',
    quote: 'leave.quote_roster',
    quoteVars: {},
    result: 'needsManager',
    figures: { of: 'roster', date, covered },
    managers: ['department_head'],
  };
}

/** The shifts' range of business dates (ISO) that `LeaveFacts.shifts` should cover for a span. */
export function rosterWindow(span: { from: string; to: string }, margin = 14): { from: string; to: string } {
  return {
    from: Temporal.PlainDate.from(span.from).subtract({ days: margin }).toString(),
    to: Temporal.PlainDate.from(span.to).add({ days: margin }).toString(),
  };
}
