import type { Sql, Unit } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import { problemsOf, type RosterFacts, touchedBy } from './change.ts';
import { loadRosterFacts, overridesById, shiftFacts } from './store.ts';
import type { RosterChange, RosterProblem } from './types.ts';

export type Applied = { readonly done: true } | { readonly problems: readonly RosterProblem[] };

/**
 * Makes a change of the roster, or says what stands against it and writes nothing: the only way in which planned
 * shifts and overrides are written. Everybody concerned is locked first, in the order of their ids, so that two
 * changes at once come one after the other; their versions are raised, so that whoever agreed to something else
 * notices. `now` is epoch ms.
 */
export async function applyChange({ sql }: Unit, change: RosterChange, now: number): Promise<Applied> {
  const people = [...touchedBy(await ownFacts(sql, change), change)];
  await holdRosters(sql, people);
  const problems = problemsOf(await factsFor(sql, change, people), change);
  if (problems.length > 0) return { problems };
  await write(sql, change, new Date(now));
  await sql.query({
    text: 'UPDATE roster_person SET version = version + 1 WHERE person_id = ANY($1)',
    values: [people],
  });
  return { done: true };
}

/** As `applyChange`, for what was checked before: a problem is a conflict with somebody quicker. */
export async function mustApply(unit: Unit, change: RosterChange, now: number): Promise<void> {
  const applied = await applyChange(unit, change, now);
  if ('problems' in applied)
    throw new AppError('conflict', 'the roster has changed', { problems: applied.problems });
}

/** Nobody else changes the rosters of these colleagues until the transaction ends. @returns their versions */
export async function holdRosters(sql: Sql, people: readonly string[]): Promise<Map<string, number>> {
  const ids = [...new Set(people)].sort();
  await sql.query({
    text: 'INSERT INTO roster_person (person_id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING',
    values: [ids],
  });
  const { rows } = await sql.query<{ id: string; version: number }>({
    text: `SELECT person_id AS id, version FROM roster_person WHERE person_id = ANY($1) ORDER BY person_id FOR UPDATE`,
    values: [ids],
  });
  return new Map(rows.map(({ id, version }) => [id, version]));
}

/** The shifts and overrides that the change names, to learn whom it touches. */
async function ownFacts(sql: Sql, { cancel = [], override = [], revoke = [] }: RosterChange) {
  const revoked = await overridesById(sql, revoke);
  const missing = revoke.find((id) => !revoked.some((each) => each.id === id));
  if (missing) throw new AppError('conflict', 'an override has been revoked already');
  const named = [...cancel, ...override.map((each) => each.shiftId), ...revoked.map((each) => each.shiftId)];
  const facts = await shiftFacts(sql, [...new Set(named)]);
  if (cancel.some((id) => !facts.shifts.some((shift) => shift.id === id)))
    throw new AppError('conflict', 'a shift has been cancelled already');
  return facts;
}

/** Read again under the locks: the shifts that are named, and all that these people have around them. */
async function factsFor(sql: Sql, change: RosterChange, people: readonly string[]): Promise<RosterFacts> {
  const own = await ownFacts(sql, change);
  const spans = [...own.shifts, ...(change.plan ?? [])];
  if (spans.length === 0) return own;
  const from = Math.min(...spans.map(({ startsAt }) => startsAt));
  const to = Math.max(...spans.map(({ endsAt }) => endsAt));
  const around = await loadRosterFacts(sql, { from, to, people });
  return { shifts: unique(own.shifts, around.shifts), overrides: unique(own.overrides, around.overrides) };
}

function unique<T extends { readonly id: string }>(...lists: (readonly T[])[]): T[] {
  return [...new Map(lists.flat().map((each) => [each.id, each])).values()];
}

async function write(sql: Sql, change: RosterChange, now: Date): Promise<void> {
  const { plan = [], cancel = [], override = [], revoke = [] } = change;
  if (revoke.length > 0)
    await sql.query({
      text: 'UPDATE roster_override SET revoked_at = $2 WHERE id = ANY($1)',
      values: [[...revoke], now],
    });
  if (cancel.length > 0)
    await sql.query({
      text: 'UPDATE shift SET cancelled_at = $2 WHERE id = ANY($1)',
      values: [[...cancel], now],
    });
  const shifts = plan.map(({ id, personId, teamId, businessDate, startsAt, endsAt, name, night }) => ({
    ...{ id, person_id: personId, team_id: teamId, business_date: businessDate, name, night },
    ...{ starts_at: new Date(startsAt), ends_at: new Date(endsAt) },
  }));
  // All in one statement: a month of five hundred people is fifteen thousand rows.
  if (shifts.length > 0)
    await sql.query({
      text: `INSERT INTO shift (id, person_id, team_id, business_date, starts_at, ends_at, name, night)
        SELECT id, person_id, team_id, business_date, starts_at, ends_at, name, night
        FROM jsonb_populate_recordset(NULL::shift, $1)`,
      values: [JSON.stringify(shifts)],
    });
  // One by one: the order in which they are written is the order in which they lie over each other.
  for (const { id, shiftId, off, on, teamId, from, to, cause, causeId } of override)
    await sql.query({
      text: `INSERT INTO roster_override (id, shift_id, off_person_id, on_person_id, team_id, starts_at, ends_at, cause,
          cause_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      values: [id, shiftId, off, on, teamId ?? null, new Date(from), new Date(to), cause, causeId, now],
    });
}
