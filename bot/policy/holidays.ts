import { z } from 'zod';
import { type Sql, type Unit, uuidv7 } from '../../prisma/client.ts';
import { HOLIDAYS_CN, type HolidayTable } from './calendar.ts';
import { calendarDate, localised } from './values.ts';

const stored = z.object({
  coveredFrom: calendarDate,
  coveredThrough: calendarDate,
  periods: z.array(
    z.object({
      name: localised,
      from: calendarDate,
      to: calendarDate,
      makeUpWorkdays: z.array(calendarDate),
    }),
  ),
});

/** The table of public holidays in force: the newest that was imported, else the one shipped. */
export async function loadHolidays(sql: Sql): Promise<HolidayTable> {
  const { rows } = await sql.query<{ content: unknown }>({
    text: 'SELECT content FROM holiday_table ORDER BY created_at DESC, id DESC LIMIT 1',
    values: [],
  });
  return rows[0] ? stored.parse(rows[0].content) : HOLIDAYS_CN;
}

export async function saveHolidays(
  { sql }: Unit,
  table: HolidayTable,
  { by, now }: { by: string; now: number },
): Promise<string> {
  const id = uuidv7(now);
  await sql.query({
    text: 'INSERT INTO holiday_table (id, content, imported_by, created_at) VALUES ($1, $2, $3, $4)',
    values: [id, JSON.stringify(table), by, new Date(now)],
  });
  return id;
}
