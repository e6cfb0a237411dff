import type { Sql } from '../../../prisma/client.ts';
import { loadRoster } from './store.ts';
import type { Duty } from './types.ts';

export interface OnDuty {
  readonly personId: string;
  readonly number: string;
  readonly name: string;
  readonly role: string;
  readonly team: { readonly id: string; readonly name: string } | null;
  /** The shift's stored name. */
  readonly shift: string;
  /** Epoch ms. */
  readonly until: number;
}

/** Who is on at an instant, of one team or one person or all; by team, shift and number. */
export async function whoIsOn(
  sql: Sql,
  at: number,
  { team, person }: { team?: string | undefined; person?: string | undefined },
): Promise<OnDuty[]> {
  const roster = await loadRoster(sql, { from: at, to: at + 1 });
  const duties = roster
    .whoIsOn(at)
    .filter(({ teamId, personId }) => (!team || teamId === team) && (!person || personId === person));
  return namedDuties(sql, duties);
}

async function namedDuties(sql: Sql, duties: readonly Duty[]): Promise<OnDuty[]> {
  type Row = { id: string; number: string; name: string; role: string };
  const { rows: people } = await sql.query<Row>({
    text: 'SELECT id, number, name, role FROM person WHERE id = ANY($1) ORDER BY number',
    values: [duties.map(({ personId }) => personId)],
  });
  const { rows: teams } = await sql.query<{ id: string; name: string }>({
    text: 'SELECT id, name FROM team WHERE id = ANY($1) ORDER BY name',
    values: [duties.map(({ teamId }) => teamId)],
  });
  const place = new Map(people.map(({ id }, index) => [id, index]));
  return duties
    .flatMap(({ personId, teamId, name: shift, to: until }) => {
      const person = people[place.get(personId) ?? -1];
      const team = teams.find(({ id }) => id === teamId) ?? null;
      return person ? [{ ...person, personId, team, shift, until }] : [];
    })
    .map(({ id: _, ...duty }) => duty)
    .sort(
      (a, b) => order(a.team?.name, b.team?.name) || order(a.shift, b.shift) || order(a.number, b.number),
    );
}

const order = (a = '', b = '') => (a < b ? -1 : a > b ? 1 : 0);
