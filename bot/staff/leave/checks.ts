import { Temporal } from 'temporal-polyfill';
import { dayKind, type HolidayTable, holidayOn } from '../../policy/calendar.ts';
import { blackout, claimedTwice, cutOff, notice } from '../../policy/primitives.ts';
import type { LeaveRule, RuleOf, Severity } from '../../policy/schema.ts';
import type { Figures, LeaveFacts, MissedShift, Verdict } from './types.ts';

export interface RuleInput {
  readonly facts: LeaveFacts;
  readonly missed: readonly MissedShift[];
  /** Dates of the span without a roster: they stand in as whole days from midnight. */
  readonly uncovered: readonly string[];
  readonly timeZone: string;
  readonly now: number;
  readonly holidays: HolidayTable;
}

type Finding = { readonly result: Severity; readonly figures?: Figures };

/** The heaviest of some severities; none is a pass. */
export function severest(results: readonly Severity[]): Severity {
  if (results.includes('refuse')) return 'refuse';
  if (results.includes('needsManager')) return 'needsManager';
  return results.includes('warn') ? 'warn' : 'pass';
}

/** One rule of the policy on one request. */
export function checkRule(rule: LeaveRule, input: RuleInput): Verdict {
  const { result, figures } = find(rule, input);
  return {
    rule: rule.id,
    clause: rule.clause,
    quote: rule.quote,
    quoteVars: { ...('hours' in rule && { hours: rule.hours }), ...('time' in rule && { time: rule.time }) },
    result,
    ...(figures && { figures }),
    managers: rule.managers,
  };
}

function find(rule: LeaveRule, input: RuleInput): Finding {
  switch (rule.primitive) {
    case 'notice':
      return noticeRule(rule, input);
    case 'cutOff':
      return nightRule(rule, input);
    case 'blackout':
      return holidayRule(rule, input);
    case 'ownRequest':
      return ownRequestRule(rule, input);
    case 'exclusion':
      return overlapRule(rule, input);
    case 'taken':
      return takenRule(rule, input);
  }
}

/** Notice counts from the start of the first shift missed, also where only a part of it is missed. */
function noticeRule(rule: RuleOf<'notice'>, input: RuleInput): Finding {
  const { now } = input;
  const { startsAt, endsAt } = firstStart(input);
  const measured = notice(now, startsAt, endsAt, rule.hours);
  const result = measured.state === 'inTime' ? 'pass' : rule[measured.state];
  return { result, figures: { of: 'notice', ...measured, startsAt, endsAt, now } };
}

/** Each night shift has its own noon; the first one comes first. */
function nightRule(rule: RuleOf<'cutOff'>, { missed, now, timeZone }: RuleInput): Finding {
  const night = missed.find(({ shift }) => shift.night)?.shift;
  if (!night) return { result: 'pass' };
  const { state, latest } = cutOff(now, night.startsAt, rule, timeZone);
  return { result: rule[state], figures: { of: 'cutOff', startsAt: night.startsAt, now, latest } };
}

function holidayRule(rule: RuleOf<'blackout'>, input: RuleInput): Finding {
  const dates = [
    ...new Set([...input.missed.map(({ shift }) => shift.businessDate), ...input.uncovered]),
  ].sort();
  const { blocked, unknown } = blackout(dates, (date) => blocks(rule, date, input.holidays));
  if (blocked === undefined) {
    if (unknown === undefined) return { result: 'pass' };
    const covered = input.holidays.coveredThrough;
    return { result: rule.unknown, figures: { of: 'holidayUnknown', date: unknown, covered } };
  }
  const { startsAt, endsAt } = startOn(blocked, input);
  const { state, actualMs, requiredMs, latest } = notice(input.now, startsAt, endsAt, rule.hours);
  const name = holidayOn(Temporal.PlainDate.from(blocked), input.holidays)?.name ?? null;
  return {
    result: state === 'inTime' ? rule.inTime : rule.late,
    figures: { of: 'holiday', date: blocked, name, startsAt, actualMs, requiredMs, latest },
  };
}

function blocks(rule: RuleOf<'blackout'>, date: string, table: HolidayTable): boolean | 'unknown' {
  const kind = dayKind(Temporal.PlainDate.from(date), table);
  if (kind === 'unknown') return 'unknown';
  return (
    kind === 'holiday' ||
    (kind === 'weekend' && rule.weekends) ||
    (kind === 'makeUpWorkday' && rule.makeUpWorkdays)
  );
}

function ownRequestRule(rule: RuleOf<'ownRequest'>, { facts: { person, requester } }: RuleInput): Finding {
  if (person.id === requester.id) return { result: 'pass' };
  return { result: rule.byOther, figures: { of: 'ownRequest', by: requester.name, person: person.name } };
}

function overlapRule(rule: RuleOf<'exclusion'>, { missed, facts }: RuleInput): Finding {
  const twice = claimedTwice(
    missed.map(({ shift }) => shift.id),
    facts.others,
  );
  const date = missed.find(({ shift }) => shift.id === twice?.id)?.shift.businessDate;
  if (!twice || date === undefined) return { result: 'pass' };
  const { kind, state, id } = twice.other;
  return { result: rule.overlap, figures: { of: 'overlap', date, kind, state, id } };
}

function takenRule(rule: RuleOf<'taken'>, { missed }: RuleInput): Finding {
  const date = missed.find(({ shift }) => shift.taken)?.shift.businessDate;
  return date === undefined ? { result: 'pass' } : { result: rule.taken, figures: { of: 'taken', date } };
}

function firstStart(input: RuleInput): { startsAt: number; endsAt: number } {
  const starts = input.missed.map(({ shift }) => ({ startsAt: shift.startsAt, endsAt: shift.endsAt }));
  const days = input.uncovered.map((date) => wholeDay(date, input.timeZone));
  return [...starts, ...days].reduce((first, next) => (next.startsAt < first.startsAt ? next : first));
}

function startOn(date: string, input: RuleInput): { startsAt: number; endsAt: number } {
  const onDate = input.missed.find(({ shift }) => shift.businessDate === date)?.shift;
  return onDate ?? wholeDay(date, input.timeZone);
}

function wholeDay(date: string, timeZone: string): { startsAt: number; endsAt: number } {
  const day = Temporal.PlainDate.from(date);
  return {
    startsAt: day.toZonedDateTime(timeZone).epochMilliseconds,
    endsAt: day.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds,
  };
}
