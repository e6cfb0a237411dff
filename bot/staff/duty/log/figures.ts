import type { Sql } from '../../../../prisma/client.ts';
import { changesOver, type HandoverFacts, loadFacts } from '../../handover/facts.ts';
import type { HandoverPorts } from '../../handover/parts.ts';
import { loadRosterFacts } from '../../roster/store.ts';

/** The day's figures of a team; those of customers are the centre's. JSON. */
export interface DayFigures {
  /** When they were taken, epoch ms. */
  readonly at: number;
  readonly contacts: number;
  /** Of them, those that asked for a person, and those whom a person took. */
  readonly queued: number;
  readonly answered: number;
  readonly queue: number;
  readonly ticketsOpened: number;
  readonly ticketsClosed: number;
  readonly ticketsOpen: number;
  readonly ticketsOverdue: number;
  readonly overdue: readonly string[];
  readonly incidents: readonly string[];
  /** Names of the team's people: who was on leave, who was away without. */
  readonly leave: readonly string[];
  readonly absences: readonly string[];
  readonly changes: HandoverFacts['changes'];
  /** Titles of the notices sent out. */
  readonly notices: readonly string[];
  readonly knowledgeAdded: readonly string[];
  readonly knowledgeRemoved: readonly string[];
}

export interface DayOf {
  readonly teamId: string;
  /** ISO date. */
  readonly date: string;
  /** Its beginning and end, epoch ms. */
  readonly from: number;
  readonly to: number;
}

const MOST_LISTED = 20;

const countsText = `SELECT
  (SELECT count(*)::int FROM episode e JOIN conversation c ON c.id = e.conversation_id AND c.audience = 'customer'
    WHERE e.opened_at >= $1 AND e.opened_at < $2) AS contacts,
  (SELECT count(*)::int FROM episode WHERE queued_at >= $1 AND queued_at < $2) AS queued,
  (SELECT count(*)::int FROM episode WHERE queued_at >= $1 AND queued_at < $2 AND taken_at IS NOT NULL) AS answered,
  (SELECT count(*)::int FROM ticket WHERE created_at >= $1 AND created_at < $2) AS opened,
  (SELECT count(*)::int FROM ticket WHERE closed_at >= $1 AND closed_at < $2) AS closed,
  coalesce((SELECT json_agg(title) FROM (SELECT title FROM notice WHERE created_at >= $1 AND created_at < $2
    AND withdrawn_at IS NULL ORDER BY created_at, id LIMIT ${MOST_LISTED}) n), '[]') AS notices,
  coalesce((SELECT json_agg(DISTINCT p.name) FROM leave_request r JOIN person p ON p.id = r.person_id
    WHERE p.team_id = $3 AND r.state = 'approved' AND r.starts_at < $2 AND least(r.ends_at, r.returned_at) > $1), '[]') AS leave,
  coalesce((SELECT json_agg(DISTINCT p.name) FROM person p WHERE
    EXISTS (SELECT FROM leave_absence a WHERE a.person_id = p.id AND p.team_id = $3 AND a.cleared_at IS NULL
      AND a.starts_at < $2 AND a.ends_at > $1)
    OR EXISTS (SELECT FROM attendance a WHERE a.person_id = p.id AND a.team_id = $3 AND a.state = 'absent'
      AND a.due_from >= $1 AND a.due_from < $2)), '[]') AS absences`;

/** The figures of a day as they are at `now` (epoch ms); of a day that is over, what was open is as it is now. */
export async function loadDay(
  sql: Sql,
  { teamId, date, from, to }: DayOf,
  ports: HandoverPorts | undefined,
  now: number,
): Promise<DayFigures> {
  const until = Math.min(to, now + 1);
  const live = await loadFacts(sql, { teamId, since: from, changeAt: from, incoming: [] }, {}, now);
  const { rows } = await sql.query<
    {
      [Key in 'contacts' | 'queued' | 'answered' | 'opened' | 'closed']: number;
    } & { [Key in 'notices' | 'leave' | 'absences']: string[] }
  >({
    text: countsText,
    values: [new Date(from), new Date(until), teamId],
  });
  const roster = await loadRosterFacts(sql, { from, to }, { without: 'leave' });
  const [counts] = rows;
  if (!counts) throw new Error('a count has a row');
  const { contacts, queued, answered, opened, closed, notices, leave, absences } = counts;
  const { ticketsOpen, ticketsOverdue, overdue, queue, knowledgeAdded, knowledgeRemoved } = live;
  return {
    ...{ at: now, contacts, queued, answered, queue, ticketsOpened: opened, ticketsClosed: closed },
    ...{ ticketsOpen, ticketsOverdue, overdue, notices, leave, absences, knowledgeAdded, knowledgeRemoved },
    incidents: (await ports?.incidents?.(sql, from, until)) ?? [],
    changes: await changesOver(
      sql,
      roster,
      (shift) => shift.teamId === teamId && shift.businessDate === date,
    ),
  };
}
