import type { Sql } from '../../prisma/client.ts';
import type { Role } from './permissions.ts';
import { PERSON_COLUMNS, PERSON_FROM, type Person } from './person.ts';

/** Colleagues who still work here, one by one or by their place; each reads the database as it is now. */

export async function personById(sql: Sql, id: string): Promise<Person | undefined> {
  return (await select(sql, 'p.id = $1', id))[0];
}

export async function personByNumber(sql: Sql, number: string): Promise<Person | undefined> {
  return (await select(sql, 'p.number = $1', number))[0];
}

/** People of these ids, in no particular order; ids of people who left are missing. */
export function peopleById(sql: Sql, ids: readonly string[]): Promise<Person[]> {
  return select(sql, 'p.id = ANY($1)', ids);
}

/** A team's 班组 people, its leader among them. */
export function peopleOfTeam(sql: Sql, teamId: string): Promise<Person[]> {
  return select(sql, 'p.team_id = $1', teamId);
}

export function peopleOfRole(sql: Sql, role: Role): Promise<Person[]> {
  return select(sql, 'p.role = $1', role);
}

/** Who holds one of these posts, and who has one of these numbers (deputies): what an approval ladder is built from. */
export function peopleInPosts(
  sql: Sql,
  { roles, numbers }: { roles: readonly Role[]; numbers: readonly string[] },
): Promise<Person[]> {
  return select(sql, '(p.role = ANY($1) OR p.number = ANY($2))', roles, numbers);
}

/** Everybody who works here: what names in a sentence are looked up in. */
export function everybody(sql: Sql): Promise<Person[]> {
  return select(sql, 'true');
}

/** The team's shift leader 班长; the first by number where it has two. */
export async function shiftLeaderOf(sql: Sql, teamId: string): Promise<Person | undefined> {
  return (await peopleOfTeam(sql, teamId)).find(({ role }) => role === 'shift_leader');
}

/** 客服部主任 */
export async function departmentHead(sql: Sql): Promise<Person | undefined> {
  return (await peopleOfRole(sql, 'department_head'))[0];
}

/** 客服中心主任 */
export async function centreDirector(sql: Sql): Promise<Person | undefined> {
  return (await peopleOfRole(sql, 'director'))[0];
}

async function select(sql: Sql, where: string, ...values: (string | readonly string[])[]): Promise<Person[]> {
  const { rows } = await sql.query<Person & Record<string, unknown>>({
    text: `SELECT ${PERSON_COLUMNS} FROM ${PERSON_FROM} WHERE ${where} AND p.active ORDER BY p.number`,
    values,
  });
  return rows;
}
