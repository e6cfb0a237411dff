import type { Sql, Unit } from '../../prisma/client.ts';
import { type Audit, type AuditAct, isDigestOf } from '../people/audit.ts';
import type { Sealing } from '../people/sealing.ts';

/** A record that no longer changes. `content`: all of it, the same text each time it is read back. */
export interface Sealed {
  /** The kind of record: handover, duty_log, meeting. */
  readonly object: string;
  readonly id: string;
  readonly content: string;
}

/**
 * Seals a record: a keyed digest of its whole content goes on the audit chain, so that whoever changes the record in the
 * database is found out, and whoever changes the audit row too.
 */
export async function sealContent(
  unit: Unit,
  audit: Audit,
  { object, id, by, details, content }: Sealed & { by: string; details?: NonNullable<AuditAct['details']> },
): Promise<void> {
  await audit(unit, {
    ...{ actor: { kind: 'person', id: by }, action: `${object}.seal`, object, objectId: id },
    ...(details && { details }),
    secrets: { content },
  });
}

export type Seal = 'none' | 'intact' | 'changed';

/** Whether the record is still what was sealed. */
export async function sealOf(sql: Sql, sealing: Sealing, { object, id, content }: Sealed): Promise<Seal> {
  const { rows } = await sql.query<{ content: string }>({
    text: `SELECT details->>'content' AS content FROM audit WHERE object = $1 AND object_id = $2 AND action = $3`,
    values: [object, id, `${object}.seal`],
  });
  const [sealed] = rows;
  if (!sealed) return 'none';
  return isDigestOf(sealing, sealed.content, content) ? 'intact' : 'changed';
}
