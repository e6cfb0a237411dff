import { type Unit, uuidv7 } from '../../../prisma/client.ts';
import type { Person } from '../../people/person.ts';
import { leads } from './leaders.ts';
import type { AttendanceParts } from './parts.ts';
import { type BreachRecord, breachesWhere } from './record.ts';
import type { BreachKind } from './types.ts';

/** Puts a breach of discipline 违纪 on record, once for each occasion; a longer one only gets its minutes. `since` and `now` are epoch ms. */
export async function recordBreach(
  unit: Unit,
  { audit }: AttendanceParts,
  breach: { attendanceId: string; personId: string; kind: BreachKind; since: number; minutes: number },
  now: number,
): Promise<void> {
  const { attendanceId, personId, kind, since, minutes } = breach;
  const { rows } = await unit.sql.query<{ id: string; fresh: boolean }>({
    text: `INSERT INTO attendance_breach (id, attendance_id, person_id, kind, since, minutes, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (attendance_id, since)
      DO UPDATE SET minutes = greatest(attendance_breach.minutes, excluded.minutes) RETURNING id, (xmax = 0) AS fresh`,
    values: [uuidv7(now), attendanceId, personId, kind, new Date(since), minutes, new Date(now)],
  });
  const [row] = rows;
  if (!row?.fresh) return;
  await audit(unit, {
    ...{ actor: { kind: 'system' }, action: 'attendance.breach', object: 'attendance_breach' },
    objectId: row.id,
    details: { person: personId, kind, minutes },
  });
}

/** `own`: nobody excuses themselves. `none`: there is none of theirs on record that is not excused. */
export type Excused = { readonly excused: BreachRecord } | { readonly refused: 'own' | 'forbidden' | 'none' };

/** Takes a colleague's newest breach off the count, for a reason (leave 9: without excuse). */
export async function excuseBreach(
  unit: Unit,
  { audit }: AttendanceParts,
  { personId, by, note }: { personId: string; by: Person; note: string },
  now: number,
): Promise<Excused> {
  if (personId === by.id) return { refused: 'own' };
  const [breach] = await breachesWhere(unit.sql, `b.person_id = $1 AND b.state = 'recorded'`, [personId]);
  if (!breach) return { refused: 'none' };
  if (!leads(by, breach.teamId)) return { refused: 'forbidden' };
  const { rowCount } = await unit.sql.query({
    text: `UPDATE attendance_breach SET state = 'excused', excused_by = $2, excused_at = $3, note = $4
      WHERE id = $1 AND state = 'recorded'`,
    values: [breach.id, by.id, new Date(now), note],
  });
  if (rowCount !== 1) return { refused: 'none' };
  await audit(unit, {
    ...{ actor: { kind: 'person', id: by.id }, action: 'attendance.excuse', object: 'attendance_breach' },
    ...{ objectId: breach.id, details: { person: personId }, secrets: { note } },
  });
  return { excused: breach };
}
