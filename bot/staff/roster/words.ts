import { Temporal } from 'temporal-polyfill';
import { describeDate } from '../../dialog/dates/index.ts';
import { type Locale, t } from '../../i18n/index.ts';
import type { RosterPolicy } from '../../policy/schema.ts';
import type { RosterFacts } from './change.ts';
import { shiftType } from './plan.ts';
import type { RosterProblem } from './types.ts';
import type { RosterWarning } from './warnings.ts';

/** Who reads, and what names stand for the ids. */
export interface RosterWords {
  readonly locale: Locale;
  readonly today: Temporal.PlainDate;
  readonly types: RosterPolicy['shifts'];
  readonly restHours: number;
  nameOf(personId: string): string;
}

/** A problem or warning in words, with the cell that it stands at. */
export interface Remark {
  readonly code: string;
  readonly text: string;
  readonly personId?: string | undefined;
  readonly date?: string | undefined;
}

export const dateText = (date: string, { locale, today }: Pick<RosterWords, 'locale' | 'today'>) =>
  describeDate(Temporal.PlainDate.from(date), locale, today);

/** A stored shift's name in the reader's language. */
export const shiftName = (name: string, { locale, types }: Pick<RosterWords, 'locale' | 'types'>) =>
  shiftType(types, name)?.name[locale] ?? name;

/** @param facts the shifts that the problems name */
export function problemRemark(problem: RosterProblem, facts: RosterFacts, words: RosterWords): Remark {
  const { code, personId, shiftId, otherShiftId } = problem;
  const named = (id: string | undefined) => facts.shifts.find((shift) => shift.id === id);
  const shift = named(shiftId);
  const person = words.nameOf(personId);
  if (!shift) return { code, personId, text: t(words.locale, 'roster.problem_unknown_shift', { person }) };
  const say = {
    ...{ person, date: dateText(shift.businessDate, words), shift: shiftName(shift.name, words) },
    other: shiftName(named(otherShiftId)?.name ?? '', words),
  };
  return { code, personId, date: shift.businessDate, text: t(words.locale, `roster.problem_${code}`, say) };
}

export function warningRemark(warning: RosterWarning, words: RosterWords): Remark {
  const { locale } = words;
  if (warning.code === 'rest') {
    const { duty, other, restMs } = warning;
    const { personId, businessDate: date } = duty;
    const text = t(locale, 'roster.warning_rest', {
      ...{ person: words.nameOf(personId), date: dateText(date, words), least: words.restHours },
      ...{ shift: shiftName(duty.name, words), other: shiftName(other.name, words) },
      hours: Math.floor(restMs / 360_000) / 10,
    });
    return { code: 'rest', personId, date: other.businessDate, text };
  }
  const { code, personId, date } = warning;
  const say = { person: words.nameOf(personId), date: dateText(date, words) };
  const text =
    warning.code === 'leave'
      ? t(locale, 'roster.warning_leave', { ...say, state: leaveState(warning.state, locale) })
      : t(locale, 'roster.warning_past', { ...say, shift: shiftName(warning.shift, words) });
  return { code, personId, date, text };
}

const leaveState = (state: string, locale: Locale) =>
  t(locale, state === 'pending' ? 'leave.state_pending' : 'leave.state_approved');

export const noSuchShift = (
  name: string,
  locale: Locale,
  cell: Pick<Remark, 'personId' | 'date'> = {},
): Remark => ({
  ...{ ...cell, code: 'no_shift_type' },
  text: t(locale, 'roster.problem_no_shift_type', { name }),
});
