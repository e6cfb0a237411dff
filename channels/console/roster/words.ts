import { type Locale, named, type Translate } from '../i18n/index.tsx';
import { dayWords, hoursWords } from './dates.ts';
import type { RosterEntry, ShiftKind } from './types.ts';

const TONES = 6;

/** Shifts are told apart by name; the tint helps the eye, in the order of the policy. */
export function toneOf(name: string, shifts: readonly ShiftKind[]): string {
  const index = shifts.findIndex((shift) => shift.name === name);
  return index < 0 ? 'shift-other' : `shift-tone-${index % TONES}`;
}

/** 「请假」, 「换班，由沈佳怡上」, 「换班，替周晓彤」; empty where the plan stands. */
export function noteOf({ state, cause, other }: RosterEntry, t: Translate): string {
  if (state === 'planned') return '';
  const why = named(t, 'rosterCause', cause ?? '');
  if (!other) return why;
  return t(state === 'taken' ? 'roster.takenFrom' : 'roster.takenBy', { why, name: other });
}

/** All of an entry in one sentence, for who doesn't see where it stands. */
export function entryWords(entry: RosterEntry, person: string, t: Translate, locale: Locale): string {
  const parts = [
    person,
    dayWords(entry.date, locale),
    `${entry.title} ${hoursWords(entry)}`,
    noteOf(entry, t),
  ];
  return parts.filter(Boolean).join(t('roster.comma'));
}

/** What a month's small square shows of a shift's name: 早, E. */
export const initialOf = (title: string): string => [...title][0] ?? '';
