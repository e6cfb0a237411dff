import type { Database, Unit } from '../../../../prisma/client.ts';
import { peopleOfRole } from '../../../people/directory.ts';
import { leadersOf } from '../../handover/leaders.ts';
import type { HandoverParts } from '../../handover/parts.ts';
import { tellPeople } from '../../post.ts';
import { openLog } from './record.ts';
import { dueAt } from './rules.ts';
import { logTeams } from './teams.ts';

/**
 * What duty logs need of the clock: the day's draft, the reminder, the head's word of what is missing, the week. Each is a
 * claim on a row, so that of several processes, or after a restart, one does it and once.
 */
export async function logRound(db: Database, parts: HandoverParts, now: number): Promise<void> {
  const { dutyLog, centre } = parts.policy().policy;
  const due = dueAt(dutyLog, centre.timeZone, now);
  const teams = await logTeams(db.sql, dutyLog.jobTypes);
  for (const { id } of teams)
    await db.transaction(async (unit) => {
      if (due.draft) await tellLeaders(unit, parts, { teamId: id, date: due.draft, told: 'draft' }, now);
      if (due.remind) await tellLeaders(unit, parts, { teamId: id, date: due.remind, told: 'remind' }, now);
    });
  const { missing, week } = due;
  if (missing) await db.transaction((unit) => tellMissing(unit, parts, missing, now));
  if (week) await db.transaction((unit) => tellWeek(unit, parts, week, now));
}

const COLUMNS = { draft: 'told_at', remind: 'reminded_at' } as const;

async function tellLeaders(
  unit: Unit,
  parts: HandoverParts,
  { teamId, date, told }: { teamId: string; date: string; told: keyof typeof COLUMNS },
  now: number,
): Promise<void> {
  // A day that nobody began is not reminded of: the centre did not run then.
  if (told === 'draft') await openLog(unit, teamId, date, now);
  const column = COLUMNS[told];
  const { rows } = await unit.sql.query<{ id: string }>({
    text: `UPDATE duty_log SET ${column} = $3
      WHERE team_id = $1 AND date = $2 AND ${column} IS NULL AND state = 'open' RETURNING id`,
    values: [teamId, date, new Date(now)],
  });
  const [claimed] = rows;
  if (!claimed) return;
  const leaders = (await leadersOf(unit.sql, teamId, [])).map((each) => each.id);
  await tellPeople(unit, parts, leaders, { kind: `dutylog.${told}`, data: { logId: claimed.id } }, now);
}

const heads = async ({ sql }: Unit) => (await peopleOfRole(sql, 'department_head')).map(({ id }) => id);

async function tellMissing(unit: Unit, parts: HandoverParts, date: string, now: number): Promise<void> {
  const { rows } = await unit.sql.query<{ id: string }>({
    text: `UPDATE duty_log SET missing_told_at = $2 WHERE id IN (SELECT id FROM duty_log
        WHERE date = $1 AND state = 'open' AND missing_told_at IS NULL ORDER BY id FOR UPDATE SKIP LOCKED) RETURNING id`,
    values: [date, new Date(now)],
  });
  const ids = await heads(unit);
  for (const { id } of rows)
    await tellPeople(unit, parts, ids, { kind: 'dutylog.missing', data: { logId: id } }, now);
}

async function tellWeek(unit: Unit, parts: HandoverParts, monday: string, now: number): Promise<void> {
  const { rowCount } = await unit.sql.query({
    text: 'INSERT INTO duty_week (monday, created_at) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    values: [monday, new Date(now)],
  });
  if (rowCount === 1)
    await tellPeople(unit, parts, await heads(unit), { kind: 'dutylog.week', data: { monday } }, now);
}
