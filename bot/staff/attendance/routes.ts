import type { Database } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import { type Route, rawRoute } from '../../http/route.ts';
import { t } from '../../i18n/index.ts';
import type { PolicyVersion } from '../../policy/versions.ts';
import { monthFile, sendRows, XLSX } from '../roster/files/send.ts';
import { loadMonth } from './month.ts';
import { monthSheet } from './sheet.ts';

export interface AttendanceRouteParts {
  db: Database;
  policy(): PolicyVersion;
}

/** The monthly sheet 月考勤表 as a file. */
export function attendanceRoutes({ db, policy }: AttendanceRouteParts): Route[] {
  return [
    rawRoute({
      ...{ method: 'GET', path: '/api/v1/attendance/export', action: 'attendance.read' },
      summary: 'A month’s attendance: one’s own, a leader’s own team, managers the centre',
      query: monthFile,
      returns: XLSX,
      async handler({ person, scope, locale, now, query: { month, format: as, language } }, _, response) {
        if (scope === 'team' && person.teamId === null) throw new AppError('forbidden');
        const whose =
          scope === 'centre' ? {} : scope === 'team' ? { team: person.teamId ?? '' } : { person: person.id };
        const lines = await loadMonth(db.sql, month, whose, policy().policy, now);
        const reads = language ?? locale;
        const sheet = `${t(reads, 'attendance.sheet')} ${month}`;
        await sendRows(response, monthSheet(lines, reads), {
          format: as,
          name: `attendance-${month}`,
          sheet,
        });
      },
    }),
  ];
}
