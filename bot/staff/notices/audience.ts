import { z } from 'zod';
import type { Sql } from '../../../prisma/client.ts';
import { ROLES } from '../../people/permissions.ts';

/** To whom a notice goes: everyone, or whoever is in one of these teams, job types, roles, or is named. */
export const audience = z.strictObject({
  everyone: z.boolean().default(false),
  teams: z.array(z.uuid()).max(200).default([]),
  jobTypes: z.array(z.string().min(1).max(40)).max(50).default([]),
  roles: z.array(z.enum(ROLES)).max(ROLES.length).default([]),
  persons: z.array(z.uuid()).max(2000).default([]),
});

export type Audience = z.output<typeof audience>;

/** Whether person `p`, who works here, is in the audience `a`, a jsonb expression. */
export const inAudience = (a: string) => `p.active AND ((${a} ->> 'everyone')::boolean
  OR ${a} -> 'teams' ? p.team_id::text OR ${a} -> 'jobTypes' ? p.job_type
  OR ${a} -> 'roles' ? p.role OR ${a} -> 'persons' ? p.id::text)`;

/** How many it reaches today. */
export async function countAudience(sql: Sql, whom: Audience): Promise<number> {
  const { rows } = await sql.query<{ count: number }>({
    text: `SELECT count(*)::int AS count FROM person p WHERE ${inAudience('$1::jsonb')}`,
    values: [JSON.stringify(whom)],
  });
  return rows[0]?.count ?? 0;
}
