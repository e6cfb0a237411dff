import type { Sql } from '../../../prisma/client.ts';
import type { Policy } from '../../policy/schema.ts';
import { loadRoster } from '../roster/store.ts';
import { type LeaveProgress, pressLeave } from './decide.ts';
import type { LeaveRecord } from './record.ts';

const HOUR_MS = 3_600_000;
const AROUND_MS = 31 * 24 * HOUR_MS;

/**
 * Off duty 不在班 for longer than `hours` around `now` (epoch ms): the break between two stretches of work that `now`
 * lies in. Where the roster knows no stretch before or none after, nobody can say so, and it is no absence.
 * @param duties in order of `from`
 */
export function offDuty(
  duties: readonly { readonly from: number; readonly to: number }[],
  now: number,
  hours: number,
): boolean {
  const before = duties.filter(({ from }) => from <= now).at(-1);
  const after = duties.find(({ from }) => from > now);
  if (!before || !after || before.to > now) return false;
  return after.from - before.to > hours * HOUR_MS;
}

/** Whether a colleague can't decide now: on granted leave, or off duty for long. */
export async function isAway(sql: Sql, personId: string, policy: Policy, now: number): Promise<boolean> {
  const { rowCount } = await sql.query({
    text: `SELECT FROM leave_request WHERE person_id = $1 AND state = 'approved' AND returned_at IS NULL
      AND starts_at <= $2 AND ends_at > $2 LIMIT 1`,
    values: [personId, new Date(now)],
  });
  if (rowCount) return true;
  const hours = policy.leave.approval.deputyAfterOffHours;
  if (hours === 'never') return false;
  const roster = await loadRoster(sql, { from: now - AROUND_MS, to: now + AROUND_MS, people: [personId] });
  return offDuty(roster.of(personId), now, hours);
}

/** Who may decide at the present level in its approver's place: deputies while they are away, and, once time passed, the post above. */
export async function insteadOf(
  sql: Sql,
  { ladder, level, escalatedAt }: Pick<LeaveRecord, 'ladder' | 'level' | 'escalatedAt'>,
  policy: Policy,
  now: number,
): Promise<string[]> {
  const step = ladder.steps[level];
  if (!step) return [];
  const { deputies = [], above, approverId } = step;
  const away = deputies.length > 0 && (await isAway(sql, approverId, policy, now));
  return [
    ...(away ? deputies.map(({ id }) => id) : []),
    ...(above && escalatedAt !== null ? [above.id] : []),
  ];
}

/** Whether this colleague's decision would count now. */
export function mayDecide(
  progress: LeaveProgress,
  by: string,
  instead: readonly string[],
  at: number,
): boolean {
  return pressLeave(progress, { by, action: 'approve', at, instead }).kind === 'changed';
}
