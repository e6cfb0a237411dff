import type { Sql } from '../../../prisma/client.ts';
import { unreadMustReads } from '../notices/receipts.ts';
import { restored } from '../restored.ts';
import type { RosterFacts } from '../roster/change.ts';
import { loadRosterFacts } from '../roster/store.ts';
import type { Cause, PlannedShift } from '../roster/types.ts';
import type { HandoverPorts } from './parts.ts';

/** Figures 实时数据 that a handover shows; JSON. `incidents` is absent where the centre keeps none. */
export interface HandoverFacts {
  /** When they were taken, epoch ms. */
  readonly at: number;
  readonly ticketsOpen: number;
  readonly ticketsOverdue: number;
  /** Numbers of the overdue ones, the longest overdue first. */
  readonly overdue: readonly string[];
  /** Customers who wait in the queues. */
  readonly queue: number;
  /** Tickets that are answered and whose customer has yet to hear of it. */
  readonly callbacks: number;
  readonly knowledgeAdded: readonly string[];
  readonly knowledgeRemoved: readonly string[];
  /** Changes of the shift that comes: who is off, and who is on instead. */
  readonly changes: readonly { readonly cause: Cause; readonly off: string; readonly on: string | null }[];
  readonly incidents?: readonly string[];
  /** Must-read notices that who comes has not confirmed. */
  readonly unread: readonly { readonly person: string; readonly titles: readonly string[] }[];
}

export interface FactsOf {
  readonly teamId: string;
  readonly since: number;
  readonly changeAt: number;
  readonly incoming: readonly { readonly personId: string }[];
}

const MOST_LISTED = 10;

// A ticket that nobody owns yet is everybody's.
const ticketsText = `WITH own AS (
    SELECT k.number, k.state, least(k.due_at, CASE WHEN k.state = 'open' THEN k.dispatch_due_at END) AS due
    FROM ticket k LEFT JOIN person p ON p.id = k.owner_id
    WHERE k.state <> 'closed' AND (k.owner_id IS NULL OR p.team_id = $1))
  SELECT count(*)::int AS open, count(*) FILTER (WHERE due < $2)::int AS overdue,
    count(*) FILTER (WHERE state = 'answered')::int AS callbacks,
    (SELECT count(*)::int FROM episode WHERE owner = 'queue' AND closed_at IS NULL) AS queue,
    coalesce((SELECT json_agg(number) FROM (SELECT number FROM own WHERE due < $2 ORDER BY due, number LIMIT ${MOST_LISTED}) o), '[]') AS numbers
  FROM own`;
const knowledgeText = `SELECT title, state = 'withdrawn' AS removed FROM entry
  WHERE (state = 'published' AND (created_at >= $1 OR ${restored('$1')})) OR (state = 'withdrawn' AND updated_at >= $1)
  ORDER BY updated_at DESC, id LIMIT ${2 * MOST_LISTED}`;

/** All figures as they are at `now` (epoch ms). */
export async function loadFacts(
  sql: Sql,
  handover: FactsOf,
  ports: HandoverPorts | undefined,
  now: number,
): Promise<HandoverFacts> {
  const { teamId, since, changeAt, incoming } = handover;
  type Tickets = { open: number; overdue: number; callbacks: number; queue: number; numbers: string[] };
  const tickets = await sql.query<Tickets>({ text: ticketsText, values: [teamId, new Date(now)] });
  type Entry = { title: string; removed: boolean };
  const entries = (await sql.query<Entry>({ text: knowledgeText, values: [new Date(since)] })).rows;
  const titles = (removed: boolean) =>
    entries
      .filter((each) => each.removed === removed)
      .slice(0, MOST_LISTED)
      .map(({ title }) => title);
  const { open = 0, overdue = 0, callbacks = 0, queue = 0, numbers = [] } = tickets.rows[0] ?? {};
  const incidents = await ports?.incidents?.(sql, since, now);
  return {
    ...{ at: now, ticketsOpen: open, ticketsOverdue: overdue, overdue: numbers, queue, callbacks },
    ...{ knowledgeAdded: titles(false), knowledgeRemoved: titles(true) },
    changes: await changesOf(sql, teamId, changeAt),
    ...(incidents && { incidents }),
    unread: await unreadOf(sql, incoming, now),
  };
}

async function changesOf(sql: Sql, teamId: string, changeAt: number): Promise<HandoverFacts['changes']> {
  const roster = await loadRosterFacts(sql, { from: changeAt, to: changeAt + 1 });
  return changesOver(sql, roster, (shift) => shift.teamId === teamId && shift.startsAt === changeAt);
}

/** What lies over some of these shifts: who is off, and who is on instead. */
export async function changesOver(
  sql: Sql,
  { shifts, overrides }: RosterFacts,
  of: (shift: PlannedShift) => boolean,
): Promise<HandoverFacts['changes']> {
  const own = new Set(shifts.filter(of).map(({ id }) => id));
  // A shift that was planned for a stand-in lies under their own: nobody is off it.
  const made = overrides.filter(
    ({ shiftId, cause, off, on }) =>
      own.has(shiftId) && !(cause === 'stand_in' && (on === null || on === off)),
  );
  const names = await namesOf(
    sql,
    made.flatMap(({ off, on }) => (on ? [off, on] : [off])),
  );
  const name = (id: string) => names.get(id) ?? '';
  return made.map(({ cause, off, on }) => ({ cause, off: name(off), on: on && name(on) }));
}

/** Who comes and has yet to confirm what must be read. */
async function unreadOf(
  sql: Sql,
  incoming: FactsOf['incoming'],
  now: number,
): Promise<HandoverFacts['unread']> {
  const ids = incoming.map(({ personId }) => personId);
  const found: { person: string; titles: string[] }[] = [];
  for (const [id, person] of await namesOf(sql, ids)) {
    const titles = (await unreadMustReads(sql, id, now)).map(({ title }) => title);
    if (titles.length > 0) found.push({ person, titles });
  }
  return found;
}

/** Names of these colleagues, those who left among them. */
export async function namesOf(sql: Sql, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql.query<{ id: string; name: string }>({
    text: 'SELECT id, name FROM person WHERE id = ANY($1) ORDER BY number',
    values: [[...new Set(ids)]],
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
