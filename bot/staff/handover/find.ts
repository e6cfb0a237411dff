import { Temporal } from 'temporal-polyfill';
import type { Sql } from '../../../prisma/client.ts';
import type { DateSpan } from '../../dialog/dates/index.ts';
import { may } from '../../people/permissions.ts';
import type { Person } from '../../people/person.ts';
import { type HandoverRecord, handoverById } from './record.ts';

const ids = async (sql: Sql, text: string, values: unknown[]) =>
  (await sql.query<{ id: string }>({ text, values })).rows.map(({ id }) => id);

/**
 * The handover that goes on now and concerns this colleague: one they go or come in before one of their team's; for who
 * leads all teams, before one of which a leader had to be told.
 */
export async function currentHandover(
  sql: Sql,
  person: Pick<Person, 'id' | 'role' | 'teamId'>,
): Promise<HandoverRecord | undefined> {
  const [found] = await ids(
    sql,
    `SELECT h.id FROM handover h
      LEFT JOIN LATERAL (SELECT true AS own FROM handover_person p WHERE p.handover_id = h.id AND p.person_id = $1 LIMIT 1) p ON true
      WHERE h.state IN ('open', 'completed') AND (p.own OR h.team_id = $2 OR ($3 AND h.alerted_at IS NOT NULL))
      ORDER BY p.own NULLS LAST, h.team_id = $2 DESC NULLS LAST, h.change_at DESC LIMIT 1`,
    [person.id, person.teamId, may(person, 'handover.decide', { personId: '', teamId: null })],
  );
  return found === undefined ? undefined : handoverById(sql, found);
}

/** Those about which a leader had to be told and that go on, the newest first: of several teams, for who leads them all. */
export async function alertedHandovers(sql: Sql): Promise<HandoverRecord[]> {
  return recordsOf(
    sql,
    await ids(
      sql,
      `SELECT id FROM handover WHERE state IN ('open', 'completed') AND alerted_at IS NOT NULL
        ORDER BY change_at DESC, id LIMIT 50`,
      [],
    ),
  );
}

async function recordsOf(sql: Sql, found: readonly string[]): Promise<HandoverRecord[]> {
  const records: HandoverRecord[] = [];
  for (const id of found) {
    const record = await handoverById(sql, id);
    if (record) records.push(record);
  }
  return records;
}

/** The team's newest one that has ended: for whoever comes where nobody went. */
export async function lastHandover(sql: Sql, teamId: string | null): Promise<HandoverRecord | undefined> {
  const [found] = await ids(
    sql,
    `SELECT id FROM handover WHERE team_id = $1 AND closed_at IS NOT NULL ORDER BY change_at DESC LIMIT 1`,
    [teamId],
  );
  return found === undefined ? undefined : handoverById(sql, found);
}

const MOST_FOUND = 8;

/** A team's handovers whose change lies between two instants (epoch ms), the newest first. */
export async function handoversBetween(
  sql: Sql,
  teamId: string | null,
  { from, to }: { from: number; to: number },
): Promise<HandoverRecord[]> {
  const found = await ids(
    sql,
    `SELECT id FROM handover WHERE team_id = $1 AND change_at >= $2 AND change_at < $3
      ORDER BY change_at DESC LIMIT ${MOST_FOUND}`,
    [teamId, new Date(from), new Date(to)],
  );
  return recordsOf(sql, found);
}

// A night's handover is the one at its end or in it: from the evening to the next morning.
const PARTS = {
  beforeDawn: [0, 10],
  morning: [6, 13],
  afternoon: [12, 19],
  evening: [18, 34],
} as const;
const SHIFTS = { early: [6, 18], day: [6, 19], middle: [12, 25], late: [16, 34], night: [18, 34] } as const;

/** Between which instants a handover must lie to be what 「昨天夜里」 or 「6月9日夜班」 means. Pure. */
export function changesMeant(span: DateSpan, timeZone: string): { from: number; to: number } {
  const [first, last] = span.part ? PARTS[span.part] : span.shift ? SHIFTS[span.shift] : ([0, 24] as const);
  const at = (date: Temporal.PlainDate, hours: number) =>
    date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from('00:00') }).add({ hours })
      .epochMilliseconds;
  return { from: at(span.from, first), to: at(span.to, last) };
}
