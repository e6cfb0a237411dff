import type { Sql, Unit } from '../../../prisma/client.ts';
import type { AttendanceParts } from '../attendance/parts.ts';

/** Whether a colleague agreed to be asked to come on a day off; undefined: never said. */
export async function agreedBy(sql: Sql, personId: string): Promise<boolean | undefined> {
  const { rows } = await sql.query<{ agreed: boolean }>({
    text: 'SELECT agreed FROM surge_consent WHERE person_id = $1',
    values: [personId],
  });
  return rows[0]?.agreed;
}

/** 「可以叫我加班」, 「别叫我加班」: from now on; who is being asked at the moment may still answer. */
export async function setAgreed(
  unit: Unit,
  { audit }: AttendanceParts,
  personId: string,
  agreed: boolean,
  now: number,
): Promise<void> {
  await unit.sql.query({
    text: `INSERT INTO surge_consent VALUES ($1, $2, $3)
      ON CONFLICT (person_id) DO UPDATE SET agreed = $2, changed_at = $3`,
    values: [personId, agreed, new Date(now)],
  });
  await audit(unit, {
    ...{ actor: { kind: 'person', id: personId }, action: 'surge.consent', object: 'person' },
    ...{ objectId: personId, details: { agreed } },
  });
}
