import { calendarDate } from '../../../policy/values.ts';
import type { PlannedShift } from '../types.ts';
import type { Rows } from './rows.ts';

/** One person's day as a file has it. `line` as a spreadsheet counts, from 1. */
export interface FileCell {
  readonly line: number;
  readonly number: string;
  /** Empty where the file has no names. */
  readonly name: string;
  /** ISO date. */
  readonly date: string;
  /** Names of shifts; none is a day off. */
  readonly shifts: readonly string[];
}

export interface FileFault {
  readonly line: number;
  readonly code: 'no_head' | 'bad_date' | 'no_number' | 'duplicate';
  readonly value: string;
}

export interface ReadFile {
  readonly cells: readonly FileCell[];
  readonly faults: readonly FileFault[];
  readonly lines: number;
}

const NUMBER = /^(?:工号|编号|number|no\.?|id)$/i;
const NAME = /^(?:姓名|名字|name)$/i;
const DATE = /^(?:日期|date)$/i;
const SHIFT = /^(?:班次|班|shift)$/i;
/** Several shifts in one cell: 夜班+中班. */
const BETWEEN = /[+＋、/&]/;

/**
 * Reads either layout: a grid (a row for each person: number, name, then a column for each date), or a list (a line
 * for each shift: number, name, date, shift). @param offWords what stands for a day off, besides nothing
 */
export function readLayout(rows: Rows, offWords: readonly string[]): ReadFile {
  const start = rows.findIndex((row) => row.some((cell) => NUMBER.test(cell)));
  const head = rows[start];
  if (!head) return { cells: [], lines: 0, faults: [{ line: 1, code: 'no_head', value: '' }] };
  const body = rows
    .map((row, index) => ({ row, line: index + 1 }))
    .slice(start + 1)
    .filter(({ row }) => row.some((cell) => cell !== ''));
  const off = new Set(offWords.map((word) => word.toLowerCase()));
  const shiftsIn = (text: string) =>
    text
      .split(BETWEEN)
      .map((part) => part.normalize('NFKC').trim())
      .filter((part) => part !== '' && !off.has(part.toLowerCase()));
  const column = (name: RegExp) => head.findIndex((cell) => name.test(cell));
  const at = { number: column(NUMBER), name: column(NAME), date: column(DATE), shift: column(SHIFT) };
  const read =
    at.date >= 0 && at.shift >= 0
      ? fromList(body, at, shiftsIn)
      : fromGrid(head, start + 1, body, at, shiftsIn);
  return { ...read, lines: body.length };
}

type Body = readonly { row: readonly string[]; line: number }[];
type Columns = Readonly<Record<'number' | 'name' | 'date' | 'shift', number>>;
type Read = Pick<ReadFile, 'cells' | 'faults'>;

function fromGrid(
  head: readonly string[],
  headLine: number,
  body: Body,
  at: Columns,
  shiftsIn: (text: string) => string[],
): Read {
  const faults: FileFault[] = [];
  const dates = head.map((title, index) => {
    if (index === at.number || index === at.name || title === '') return undefined;
    const date = dateIn(title);
    if (!date) faults.push({ line: headLine, code: 'bad_date', value: title });
    return date;
  });
  const twice = dates.find((date, index) => date && dates.indexOf(date) < index);
  if (twice) faults.push({ line: headLine, code: 'duplicate', value: twice });
  const seen = new Set<string>();
  const cells = body.flatMap(({ row, line }): FileCell[] => {
    const { number, name } = whose(row, at);
    if (!number) faults.push({ line, code: 'no_number', value: name });
    else if (seen.has(number)) faults.push({ line, code: 'duplicate', value: number });
    if (!number || seen.has(number)) return [];
    seen.add(number);
    return dates.flatMap((date, index) =>
      date ? [{ line, number, name, date, shifts: shiftsIn(row[index] ?? '') }] : [],
    );
  });
  return { cells, faults };
}

function fromList(body: Body, at: Columns, shiftsIn: (text: string) => string[]): Read {
  const faults: FileFault[] = [];
  const cells = new Map<string, FileCell>();
  for (const { row, line } of body) {
    const { number, name } = whose(row, at);
    const written = row[at.date] ?? '';
    const date = dateIn(written);
    if (!number) faults.push({ line, code: 'no_number', value: name });
    if (!date) faults.push({ line, code: 'bad_date', value: written });
    if (!number || !date) continue;
    const had = cells.get(`${number} ${date}`);
    const shifts = shiftsIn(row[at.shift] ?? '');
    const repeated = shifts.find((shift) => had?.shifts.includes(shift));
    if (repeated || (had && shifts.length === 0))
      faults.push({ line, code: 'duplicate', value: `${number} ${date}` });
    cells.set(`${number} ${date}`, { line, number, name, date, shifts: [...(had?.shifts ?? []), ...shifts] });
  }
  return { cells: [...cells.values()], faults };
}

const whose = (row: readonly string[], at: Columns) => {
  return { number: row[at.number] ?? '', name: at.name >= 0 ? (row[at.name] ?? '') : '' };
};

/** 2026-06-10, 2026/6/10, 2026年6月10日, 20260610, each with whatever weekday after it; always with its year. */
function dateIn(text: string): string | undefined {
  const found =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?=\D|$)/.exec(text) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(text);
  if (!found) return undefined;
  const [, year, month = '', day = ''] = found;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return calendarDate.safeParse(date).success ? date : undefined;
}

export interface Written {
  readonly people: readonly { readonly id: string; readonly number: string; readonly name: string }[];
  readonly dates: readonly string[];
  readonly shifts: readonly Pick<PlannedShift, 'personId' | 'businessDate' | 'name'>[];
}

/** The plan as a grid; `off` stands in the cell of a day off. Read back it changes nothing. */
export function gridOf({ people, dates, shifts }: Written, off: string): Rows {
  const names = byCell(shifts);
  return [
    ['工号', '姓名', ...dates],
    ...people.map(({ id, number, name }) => [
      ...[number, name],
      ...dates.map((date) => names.get(`${id} ${date}`)?.join('+') ?? off),
    ]),
  ];
}

/** The plan as a list, a line for each person and day; days off are lines too, so that it can be read back. */
export function listOf({ people, dates, shifts }: Written, off: string): Rows {
  const names = byCell(shifts);
  return [
    ['工号', '姓名', '日期', '班次'],
    ...people.flatMap(({ id, number, name }) =>
      dates.map((date) => [number, name, date, names.get(`${id} ${date}`)?.join('+') ?? off]),
    ),
  ];
}

function byCell(shifts: Written['shifts']): Map<string, string[]> {
  const cells = new Map<string, string[]>();
  for (const { personId, businessDate, name } of shifts) {
    const key = `${personId} ${businessDate}`;
    cells.set(key, [...(cells.get(key) ?? []), name]);
  }
  return cells;
}
