import { createHash } from 'node:crypto';
import type { Sql, Unit } from '../../../../prisma/client.ts';
import { AppError } from '../../../errors.ts';
import { type Locale, t } from '../../../i18n/index.ts';
import { holdRosters } from '../apply.ts';
import { type EditResult, editRoster } from '../edit.ts';
import type { EditParts } from '../edits.ts';
import type { Editing } from '../reach.ts';
import type { Remark } from '../words.ts';
import { type FileFault, type ReadFile, readLayout } from './layout.ts';
import type { Rows } from './rows.ts';

/** A remark with the file's line that it is about. */
export type LineRemark = Remark & { readonly line?: number | undefined };

export interface Imported extends Omit<EditResult, 'problems' | 'warnings'> {
  readonly lines: number;
  readonly problems: readonly LineRemark[];
  readonly warnings: readonly LineRemark[];
  /** Stands for the versions of everybody in the file: sent back to apply what was previewed. */
  readonly seen: string;
}

export interface ImportWish {
  /** Without it only a preview is made. */
  readonly apply: boolean;
  readonly confirmed: boolean;
  readonly seen?: string | undefined;
}

/**
 * Makes the plan what a file says, in one transaction, or previews that. People and dates that the file doesn't name
 * stay as they are. @throws AppError forbidden, version_changed where the roster has changed since the preview
 */
export async function importRoster(
  unit: Unit,
  parts: EditParts,
  rows: Rows,
  wish: ImportWish,
  at: Editing,
): Promise<Imported> {
  const file = readLayout(rows, at.policy.roster.offWords);
  const known = await peopleByNumber(unit.sql, [...new Set(file.cells.map(({ number }) => number))]);
  const faults = [
    ...file.faults.map((fault) => faultRemark(fault, at.locale)),
    ...strangers(file, known, at.locale),
  ];
  const cells = file.cells.flatMap(({ number, date, shifts }) => {
    const person = known.get(number);
    return person ? [{ personId: person.id, date, shifts }] : [];
  });
  const seen = digestOf(
    await holdRosters(
      unit.sql,
      cells.map(({ personId }) => personId),
    ),
  );
  if (wish.apply && wish.seen !== undefined && wish.seen !== seen) throw new AppError('version_changed');
  const dry = !wish.apply || faults.length > 0;
  const result = await editRoster(unit, parts, { cells, kind: 'import', confirmed: wish.confirmed, dry }, at);
  const lined = lineFinder(file, known);
  const problems = [...faults, ...result.problems.map(lined)];
  return { ...result, problems, warnings: result.warnings.map(lined), lines: file.lines, seen };
}

interface Known {
  readonly id: string;
  readonly name: string;
}

async function peopleByNumber(sql: Sql, numbers: readonly string[]): Promise<Map<string, Known>> {
  const { rows } = await sql.query<Known & { number: string }>({
    text: 'SELECT id, number, name FROM person WHERE active AND number = ANY($1)',
    values: [[...numbers]],
  });
  return new Map(rows.map((row) => [row.number, row]));
}

/** Numbers of nobody, and names that belong to another number: a shifted column would plan the wrong people. */
function strangers({ cells }: ReadFile, known: ReadonlyMap<string, Known>, locale: Locale): LineRemark[] {
  const lines = new Map(cells.map((cell) => [cell.line, cell]));
  return [...lines.values()].flatMap(({ line, number, name }) => {
    const person = known.get(number);
    if (!person)
      return [{ line, code: 'unknown_number', text: t(locale, 'roster.file_unknown_number', { number }) }];
    if (name === '' || name === person.name) return [];
    const text = t(locale, 'roster.file_name_mismatch', { number, name, known: person.name });
    return [{ line, code: 'name_mismatch', text }];
  });
}

const faultRemark = ({ line, code, value }: FileFault, locale: Locale): LineRemark => {
  return { line, code, text: t(locale, `roster.file_${code}`, { value }) };
};

function lineFinder({ cells }: ReadFile, known: ReadonlyMap<string, Known>) {
  const lines = new Map(cells.map(({ number, date, line }) => [`${known.get(number)?.id} ${date}`, line]));
  return (remark: Remark): LineRemark => ({
    ...remark,
    line: lines.get(`${remark.personId} ${remark.date}`),
  });
}

function digestOf(versions: ReadonlyMap<string, number>): string {
  const sorted = [...versions].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url');
}
