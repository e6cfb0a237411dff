import { Temporal } from 'temporal-polyfill';
import type { Sql, Unit } from '../../../prisma/client.ts';
import type { Person } from '../../people/person.ts';
import { PERSON_COLUMNS, PERSON_FROM } from '../../people/person.ts';
import type { Policy } from '../../policy/schema.ts';
import type { AttendanceParts } from '../attendance/parts.ts';
import { tellPeople } from '../post.ts';
import { loadRoster } from '../roster/store.ts';
import { type Surge, surgeById } from './record.ts';
import { extraShift, type Stretch, unfitFor } from './rules.ts';

const DAY_MS = 86_400_000;

/** `closed`: somebody was quicker; the surge says what they did. */
export type Called = { readonly surge: Surge; readonly kind: 'called' | 'dismissed' | 'closed' };

/** One press of a leader: asks everybody who agreed to be asked and may work then, or decides that nobody is needed. */
export async function decideSurge(
  unit: Unit,
  parts: AttendanceParts,
  { id, by, call }: { id: string; by: Person; call: boolean },
  now: number,
): Promise<Called | undefined> {
  const { policy } = parts.policy();
  const extra = extraShift(now, policy.surge);
  const { rowCount } = await unit.sql.query({
    text: `UPDATE surge SET state = $2, caller_id = $3, called_at = $4, starts_at = $5, ends_at = $6
      WHERE id = $1 AND state = 'alerted' AND ended_at IS NULL`,
    values: [
      ...[id, call ? 'calling' : 'dismissed', by.id, new Date(now)],
      ...(call ? [new Date(extra.from), new Date(extra.to)] : [null, null]),
    ],
  });
  const before = await surgeById(unit.sql, id);
  if (!before) return undefined;
  if (rowCount !== 1) return { surge: before, kind: 'closed' };
  const asked = call ? await ask(unit, parts, id, extra, policy, now) : [];
  // Nobody could be asked: no answer will come.
  if (call && asked.length === 0)
    await unit.sql.query({ text: `UPDATE surge SET state = 'short' WHERE id = $1`, values: [id] });
  await parts.audit(unit, {
    ...{ actor: { kind: 'person', id: by.id }, action: call ? 'surge.call' : 'surge.dismiss' },
    ...{ object: 'surge', objectId: id, details: { asked: asked.length, needed: before.needed } },
  });
  return { surge: (await surgeById(unit.sql, id)) ?? before, kind: call ? 'called' : 'dismissed' };
}

async function ask(
  unit: Unit,
  parts: AttendanceParts,
  id: string,
  extra: Stretch,
  policy: Policy,
  now: number,
): Promise<readonly string[]> {
  const asked = (await fitPeople(unit.sql, extra, policy, now)).slice(0, policy.surge.askMost);
  await unit.sql.query({
    text: 'INSERT INTO surge_answer (surge_id, person_id) SELECT $1, unnest($2::uuid[])',
    values: [id, asked],
  });
  await tellPeople(unit, parts, asked, { kind: 'surge.ask', data: { surgeId: id } }, now);
  return asked;
}

/** The business date that a shift at this instant belongs to (ISO). */
export const dateOf = (instant: number, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/**
 * Who agreed to be asked and may work that stretch: those who came least often in the last 30 days first.
 * @param only whether this one person may
 */
export async function fitPeople(
  sql: Sql,
  extra: Stretch,
  { centre, desk, roster }: Policy,
  now: number,
  only?: string,
): Promise<string[]> {
  const { rows: people } = await sql.query<Person & Record<string, unknown>>({
    text: `SELECT ${PERSON_COLUMNS} FROM ${PERSON_FROM} JOIN surge_consent c ON c.person_id = p.id AND (c.agreed OR $4::uuid IS NOT NULL)
      WHERE p.active AND p.role = 'agent' AND p.team_id IS NOT NULL AND p.job_type = ANY($1) AND ($4::uuid IS NULL OR p.id = $4)
      ORDER BY (SELECT count(*) FROM surge_answer a JOIN surge s ON s.id = a.surge_id
        WHERE a.person_id = p.id AND a.state = 'joined' AND s.started_at > $2 AND s.started_at <= $3), p.number`,
    values: [
      [...new Set(desk.queues.flatMap(({ jobTypes }) => jobTypes))],
      ...[new Date(now - 30 * DAY_MS), new Date(now), only ?? null],
    ],
  });
  const ids = people.map(({ id }) => id);
  const around = await loadRoster(sql, { from: extra.from - DAY_MS, to: extra.to + DAY_MS, people: ids });
  const date = dateOf(extra.from, centre.timeZone);
  const leaves = await leavesOn(sql, ids, date);
  const { restHours } = roster;
  return ids.filter((id) => {
    const own = { duties: around.of(id), leaves: leaves.filter(({ personId }) => personId === id) };
    return unfitFor({ ...extra, date }, own, { restHours, now }) === undefined;
  });
}

async function leavesOn(sql: Sql, ids: readonly string[], date: string) {
  const { rows } = await sql.query<{ personId: string; from: string; to: string }>({
    text: `SELECT person_id AS "personId", from_date::text AS from, to_date::text AS to FROM leave_request
      WHERE person_id = ANY($1) AND state IN ('pending', 'approved') AND returned_at IS NULL AND $2 BETWEEN from_date AND to_date`,
    values: [[...ids], date],
  });
  return rows;
}
