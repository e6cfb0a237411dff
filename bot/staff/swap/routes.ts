import { Temporal } from 'temporal-polyfill';
import type { Database } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import { type Route, rawRoute } from '../../http/route.ts';
import { t } from '../../i18n/index.ts';
import type { PolicyVersion } from '../../policy/versions.ts';
import { monthFile, sendRows, XLSX } from '../roster/files/send.ts';
import { swapNumbers, swapsIn } from './record.ts';
import { swapSheet } from './sheet.ts';

export interface SwapRouteParts {
  db: Database;
  policy(): PolicyVersion;
}

/** The swap record 换班记录表 as a file. */
export function swapRoutes({ db, policy }: SwapRouteParts): Route[] {
  return [
    rawRoute({
      ...{ method: 'GET', path: '/api/v1/swaps/export', action: 'swap.read' },
      summary: 'The swaps of a month, by the shift’s business date: a leader’s own team, managers the centre',
      query: monthFile,
      returns: XLSX,
      async handler({ person, scope, locale, now, query: { month, format: as, language } }, _, response) {
        if (scope !== 'centre' && person.teamId === null) throw new AppError('forbidden');
        const team = scope === 'centre' ? undefined : (person.teamId ?? undefined);
        const records = await swapsIn(db.sql, month, team);
        // As read in that month: dates of other years say their year, whenever the file is made.
        const today = Temporal.PlainDate.from(`${month}-01`);
        const { timeZone } = policy().policy.centre;
        const reader = { locale: language ?? locale, timeZone, today };
        const rows = swapSheet(records, await swapNumbers(db.sql, records), reader, now);
        const sheet = `${t(reader.locale, 'swap.sheet')} ${month}`;
        await sendRows(response, rows, { format: as, name: `swaps-${month}`, sheet });
      },
    }),
  ];
}
