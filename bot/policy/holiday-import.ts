import { Temporal } from 'temporal-polyfill';
import type { HolidayPeriod, HolidayTable } from './calendar.ts';

/** One line that can't be taken: its number from 1, and why. */
export interface ImportProblem {
  readonly line: number;
  readonly code: 'columns' | 'date' | 'reversed' | 'overlap' | 'makeUpInHoliday' | 'empty';
  readonly text: string;
}

export interface HolidayImport {
  readonly periods: readonly HolidayPeriod[];
  readonly problems: readonly ImportProblem[];
}

/** Lines beyond this are no list of holidays. */
const MOST_LINES = 500;

/**
 * Reads a year's public holidays from CSV or pasted cells: name, English name (may be empty), first day, last day,
 * make-up workdays (with spaces between them). A first line without a date is a heading. Pure.
 */
export function readHolidays(text: string): HolidayImport {
  const periods: HolidayPeriod[] = [];
  const problems: ImportProblem[] = [];
  const lines = text.split(/\r?\n/).slice(0, MOST_LINES);
  for (const [index, line] of lines.entries()) {
    if (!line.trim() || (index === 0 && !/\d{4}/.test(line))) continue;
    const found = readLine(line);
    const problem = 'code' in found ? found.code : clash(found, periods);
    if (problem) problems.push({ line: index + 1, code: problem, text: line.slice(0, 200) });
    else if (!('code' in found)) periods.push(found);
  }
  if (periods.length === 0 && problems.length === 0) problems.push({ line: 1, code: 'empty', text: '' });
  return { periods: periods.sort((a, b) => (a.from < b.from ? -1 : 1)), problems };
}

function readLine(line: string): HolidayPeriod | { code: ImportProblem['code'] } {
  const cells = line.split(/[\t,，]/).map((cell) => cell.trim().replace(/^"|"$/g, ''));
  const [name, english, first, last, makeUp = ''] = cells;
  if (!name || first === undefined || last === undefined || cells.length > 5) return { code: 'columns' };
  const [from, to] = [isoDate(first), isoDate(last)];
  const makeUpWorkdays = makeUp
    .split(/[\s;；、]+/)
    .filter(Boolean)
    .map(isoDate);
  if (!from || !to || makeUpWorkdays.includes(undefined)) return { code: 'date' };
  if (to < from) return { code: 'reversed' };
  const days = makeUpWorkdays as string[];
  return { name: { 'zh-CN': name, en: english || name }, from, to, makeUpWorkdays: days };
}

/** 2027-01-01, 2027/1/1, 2027年1月1日. */
function isoDate(text: string): string | undefined {
  const read = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  if (!read) return undefined;
  try {
    const [year, month, day] = [Number(read[1]), Number(read[2]), Number(read[3])];
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString();
  } catch {
    return undefined;
  }
}

function clash(one: HolidayPeriod, others: readonly HolidayPeriod[]): ImportProblem['code'] | undefined {
  if (others.some(({ from, to }) => from <= one.to && one.from <= to)) return 'overlap';
  const off = (day: string) => [one, ...others].some(({ from, to }) => from <= day && day <= to);
  const worked = [...one.makeUpWorkdays, ...others.flatMap(({ makeUpWorkdays }) => makeUpWorkdays)];
  return worked.some(off) ? 'makeUpInHoliday' : undefined;
}

/**
 * The table with some whole years put in, or put anew. Only years that join on to what is covered: a gap would be
 * days of which nobody knows in the middle of days of which everybody believes to know.
 * @returns undefined where a year lies apart, or a period in none of the years
 */
export function withYears(
  table: HolidayTable,
  years: readonly number[],
  periods: readonly HolidayPeriod[],
): HolidayTable | undefined {
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const [from, through] = [Number(table.coveredFrom.slice(0, 4)), Number(table.coveredThrough.slice(0, 4))];
  const whole = new Set(years).size === last - first + 1;
  const inYears = ({ from: day }: HolidayPeriod) => years.includes(Number(day.slice(0, 4)));
  if (!whole || first > through + 1 || last < from - 1 || !periods.every(inYears)) return undefined;
  const kept = table.periods.filter((period) => !inYears(period));
  return {
    coveredFrom: first < from ? `${first}-01-01` : table.coveredFrom,
    coveredThrough: last > through ? `${last}-12-31` : table.coveredThrough,
    periods: [...kept, ...periods].sort((a, b) => (a.from < b.from ? -1 : 1)),
  };
}
