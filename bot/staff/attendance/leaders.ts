import type { Sql } from '../../../prisma/client.ts';
import { peopleOfRole, peopleOfTeam } from '../../people/directory.ts';
import { may } from '../../people/permissions.ts';
import type { Person } from '../../people/person.ts';
import { loadRoster } from '../roster/store.ts';

/** Whether somebody may call a team's roll, let its people leave the desk, excuse a breach. */
export const leads = (by: Pick<Person, 'id' | 'role' | 'teamId'>, teamId: string) =>
  may(by, 'attendance.manage', { personId: '', teamId });

/**
 * Whom to ask about a team's people at an instant (epoch ms): its leaders 班长 who are on duty; else the duty managers
 * 值班经理 who are; else all of them. Nobody is asked about themselves.
 */
export async function leadersAt(
  sql: Sql,
  teamId: string,
  at: number,
  without: readonly string[] = [],
): Promise<string[]> {
  const own = (await peopleOfTeam(sql, teamId)).filter(({ role }) => role === 'shift_leader');
  const able = [own, await peopleOfRole(sql, 'duty_manager')].map((people) =>
    people.map(({ id }) => id).filter((id) => !without.includes(id)),
  );
  const roster = await loadRoster(sql, { from: at, to: at + 1, people: able.flat() });
  const on = new Set(roster.whoIsOn(at).map(({ personId }) => personId));
  return able.map((ids) => ids.filter((id) => on.has(id))).find((ids) => ids.length > 0) ?? able.flat();
}
