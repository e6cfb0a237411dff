import type { Action, Role, Scope } from './permission-table.ts';
import { permissions } from './permission-table.ts';

export type { Action, Role, Scope } from './permission-table.ts';
export { permissions, ROLES } from './permission-table.ts';

/** Who asks. A person without a team has no team scope: `team` then reaches no further than `own`. */
export interface Actor {
  id: string;
  role: Role;
  teamId: string | null;
}

/**
 * Whose the thing is that the action touches. `personId: null` is nobody's yet (a conversation that waits in
 * the queue, a ticket without owner): it is in everyone's reach who may do the action at all.
 */
export interface Target {
  personId?: string | null;
  teamId?: string | null;
}

/** How far `role` may go with `action`; undefined: not at all. `nobody` is a visitor who is not signed in. */
export function allowed(role: Role | 'nobody', action: Action): Scope | undefined {
  return permissions[action][role];
}

/**
 * True when `person` may do `action`, to `target` if one is given. Without a target it says whether the
 * action may be tried at all: the route asks that, the handler asks again once it knows whose the thing is.
 */
export function may(person: Actor, action: Action, target?: Target): boolean {
  const scope = allowed(person.role, action);
  if (!scope) return false;
  if (!target || scope === 'centre') return true;
  if (target.personId === null || target.personId === person.id) return true;
  return scope === 'team' && person.teamId !== null && target.teamId === person.teamId;
}

/** Everything that `role` may do, and how far: for the console, which offers no button that would be refused. */
export function permissionsOf(role: Role): Partial<Record<Action, Scope>> {
  const actions = Object.keys(permissions) as Action[];
  return Object.fromEntries(
    actions.flatMap((action) => {
      const scope = allowed(role, action);
      return scope ? [[action, scope]] : [];
    }),
  );
}
