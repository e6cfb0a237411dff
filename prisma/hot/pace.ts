import type { Sql } from '../sql.ts';

const takeText = `
INSERT INTO account_pace (channel_account_id, paced_until) VALUES ($1, $2::timestamptz + $3 * interval '1 ms')
ON CONFLICT (channel_account_id) DO UPDATE
SET paced_until = greatest(account_pace.paced_until, $2) + $3 * interval '1 ms'
WHERE account_pace.paced_until <= $2::timestamptz + $4 * interval '1 ms'
RETURNING paced_until`;
const untilText = `SELECT paced_until AS until FROM account_pace WHERE channel_account_id = $1`;

/**
 * Takes one send from the pace of an account, across all processes (generic cell rate algorithm: one instant says how
 * far ahead the account has used its pace).
 * @param everyMs milliseconds that one send uses; `aheadMs`: how far ahead may be used, the burst
 * @returns undefined if it was granted, else when to ask again
 */
export async function takePace(
  sql: Sql,
  account: string,
  { everyMs, aheadMs }: { everyMs: number; aheadMs: number },
  now: Date,
): Promise<Date | undefined> {
  const values = [account, now, everyMs, aheadMs];
  const taken = await sql.query({ name: 'take-pace', text: takeText, values });
  if (taken.rowCount === 1) return undefined;
  const { rows } = await sql.query<{ until: Date }>({
    name: 'pace-until',
    text: untilText,
    values: [account],
  });
  return new Date((rows[0]?.until ?? now).getTime() - aheadMs);
}
