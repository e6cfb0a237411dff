import { type Database, type Unit, uuidv7 } from '../../../prisma/client.ts';
import { peopleOfRole } from '../../people/directory.ts';
import type { AttendanceParts } from '../attendance/parts.ts';
import { tellPeople } from '../post.ts';
import { loadRoster } from '../roster/store.ts';
import { endCall } from './answer.ts';
import { countContacts, type Load, loadLoad } from './measure.ts';
import { surgeById } from './record.ts';
import { isSurge } from './rules.ts';

const MINUTE_MS = 60_000;

/** One minute's look at the contacts; each act is a claim, so that of several processes one tells. `now` is epoch ms. */
export async function surgeRound(db: Database, parts: AttendanceParts, now: number): Promise<void> {
  const { policy } = parts.policy();
  const contacts = await countContacts(db.sql, policy, now);
  // Most minutes end here: the past weeks are read only when there is something to compare.
  const load =
    contacts >= policy.surge.leastContacts ? await loadLoad(db.sql, policy, contacts, now) : undefined;
  if (load && isSurge(load, policy.surge)) await db.transaction((unit) => seen(unit, parts, load, now));
  else await db.transaction((unit) => calm(unit, parts, now));
  await db.transaction((unit) => tooLate(unit, parts, now));
}

/** An episode opens once, and leaders are told; while it goes on nothing more is said. */
async function seen(unit: Unit, parts: AttendanceParts, load: Load, now: number): Promise<void> {
  const { contacts, expected, onDuty, needed } = load;
  const id = uuidv7(now);
  const { rowCount } = await unit.sql.query({
    text: `INSERT INTO surge (id, started_at, seen_at, contacts, expected, on_duty, needed)
      VALUES ($1, $2, $2, $3, $4, $5, $6) ON CONFLICT ((true)) WHERE ended_at IS NULL DO NOTHING`,
    values: [id, new Date(now), contacts, expected, onDuty, needed],
  });
  if (rowCount !== 1) {
    await unit.sql.query({
      text: 'UPDATE surge SET seen_at = greatest(seen_at, $1) WHERE ended_at IS NULL',
      values: [new Date(now)],
    });
    return;
  }
  await parts.audit(unit, {
    ...{ actor: { kind: 'system' }, action: 'surge.alert', object: 'surge', objectId: id },
    details: { contacts, expected: Math.round(expected), onDuty, needed },
  });
  await tellPeople(
    unit,
    parts,
    await leadersOn(unit, now),
    { kind: 'surge.alert', data: { surgeId: id } },
    now,
  );
}

/** Shift leaders and duty managers on duty; where nobody is, all of them. */
async function leadersOn({ sql }: Unit, now: number): Promise<string[]> {
  const all = [...(await peopleOfRole(sql, 'shift_leader')), ...(await peopleOfRole(sql, 'duty_manager'))];
  const ids = all.map(({ id }) => id);
  const roster = await loadRoster(sql, { from: now, to: now + 1, people: ids });
  const on = new Set(roster.whoIsOn(now).map(({ personId }) => personId));
  const there = ids.filter((id) => on.has(id));
  return there.length > 0 ? there : ids;
}

async function calm(unit: Unit, parts: AttendanceParts, now: number): Promise<void> {
  const { calmMinutes } = parts.policy().policy.surge;
  await unit.sql.query({
    text: `UPDATE surge SET ended_at = $1 WHERE ended_at IS NULL AND state <> 'calling' AND seen_at <= $2`,
    values: [new Date(now), new Date(now - calmMinutes * MINUTE_MS)],
  });
}

async function tooLate(unit: Unit, parts: AttendanceParts, now: number): Promise<void> {
  const { answerMinutes } = parts.policy().policy.surge;
  const { rows } = await unit.sql.query<{ id: string }>({
    text: `SELECT id FROM surge WHERE state = 'calling' AND called_at <= $1 FOR UPDATE SKIP LOCKED`,
    values: [new Date(now - answerMinutes * MINUTE_MS)],
  });
  for (const { id } of rows) {
    const surge = await surgeById(unit.sql, id);
    if (surge) await endCall(unit, parts, surge, 'short', now);
  }
}
