import type { Sql } from '../../../prisma/client.ts';
import type { RosterFacts } from './change.ts';
import { dutiesOf } from './duties.ts';
import { type Roster, rosterOf } from './roster.ts';
import type { Override, PlannedShift } from './types.ts';

/** Which part of the roster is wanted: shifts that touch `from` to `to` (epoch ms), of these people or of all. */
export interface RosterWindow {
  readonly from: number;
  readonly to: number;
  readonly people?: readonly string[];
}

/** No shift is longer (`roster.shifts` in the policy), so that none that began earlier can still run: the index finds the rest. */
export const LONGEST_SHIFT_HOURS = 24;

/** The roster of a stretch of time, overrides laid over the plan. */
export async function loadRoster(sql: Sql, window: RosterWindow): Promise<Roster> {
  const { shifts, overrides } = await loadRosterFacts(sql, window);
  return rosterOf(dutiesOf(shifts, overrides));
}

/** With `people`: every shift that they are planned for or that an override gave or takes from them. */
export async function loadRosterFacts(
  sql: Sql,
  { from, to, people }: RosterWindow,
  { without }: { without?: 'leave' } = {},
): Promise<RosterFacts> {
  const whose = `AND ($3::uuid[] IS NULL OR s.person_id = ANY($3) OR EXISTS (
    SELECT FROM roster_override o WHERE o.shift_id = s.id AND o.revoked_at IS NULL AND (o.on_person_id = ANY($3) OR o.off_person_id = ANY($3))))`;
  const earliest = new Date(from - LONGEST_SHIFT_HOURS * 3_600_000);
  const shifts = await select(sql, `s.starts_at >= $4 AND s.starts_at < $2 AND s.ends_at > $1 ${whose}`, [
    ...[new Date(from), new Date(to), people ? [...people] : null, earliest],
  ]);
  const overrides = await overridesOn(
    sql,
    shifts.map(({ id }) => id),
  );
  return { shifts, overrides: overrides.filter(({ cause }) => cause !== without) };
}

/** These planned shifts with what lies over them. */
export async function shiftFacts(sql: Sql, ids: readonly string[]): Promise<RosterFacts> {
  const shifts = await select(sql, 's.id = ANY($1)', [[...ids]]);
  return { shifts, overrides: await overridesOn(sql, ids) };
}

const select = (sql: Sql, where: string, values: unknown[]) =>
  selectShifts(sql, `s.cancelled_at IS NULL AND ${where}`, values);

/** Shifts `s` for which `where` holds, cancelled ones too. */
export async function selectShifts(sql: Sql, where: string, values: unknown[]): Promise<PlannedShift[]> {
  type Row = Omit<PlannedShift, 'startsAt' | 'endsAt'> & { startsAt: Date; endsAt: Date };
  const { rows } = await sql.query<Row & Record<string, unknown>>({
    text: `SELECT s.id, s.person_id AS "personId", s.team_id AS "teamId", s.business_date::text AS "businessDate",
        s.starts_at AS "startsAt", s.ends_at AS "endsAt", s.name, s.night
      FROM shift s WHERE ${where} ORDER BY s.starts_at, s.id`,
    values,
  });
  return rows.map((row) => ({ ...row, startsAt: row.startsAt.getTime(), endsAt: row.endsAt.getTime() }));
}

async function overridesOn(sql: Sql, shiftIds: readonly string[]): Promise<Override[]> {
  if (shiftIds.length === 0) return [];
  return overridesWhere(sql, 'shift_id = ANY($1)', [[...shiftIds]]);
}

/** What came of one leave, swap or loan and still counts. */
export function overridesOf(sql: Sql, cause: Override['cause'], causeId: string): Promise<Override[]> {
  return overridesWhere(sql, 'cause = $1 AND cause_id = $2', [cause, causeId]);
}

/** Those with these ids that still count. */
export function overridesById(sql: Sql, ids: readonly string[]): Promise<Override[]> {
  return overridesWhere(sql, 'id = ANY($1)', [[...ids]]);
}

async function overridesWhere(sql: Sql, where: string, values: unknown[]): Promise<Override[]> {
  type Row = Omit<Override, 'from' | 'to' | 'teamId'> & { from: Date; to: Date; teamId: string | null };
  const { rows } = await sql.query<Row & Record<string, unknown>>({
    text: `SELECT id, shift_id AS "shiftId", off_person_id AS off, on_person_id AS on, team_id AS "teamId",
        starts_at AS from, ends_at AS to, cause, cause_id AS "causeId"
      FROM roster_override WHERE revoked_at IS NULL AND ${where} ORDER BY seq`,
    values,
  });
  return rows.map(({ teamId, from, to, ...row }) => {
    return { ...row, ...(teamId && { teamId }), from: from.getTime(), to: to.getTime() };
  });
}
