import { z } from 'zod';
import { readBytes } from '../../../http/bytes.ts';
import { type Route, rawRoute } from '../../../http/route.ts';
import { datesOf, loadDates } from '../dates.ts';
import { editResult, type RosterEditParts, shortened } from '../edit-routes.ts';
import { checkWindow, within } from '../read-routes.ts';
import { dates, rosterPeople } from '../views.ts';
import { type Imported, importRoster } from './import.ts';
import { gridOf, listOf } from './layout.ts';
import { readRows } from './rows.ts';
import { format, sendRows, XLSX } from './send.ts';

const MOST_BYTES = 2 * 1024 * 1024;
const yes = z.enum(['true', 'false']).default('false');
const line = z.number().optional();
const result = editResult.extend({
  lines: z.number(),
  seen: z.string(),
  problems: z.array(editResult.shape.problems.element.extend({ line })),
  warnings: z.array(editResult.shape.warnings.element.extend({ line })),
});

/** The roster as files 导入导出. */
export function rosterFileRoutes(parts: RosterEditParts): Route[] {
  return [importing(parts), exporting(parts)];
}

function importing(parts: RosterEditParts): Route {
  return rawRoute({
    ...{ method: 'POST', path: '/api/v1/roster/import', action: 'roster.edit' },
    summary:
      'Preview an XLSX or CSV roster, in the request body; with `apply` make the plan so, all or nothing',
    query: z.strictObject({ apply: yes, confirmed: yes, seen: z.string().max(100).optional() }),
    accepts: 'application/octet-stream',
    returns: 'application/json',
    async handler({ person: editor, query, locale, now }, request, response) {
      const rows = await readRows(await readBytes(request, MOST_BYTES));
      const wish = { ...query, apply: query.apply === 'true', confirmed: query.confirmed === 'true' };
      const { policy } = parts.policy();
      const edit = { audit: parts.audit, ...parts.post() };
      const imported = await parts.db.transaction((unit) =>
        importRoster(unit, edit, rows, wish, { editor, policy, locale, now }),
      );
      response
        .writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
        .end(JSON.stringify(result.parse({ ...imported, ...shortened(imported) } satisfies Imported)));
    },
  });
}

function exporting({ db, policy }: RosterEditParts): Route {
  return rawRoute({
    ...{ method: 'GET', path: '/api/v1/roster/export', action: 'roster.read' },
    summary: 'The plan of some days as a file that can be imported again',
    query: z.strictObject({
      ...{ ...dates, team: z.uuid().optional() },
      format,
      layout: z.enum(['grid', 'list']).default('grid'),
    }),
    returns: XLSX,
    async handler({ person, scope, query: { team, format: as, layout, ...query } }, _request, response) {
      const window = checkWindow(query);
      const { centre, roster } = policy().policy;
      const people = await rosterPeople(db.sql, within(scope, person, team));
      const ids = people.map(({ id }) => id);
      const { shifts } = await loadDates(db.sql, { ...window, people: ids }, centre.timeZone);
      const written = { people, dates: datesOf(window), shifts };
      const off = roster.offWords[0] ?? '';
      const rows = layout === 'grid' ? gridOf(written, off) : listOf(written, off);
      await sendRows(response, rows, { format: as, name: `roster-${window.from}`, sheet: '班表' });
    },
  });
}
