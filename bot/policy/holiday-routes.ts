import { z } from 'zod';
import type { Database } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';
import { type Route, route } from '../http/route.ts';
import type { Audit } from '../people/audit.ts';
import { readHolidays, withYears } from './holiday-import.ts';
import { loadHolidays, saveHolidays } from './holidays.ts';
import { calendarDate, localised } from './values.ts';

const period = z.strictObject({
  name: localised,
  from: calendarDate,
  to: calendarDate,
  makeUpWorkdays: z.array(calendarDate),
});
const table = z.strictObject({
  coveredFrom: calendarDate,
  coveredThrough: calendarDate,
  periods: z.array(period),
});
const problem = z.strictObject({ line: z.number(), code: z.string(), text: z.string() });

/** Public holidays 节假日: what is known, and a year imported by a leader, looked at before it counts. */
export function holidayRoutes({ db, audit }: { db: Database; audit: Audit }): Route[] {
  return [
    route({
      ...{ method: 'GET', path: '/api/v1/holidays', action: 'holiday.read' },
      summary: 'The table of public holidays in force',
      response: table,
      handler: async () => tableOf(await loadHolidays(db.sql)),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/holidays/import', action: 'holiday.import', once: true },
      summary:
        'Import a year of holidays from CSV or pasted cells; without `save` only what is wrong with it is told',
      body: z.strictObject({
        year: z.int().min(2000).max(2100),
        text: z.string().max(20_000),
        save: z.boolean(),
      }),
      response: z.strictObject({
        ...{ periods: z.array(period), problems: z.array(problem) },
        /** False where the year lies apart from those known, or a day outside it. */
        joins: z.boolean(),
        saved: z.boolean(),
      }),
      async handler({ unit, person, now, body: { year, text, save } }) {
        const { periods, problems } = readHolidays(text);
        const next = withYears(await loadHolidays(unit.sql), [year], periods);
        const read = {
          periods: tableOf({ coveredFrom: '', coveredThrough: '', periods }).periods,
          problems: [...problems],
        };
        if (!save) return { ...read, joins: next !== undefined, saved: false };
        if (!next || problems.length > 0)
          throw new AppError('not_allowed_now', undefined, { problems: problems.length });
        const id = await saveHolidays(unit, next, { by: person.id, now });
        await audit(unit, {
          ...{
            actor: { kind: 'person', id: person.id },
            action: 'holiday.import',
            object: 'holiday_table',
            objectId: id,
          },
          details: { year, periods: periods.length },
        });
        return { ...read, joins: true, saved: true };
      },
    }),
  ];
}

const tableOf = ({ periods, ...covered }: Awaited<ReturnType<typeof loadHolidays>>) => ({
  ...covered,
  periods: periods.map((each) => ({ ...each, makeUpWorkdays: [...each.makeUpWorkdays] })),
});
