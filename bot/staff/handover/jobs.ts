import { type Database, type Sql, type Unit, uuidv7 } from '../../../prisma/client.ts';
import { tellPeople } from '../post.ts';
import { loadRoster } from '../roster/store.ts';
import { shiftChanges } from './change.ts';
import { leadersOf } from './leaders.ts';
import type { HandoverParts } from './parts.ts';
import { handoverById } from './record.ts';
import { waitedFor } from './rules.ts';
import type { ShiftChange } from './types.ts';

const MINUTE_MS = 60_000;
/** Longer than any shift: the beginning of those who go must be in sight. */
const REACH_MS = 24 * 60 * MINUTE_MS;

/**
 * One minute's work: opens the handovers whose change is near, tells leaders of those who are missing. Each is a claim
 * on a row, so that of several processes, or after a restart, one does it and once. `now` is epoch ms.
 */
export async function handoverRound(db: Database, parts: HandoverParts, now: number): Promise<void> {
  await openDue(db, parts, now);
  await alertDue(db, parts, now);
}

async function openDue(db: Database, parts: HandoverParts, now: number): Promise<void> {
  const { jobTypes, openMinutes, catchUpMinutes } = parts.policy().policy.handover;
  const [from, to] = [now - catchUpMinutes * MINUTE_MS, now + openMinutes * MINUTE_MS];
  const teams = await teamsOf(db.sql, jobTypes);
  const { duties } = await loadRoster(db.sql, { from: from - REACH_MS, to: to + 1 });
  const changes = shiftChanges(duties, from, to).filter(({ teamId }) => teams.has(teamId));
  const known = await knownOf(db.sql, from);
  for (const change of changes)
    if (!known.has(`${change.teamId} ${change.changeAt}`))
      await db.transaction((unit) => openHandover(unit, parts, change, now));
}

/** Ids of the teams of these 工种. */
export async function teamsOf(sql: Sql, jobTypes: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql.query<{ id: string }>({
    text: 'SELECT id FROM team WHERE job_type = ANY($1)',
    values: [[...jobTypes]],
  });
  return new Set(rows.map(({ id }) => id));
}

async function knownOf(sql: Sql, from: number): Promise<Set<string>> {
  const { rows } = await sql.query<{ teamId: string; changeAt: Date }>({
    text: 'SELECT team_id AS "teamId", change_at AS "changeAt" FROM handover WHERE change_at > $1',
    values: [new Date(from)],
  });
  return new Set(rows.map(({ teamId, changeAt }) => `${teamId} ${changeAt.getTime()}`));
}

/** Opens one unless somebody was quicker. @returns its id if it was this call that opened it */
export async function openHandover(
  unit: Unit,
  parts: HandoverParts,
  { teamId, changeAt, since, outgoing, incoming, fromShift, toShift }: ShiftChange,
  now: number,
): Promise<string | undefined> {
  const id = uuidv7(now);
  const opened = await unit.sql.query({
    text: `INSERT INTO handover (id, team_id, change_at, since, from_shift, to_shift, opened_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (team_id, change_at) DO NOTHING`,
    values: [id, teamId, new Date(changeAt), new Date(since), fromShift, toShift, new Date(now)],
  });
  if (opened.rowCount !== 1) return undefined;
  for (const [side, people] of [['out', outgoing] as const, ['in', incoming] as const])
    await unit.sql.query({
      text: 'INSERT INTO handover_person SELECT $1, unnest($2::uuid[]), $3',
      values: [id, [...people], side],
    });
  await parts.audit(unit, {
    ...{ actor: { kind: 'system' }, action: 'handover.open', object: 'handover', objectId: id },
    details: { outgoing: outgoing.length, incoming: incoming.length },
  });
  const word = (kind: string) => ({ kind: `handover.${kind}`, data: { handoverId: id } });
  // Nobody is there to write it: a leader has to, or those who come would wait for ever.
  const leaders = outgoing.length > 0 ? [] : (await leadersOf(unit.sql, teamId, [])).map((each) => each.id);
  await tellPeople(unit, parts, [...outgoing, ...leaders], word('opened'), now);
  await tellPeople(unit, parts, incoming, word('coming'), now);
  return id;
}

/** Those who stay on duty hear it too: they still answer for the desk. */
async function alertDue(db: Database, parts: HandoverParts, now: number): Promise<void> {
  const { alertMinutes } = parts.policy().policy.handover;
  const latest = new Date(now - alertMinutes * MINUTE_MS);
  const where = `state IN ('open', 'completed') AND alerted_at IS NULL AND change_at <= $1`;
  const { rows } = await db.sql.query<{ id: string }>({
    text: `SELECT id FROM handover WHERE ${where} ORDER BY change_at, id`,
    values: [latest],
  });
  for (const { id } of rows)
    await db.transaction(async (unit) => {
      const claim = await unit.sql.query({
        text: `UPDATE handover SET alerted_at = $3 WHERE ${where} AND id = $2`,
        values: [latest, id, new Date(now)],
      });
      const record = claim.rowCount === 1 && (await handoverById(unit.sql, id));
      if (!record) return;
      const missing = waitedFor(record);
      const leaders = (await leadersOf(unit.sql, record.teamId, missing)).map((each) => each.id);
      await parts.audit(unit, {
        ...{ actor: { kind: 'system' }, action: 'handover.alert', object: 'handover', objectId: id },
        details: { missing: missing.length, state: record.state },
      });
      const word = (kind: string) => ({ kind: `handover.${kind}`, data: { handoverId: id } });
      await tellPeople(unit, parts, leaders, word('late'), now);
      const others = record.outgoing.filter((each) => !leaders.includes(each));
      await tellPeople(unit, parts, others, word('stay'), now);
    });
}
