import type { Sql } from '../../../../prisma/client.ts';

export interface Team {
  readonly id: string;
  readonly name: string;
}

/** The teams that keep a duty log, by name. */
export async function logTeams(sql: Sql, jobTypes: readonly string[]): Promise<Team[]> {
  const { rows } = await sql.query<{ id: string; name: string }>({
    text: 'SELECT id, name FROM team WHERE job_type = ANY($1) ORDER BY name',
    values: [[...jobTypes]],
  });
  return rows;
}
