import { type Locale, t } from '../../i18n/index.ts';
import type { Rows } from '../roster/files/rows.ts';
import type { MonthLine } from './month.ts';

const COLUMNS = [
  ...(['number', 'name', 'team', 'due', 'attended', 'absent', 'leave'] as const),
  ...(['late', 'late_minutes', 'early', 'early_minutes', 'roll_call', 'unsigned'] as const),
  ...(['away', 'away_minutes', 'away_over', 'breaches', 'excused', 'unrecorded'] as const),
];

/** The monthly sheet 月考勤表, a line for each person. */
export function monthSheet(lines: readonly MonthLine[], locale: Locale): Rows {
  return [COLUMNS.map((column) => t(locale, `attendance.col_${column}`)), ...lines.map(cells)];
}

export const breachesOf = ({ breaches: { late, early, away } }: MonthLine) => late + early + away;

function cells(line: MonthLine): string[] {
  const { person, due, attended, absent, leave, late, early, away } = line;
  return [
    ...[person.number, person.name, person.teamName ?? ''],
    ...[due, attended, absent, leave, late.times, late.minutes, early.times, early.minutes].map(String),
    ...[line.missedRollCalls, line.unsigned, away.times, away.minutes, away.overMinutes].map(String),
    ...[breachesOf(line), line.excused, line.unrecorded].map(String),
  ];
}
