import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { LOCALES } from '../../../i18n/index.ts';
import { type Rows, toCsv, toXlsx } from './rows.ts';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const format = z.enum(['xlsx', 'csv']).default('xlsx');

/** What the file of a month is asked for by. */
export const monthFile = z.strictObject({
  month: z.string().regex(/^20\d\d-(?:0[1-9]|1[0-2])$/),
  format,
  /** A link says it itself: a browser asks for its own language, not for the page's. */
  language: z.enum(LOCALES).optional(),
});

/** Answers with a file to keep. @param as `name` without its ending, ASCII; `sheet` what an XLSX file calls its sheet */
export async function sendRows(
  response: ServerResponse,
  rows: Rows,
  as: { readonly format: 'xlsx' | 'csv'; readonly name: string; readonly sheet: string },
): Promise<void> {
  const xlsx = as.format === 'xlsx';
  const bytes = xlsx ? await toXlsx(rows, as.sheet) : toCsv(rows);
  response.writeHead(200, {
    'content-type': xlsx ? XLSX : 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${as.name}.${as.format}"`,
    'cache-control': 'private, no-store',
  });
  response.end(bytes);
}
