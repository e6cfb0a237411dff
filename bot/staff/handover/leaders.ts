import type { Sql } from '../../../prisma/client.ts';
import { peopleOfRole, peopleOfTeam } from '../../people/directory.ts';
import { may } from '../../people/permissions.ts';
import type { Person } from '../../people/person.ts';

/** Who leads a team's shift; where all its leaders are among `missing`, the duty manager 值班经理. */
export async function leadersOf(sql: Sql, teamId: string, missing: readonly string[]): Promise<Person[]> {
  const own = (await peopleOfTeam(sql, teamId)).filter(
    ({ id, role }) => role === 'shift_leader' && !missing.includes(id),
  );
  return own.length > 0 ? own : peopleOfRole(sql, 'duty_manager');
}

export type By = Pick<Person, 'id' | 'role' | 'teamId'>;

/** Whether somebody may decide for a team's handovers, write and complete them in others' place. */
export const leads = (by: By, teamId: string) => may(by, 'handover.decide', { personId: '', teamId });
