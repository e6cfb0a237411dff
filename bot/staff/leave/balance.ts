import { type Sql, uuidv7 } from '../../../prisma/client.ts';
import type { Policy } from '../../policy/schema.ts';
import type { Balance, LeaveKind } from './types.ts';

/** What is left of each kind that the policy keeps, in these years. Requests that wait count as taken. */
export async function balancesOf(
  sql: Sql,
  personId: string,
  { leave: { balances } }: Policy,
  years: readonly number[],
): Promise<Balance[]> {
  if (balances.mode === 'none') return [];
  const { rows } = await sql.query<{ kind: string; year: number; days: number }>({
    text: `SELECT kind, year, sum(days) AS days FROM (
        SELECT kind, year, days FROM leave_ledger WHERE person_id = $1
        UNION ALL SELECT kind, extract(year FROM from_date)::int, -days FROM leave_request
        WHERE person_id = $1 AND state = 'pending') taken GROUP BY kind, year`,
    values: [personId],
  });
  return balances.kinds.flatMap(({ kind, daysPerYear }) =>
    years.map((year) => {
      const moved = rows.find((row) => row.kind === kind && row.year === year)?.days ?? 0;
      return { kind, year, daysPerYear, left: daysPerYear + moved };
    }),
  );
}

/** A row of the ledger for a leave that was granted (negative) or came back; nothing where none is kept. */
export async function book(
  sql: Sql,
  { leave: { balances } }: Policy,
  { id, personId, kind, span }: { id: string; personId: string; kind: LeaveKind; span: { from: string } },
  days: number,
  now: number,
): Promise<void> {
  if (balances.mode === 'none' || days === 0 || !balances.kinds.some((each) => each.kind === kind)) return;
  await sql.query({
    text: `INSERT INTO leave_ledger (id, person_id, kind, year, days, cause, request_id, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [uuidv7(now), personId, kind, yearOf(span), days, days < 0 ? 'leave' : 'back', id, new Date(now)],
  });
}

const yearOf = ({ from }: { from: string }) => Number(from.slice(0, 4));
