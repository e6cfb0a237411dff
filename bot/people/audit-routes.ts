import { z } from 'zod';
import type { Database } from '../../prisma/client.ts';
import { type Route, route } from '../http/route.ts';
import type { Audit } from './audit.ts';
import { verifyAudit } from './audit-verify.ts';
import type { Sealing } from './sealing.ts';

const report = z.strictObject({
  sealed: z.int(),
  unsealed: z.int(),
  head: z.string(),
  brokenAt: z
    .strictObject({
      no: z.int().nullable(),
      auditId: z.uuid(),
      reason: z.enum(['row_missing', 'row_altered', 'link_altered', 'link_missing']),
    })
    .nullable(),
});

/** Does the audit record still say what was written? */
export function auditRoutes({
  db,
  sealing,
  audit,
}: {
  db: Database;
  sealing: Sealing;
  audit: Audit;
}): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/audit/verification',
      action: 'audit.verify',
      summary: 'Recompute the audit chain against its rows',
      response: report,
      async handler({ person }) {
        const { brokenAt = null, ...found } = await verifyAudit({ db, sealing });
        await audit(db, {
          actor: { kind: 'person', id: person.id },
          action: 'audit.verify',
          object: 'audit',
          details: { whole: brokenAt === null },
        });
        return { ...found, brokenAt };
      },
    }),
  ];
}
