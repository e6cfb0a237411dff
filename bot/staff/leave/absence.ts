import { type Unit, uuidv7 } from '../../../prisma/client.ts';
import type { LeaveRecord } from './record.ts';

export type AbsenceCause = 'not_approved' | 'no_certificate';

/**
 * Absence without leave 旷工 goes on record (§4 leave 1 and 4): what was missed of a request that was made afterwards
 * and not approved, or of a sick leave without its certificate. What lay ahead when it was asked for is no absence.
 */
export async function putOnRecord(
  { sql }: Unit,
  { id, personId, createdAt, checks }: LeaveRecord,
  cause: AbsenceCause,
  now: number,
): Promise<number> {
  const missed = checks.missed.filter(({ from }) => from < (cause === 'not_approved' ? createdAt : now));
  for (const { shift, from, to } of missed)
    await sql.query({
      text: `INSERT INTO leave_absence (id, request_id, person_id, shift_id, starts_at, ends_at, cause, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      values: [
        ...[uuidv7(now), id, personId, shift.id, new Date(from)],
        // Of a shift that runs, only what has passed is known to be missed.
        ...[
          new Date(cause === 'not_approved' ? Math.min(to, Math.max(now, from + 1)) : to),
          cause,
          new Date(now),
        ],
      ],
    });
  return missed.length;
}

/** What a leave excuses after all is no absence any more; the record of it stays. */
export async function clearAbsences(
  { sql }: Unit,
  { personId, checks }: LeaveRecord,
  now: number,
): Promise<void> {
  await sql.query({
    text: `UPDATE leave_absence SET cleared_at = $3
      WHERE person_id = $1 AND shift_id = ANY($2) AND cleared_at IS NULL`,
    values: [personId, checks.missed.map(({ shift }) => shift.id), new Date(now)],
  });
}
