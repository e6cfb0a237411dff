import { z } from 'zod';
import { AppError } from '../../../errors.ts';
import { type Route, rawRoute, route } from '../../../http/route.ts';
import { t } from '../../../i18n/index.ts';
import type { RosterEditParts } from '../edit-routes.ts';
import { shiftName } from '../words.ts';
import { calendarOf } from './feed.ts';
import { perMinute } from './pace.ts';
import { closeFeed, feedSince, loadFeed, personOfFeed, resetFeed } from './store.ts';

const PATH = '/api/v1/roster/calendar';
/** Calendars ask every quarter of an hour at most; a whole office may sit behind one address. */
const MOST_A_MINUTE = 120;

/** The personal calendar 日历订阅: its secret address, and the file behind it, for which there is no session. */
export function calendarRoutes(parts: RosterEditParts): Route[] {
  return [state(parts), reset(parts), close(parts), file(parts)];
}

function state({ db }: RosterEditParts): Route {
  return route({
    ...{ method: 'GET', path: PATH, action: 'roster.calendar' },
    summary: 'Whether I have a calendar address, and since when',
    response: z.strictObject({ since: z.number().nullable() }),
    handler: async ({ person }) => ({ since: (await feedSince(db.sql, person.id)) ?? null }),
  });
}

function reset({ db, audit }: RosterEditParts): Route {
  return route({
    ...{ method: 'POST', path: PATH, action: 'roster.calendar' },
    summary: 'A new secret calendar address; it is shown once, and the one before stops working',
    response: z.strictObject({ path: z.string() }),
    async handler({ person, now }) {
      const secret = await db.transaction(async (unit) => {
        const actor = { kind: 'person' as const, id: person.id };
        await audit(unit, { actor, action: 'roster.calendar', object: 'person', objectId: person.id });
        return resetFeed(unit.sql, person.id, now);
      });
      return { path: `${PATH}/${secret}.ics` };
    },
  });
}

function close({ db }: RosterEditParts): Route {
  return route({
    ...{ method: 'DELETE', path: PATH, action: 'roster.calendar' },
    summary: 'Close my calendar address',
    response: z.strictObject({ since: z.null() }),
    async handler({ person }) {
      await closeFeed(db.sql, person.id);
      return { since: null };
    },
  });
}

function file({ db, policy }: RosterEditParts): Route {
  const pace = perMinute(MOST_A_MINUTE);
  return rawRoute({
    ...{ method: 'GET', path: `${PATH}/:file`, action: 'public' },
    summary: 'A colleague’s shifts as iCalendar, for whoever knows the address',
    params: z.strictObject({ file: z.string().regex(/^[\w-]{43}\.ics$/) }),
    returns: 'text/calendar',
    async handler({ params, ip, now }, _request, response) {
      pace(ip, now);
      const owner = await personOfFeed(db.sql, params.file.slice(0, -'.ics'.length));
      if (!owner) throw new AppError('not_found');
      const { id: personId, locale, version } = owner;
      const { centre, roster } = policy().policy;
      const calendar = calendarOf({
        ...{ name: t(locale, 'roster.calendar', { person: owner.name }), personId, version, now },
        ...(await loadFeed(db.sql, personId, centre.timeZone, now)),
        titleOf: (name) => shiftName(name, { locale, types: roster.shifts }),
      });
      response.writeHead(200, {
        'content-type': 'text/calendar; charset=utf-8',
        'cache-control': 'private, no-store',
      });
      response.end(calendar);
    },
  });
}
