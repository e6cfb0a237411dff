import type { Database, Sql } from '../../prisma/client.ts';
import { AUDIT_COLUMNS, type AuditRow, digestOfRow, GENESIS, nextHash } from './audit-chain.ts';
import type { Sealing } from './sealing.ts';

/** Where the record stops being what was written, and how. */
export interface AuditBreak {
  /** The link's number, 1, 2, 3 …; null where no link stands for the row. */
  no: number | null;
  auditId: string;
  reason: 'row_missing' | 'row_altered' | 'link_altered' | 'link_missing';
}

export interface AuditReport {
  /** Links that hold, from the first on. */
  sealed: number;
  /** Rows that wait for the sealer: normally a second's worth. */
  unsealed: number;
  /** The last link that holds, hex: written down elsewhere, it proves later that nothing before it was cut off. */
  head: string;
  brokenAt: AuditBreak | undefined;
}

interface Link extends AuditRow {
  no: number;
  auditId: string;
  digest: Buffer;
  hash: Buffer;
  missing: boolean;
}

const BATCH = 2000;

/** Recomputes the whole chain against the rows. Reads only; what is written meanwhile counts or doesn't. */
export async function verifyAudit({ db, sealing }: { db: Database; sealing: Sealing }): Promise<AuditReport> {
  let head: Buffer = GENESIS;
  let sealed = 0;
  for (;;) {
    const links = await linksAfter(db.sql, sealed);
    for (const link of links) {
      const reason = wrongWith(sealing, link, sealed + 1, head);
      if (reason) return report(db.sql, sealed, head, { no: sealed + 1, auditId: link.auditId, reason });
      head = link.hash;
      sealed = link.no;
    }
    if (links.length < BATCH) return report(db.sql, sealed, head, undefined);
  }
}

function wrongWith(sealing: Sealing, link: Link, no: number, head: Buffer): AuditBreak['reason'] | undefined {
  if (link.no !== no) return 'link_missing';
  if (!nextHash(sealing, head, link.digest).equals(link.hash)) return 'link_altered';
  if (link.missing) return 'row_missing';
  return digestOfRow(link).equals(link.digest) ? undefined : 'row_altered';
}

async function linksAfter(sql: Sql, no: number): Promise<Link[]> {
  const { rows } = await sql.query<Link & Record<string, unknown>>({
    text: `SELECT ${AUDIT_COLUMNS}, s.no, s.audit_id AS "auditId", s.digest, s.hash, a.id IS NULL AS missing
      FROM audit_seal s LEFT JOIN audit a ON a.id = s.audit_id AND a.created_at = s.audit_at
      WHERE s.no > $1 ORDER BY s.no LIMIT ${BATCH}`,
    values: [no],
  });
  return rows;
}

/** Rows without a link either wait for one, or had one. One statement, so that both are looked at in one moment. */
async function report(
  sql: Sql,
  sealed: number,
  head: Buffer,
  found: AuditBreak | undefined,
): Promise<AuditReport> {
  const { rows } = await sql.query<{ id: string; row: boolean; waits: boolean; total: number }>({
    text: `SELECT coalesce(a.id, w.audit_id) AS id, a.id IS NOT NULL AS row, w.audit_id IS NOT NULL AS waits,
        count(*) OVER () AS total
      FROM audit a FULL JOIN audit_pending w ON w.audit_id = a.id AND w.audit_at = a.created_at
      WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.audit_id = coalesce(a.id, w.audit_id))
      ORDER BY (a.id IS NOT NULL AND w.audit_id IS NOT NULL), 1 LIMIT 1`,
  });
  const [first] = rows;
  const stray: AuditBreak | undefined =
    !first || (first.row && first.waits)
      ? undefined
      : { no: null, auditId: first.id, reason: first.row ? 'link_missing' : 'row_missing' };
  // The row whose link is gone is known by having none, not by the link that follows.
  const brokenAt = found?.reason === 'link_missing' && stray ? { ...stray, no: found.no } : (found ?? stray);
  return { sealed, unsealed: first?.total ?? 0, head: head.toString('hex'), brokenAt };
}
