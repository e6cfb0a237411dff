import type { Sql } from '../../../prisma/client.ts';
import type { LeaveDecision, LeaveProgress, LeaveState } from './decide.ts';
import type { Ladder } from './ladder.ts';
import type { Checked, LeaveKind, LeaveSpan } from './types.ts';

/** A leave request 请假单 as it is stored: facts, checks and ladder as they were when it was handed in. */
export interface LeaveRecord {
  readonly id: string;
  readonly personId: string;
  readonly personName: string;
  readonly personNumber: string;
  readonly teamId: string | null;
  readonly teamName: string | null;
  /** Who asked; the same person unless a colleague reported an illness. */
  readonly requesterId: string;
  readonly requesterName: string;
  readonly kind: LeaveKind;
  readonly span: LeaveSpan;
  readonly days: number;
  readonly reason: string;
  readonly managerReason: string | null;
  readonly checks: Checked;
  readonly ladder: Ladder;
  readonly level: number;
  readonly state: LeaveState;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly decidedAt: number | null;
  readonly emergency: boolean;
  readonly extendsId: string | null;
  /** Since when the present level has been asked. */
  readonly askedAt: number;
  readonly escalatedAt: number | null;
  /** From when to when the person is away, once it is granted. */
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  readonly returnedAt: number | null;
  /** ISO date. */
  readonly certificateDue: string | null;
  readonly certificateState: 'due' | 'handed_in' | 'accepted' | 'missing' | null;
  readonly decisions: readonly LeaveDecision[];
}

const INSTANTS = [
  'createdAt',
  'decidedAt',
  'askedAt',
  'escalatedAt',
  'startsAt',
  'endsAt',
  'returnedAt',
] as const;
type Row = Omit<LeaveRecord, (typeof INSTANTS)[number] | 'decisions'> &
  Record<(typeof INSTANTS)[number], Date | null>;

// Rows of an older release have no span: their dates are whole days.
const columns = `r.id, r.person_id AS "personId", p.name AS "personName", p.number AS "personNumber",
  p.team_id AS "teamId", t.name AS "teamName", q.id AS "requesterId", q.name AS "requesterName", r.kind,
  coalesce(r.span, jsonb_build_object('from', r.from_date, 'to', r.to_date)) AS span, r.days, r.reason,
  r.manager_reason AS "managerReason", r.checks, r.ladder, r.level, r.state, r.created_at AS "createdAt",
  r.decided_at AS "decidedAt", r.emergency, r.extends_id AS "extendsId", coalesce(r.asked_at, r.created_at) AS "askedAt",
  r.escalated_at AS "escalatedAt", r.starts_at AS "startsAt", r.ends_at AS "endsAt", r.returned_at AS "returnedAt",
  r.certificate_due::text AS "certificateDue", r.certificate_state AS "certificateState"`;
const from = `leave_request r JOIN person p ON p.id = r.person_id LEFT JOIN team t ON t.id = p.team_id
  JOIN person q ON q.id = coalesce(r.requester_id, r.person_id)`;

/** A request with its decisions. `hold` keeps it as it is until the transaction ends. */
export async function leaveById(
  sql: Sql,
  id: string,
  { hold = false }: { hold?: boolean } = {},
): Promise<LeaveRecord | undefined> {
  // A statement of its own: the one below then sees what was decided while we waited for the lock.
  if (hold) await sql.query({ text: 'SELECT FROM leave_request WHERE id = $1 FOR UPDATE', values: [id] });
  return (await select(sql, 'r.id = $1', [id]))[0];
}

/** A colleague's own requests and those they reported for others, the newest first. */
export function leavesOf(sql: Sql, personId: string, limit: number): Promise<LeaveRecord[]> {
  return select(sql, 'r.person_id = $1 OR r.requester_id = $1', [personId], limit);
}

/** What waits at a level that names this colleague, the oldest first; whether they may decide now is for seats.ts. */
export async function leavesToDecide(sql: Sql, approverId: string): Promise<LeaveRecord[]> {
  const step = `r.ladder->'steps'->r.level`;
  const where = `r.state = 'pending' AND (${step}->>'approverId' = $1 OR ${step}->'above'->>'id' = $1
    OR ${step}->'deputies' @> jsonb_build_array(jsonb_build_object('id', $1::text)))`;
  return (await select(sql, where, [approverId])).reverse();
}

/** @param where SQL with `r` for the request, `p` for the person */
export async function select(
  sql: Sql,
  where: string,
  values: readonly unknown[],
  limit = 100,
): Promise<LeaveRecord[]> {
  const { rows } = await sql.query<Row & Record<string, unknown>>({
    text: `SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY r.created_at DESC, r.id DESC LIMIT ${limit}`,
    values: [...values],
  });
  const decisions = await decisionsOf(
    sql,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    ...row,
    ...instantsOf(row),
    decisions: decisions
      .filter(({ requestId }) => requestId === row.id)
      .map(({ requestId: _, ...one }) => one),
  }));
}

function instantsOf(row: Row): Pick<LeaveRecord, (typeof INSTANTS)[number]> {
  const pairs = INSTANTS.map((name) => [name, row[name]?.getTime() ?? null]);
  return Object.fromEntries(pairs) as Pick<LeaveRecord, (typeof INSTANTS)[number]>;
}

async function decisionsOf(sql: Sql, ids: string[]): Promise<(LeaveDecision & { requestId: string })[]> {
  if (ids.length === 0) return [];
  type Stored = Omit<LeaveDecision, 'at'> & { requestId: string; at: Date };
  const { rows } = await sql.query<Stored & Record<string, unknown>>({
    text: `SELECT d.request_id AS "requestId", d.level, d.approver_id AS "approverId", p.name AS "approverName", d.decision,
        d.note, d.created_at AS at
      FROM leave_decision d JOIN person p ON p.id = d.approver_id WHERE d.request_id = ANY($1) ORDER BY d.level`,
    values: [ids],
  });
  return rows.map(({ at, ...row }) => ({ ...row, at: at.getTime() }));
}

/** The part of a record that decisions go by. */
export function progressOf(record: LeaveRecord): LeaveProgress {
  const { state, level, personId, requesterId, ladder, decisions, decidedAt, startsAt } = record;
  return {
    ...{ state, level, steps: ladder.steps, decisions, requesterIds: [...new Set([personId, requesterId])] },
    ...(decidedAt !== null && { decidedAt }),
    ...(startsAt !== null && { startsAt }),
  };
}
