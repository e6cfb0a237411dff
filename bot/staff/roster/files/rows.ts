import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import writeSheet from 'write-excel-file/node';
import { AppError } from '../../../errors.ts';
import { assertUnpacked } from './unpacked.ts';

/** A sheet as text, line by line; dates are ISO. */
export type Rows = readonly (readonly string[])[];

/** What a spreadsheet would reckon out, in half and full width (OWASP, CSV injection); a sign alone is a word. */
const FORMULA = /^[\s']*[=+\-@＝＋－＠]./s;
/** What `toCsv` wrote before one. */
const GUARD = /^'(?=[\s']*[=+\-@＝＋－＠].)/s;
const MOST_ROWS = 20_000;
const MOST_COLUMNS = 80;
/** Six times what the largest roster comes to; two megabytes can hold two thousand. */
const MOST_UNPACKED = 32 * 1024 * 1024;

/**
 * The first sheet of an XLSX file, or a CSV file in UTF-8 or, as Excel writes it in China, GB 18030.
 * @throws AppError unsupported_type for what is neither, too_large
 */
export async function readRows(bytes: Buffer): Promise<Rows> {
  const rows = bytes.subarray(0, 2).toString('latin1') === 'PK' ? await fromXlsx(bytes) : fromCsv(bytes);
  if (rows.length > MOST_ROWS || rows.some((row) => row.length > MOST_COLUMNS))
    throw new AppError('too_large', undefined, { rows: MOST_ROWS, columns: MOST_COLUMNS });
  return rows;
}

async function fromXlsx(bytes: Buffer): Promise<Rows> {
  await assertUnpacked(bytes, MOST_UNPACKED);
  const sheet = await readSheet(bytes).catch(() => {
    throw new AppError('unsupported_type', 'not a readable XLSX file');
  });
  return sheet.map((row) => row.map(cellText));
}

function cellText(value: unknown): string {
  // A date in a sheet has no zone: the library reads it as UTC midnight.
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return value === null || value === undefined ? '' : String(value).trim();
}

function fromCsv(bytes: Buffer): Rows {
  try {
    const options = { bom: true, trim: true, relax_column_count: true, delimiter: [',', ';', '\t'] };
    const rows = parse(decoded(bytes), options) as string[][];
    return rows.map((row) => row.map((cell) => cell.replace(GUARD, '')));
  } catch {
    throw new AppError('unsupported_type', 'not a readable CSV file');
  }
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/**
 * As an XLSX file: text only, so that numbers 工号 keep their zeros; the head and the first columns stay in sight.
 * @param sheet the sheet's name
 */
export async function toXlsx(rows: Rows, sheet: string): Promise<Buffer> {
  const cells = rows.map((row, line) =>
    row.map((value) => ({ value, type: String, ...(line === 0 && { fontWeight: 'bold' as const }) })),
  );
  const options = { sheet, stickyRowsCount: 1, stickyColumnsCount: 2 };
  return writeSheet(cells, options).toBuffer();
}

/** As a CSV file that Excel opens in UTF-8; what Excel would take for a formula is text. */
export function toCsv(rows: Rows): Buffer {
  const lines = rows.map((row) => row.map((value) => quoted(value.replace(FORMULA, "'$&"))).join(','));
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`);
}

const quoted = (value: string) => (/[",\r\n;\t]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
