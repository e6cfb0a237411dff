import type { Route } from '../../http/route.ts';
import { calendarRoutes } from './calendar/routes.ts';
import { type RosterEditParts, rosterEditRoutes } from './edit-routes.ts';
import { rosterFileRoutes } from './files/routes.ts';
import { headcountRoutes } from './headcount-routes.ts';
import { rosterReadRoutes } from './read-routes.ts';

/** The roster 排班: reading it, and changing the plan. */
export function rosterRoutes(parts: RosterEditParts): Route[] {
  return [
    ...rosterReadRoutes(parts),
    ...rosterEditRoutes(parts),
    ...rosterFileRoutes(parts),
    ...headcountRoutes(parts),
    ...calendarRoutes(parts),
  ];
}
