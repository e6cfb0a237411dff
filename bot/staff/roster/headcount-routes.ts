import { z } from 'zod';
import { type Route, route } from '../../http/route.ts';
import { calendarDate } from '../../policy/values.ts';
import { loadVolume, servingDuties, staffingOf } from './headcount.ts';
import { checkWindow, type RosterReadParts } from './read-routes.ts';
import { dates } from './views.ts';

const hour = z.strictObject({
  date: calendarDate,
  hour: z.number(),
  /** Expected. */
  contacts: z.number(),
  required: z.number(),
  rostered: z.number(),
});

export function headcountRoutes({ db, policy }: RosterReadParts): Route[] {
  return [
    route({
      ...{ method: 'GET', path: '/api/v1/roster/headcount', action: 'roster.headcount' },
      summary:
        'How many people each hour needs, by Erlang C from the volume of past weeks, and how many it has',
      query: z.strictObject(dates),
      response: z.strictObject({
        hours: z.array(hour),
        /** Of the past, that the volume was averaged over; 0: there is none yet, and nothing is required. */
        weeks: z.number(),
        handleSeconds: z.number(),
        /** Whether the handling time was measured; else it is the policy's. */
        measured: z.boolean(),
        serviceLevel: z.number(),
        withinSeconds: z.number(),
      }),
      async handler({ query, now }) {
        const window = checkWindow(query);
        const { policy: rules } = policy();
        const { weeks, handleSeconds, serviceLevel, withinSeconds } = rules.roster.required;
        const volume = await loadVolume(db.sql, weeks, rules.centre.timeZone, now);
        const duties = await servingDuties(db.sql, window, rules);
        return {
          hours: staffingOf(window, volume, duties, rules),
          ...{
            weeks: volume.weeks,
            measured: volume.handleSeconds !== undefined,
            serviceLevel,
            withinSeconds,
          },
          handleSeconds: Math.round(volume.handleSeconds ?? handleSeconds),
        };
      },
    }),
  ];
}
