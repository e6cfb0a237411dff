import { z } from 'zod';
import type { Database } from '../../prisma/client.ts';
import type { Pipeline } from '../conversation/pipeline.ts';
import { type Route, route } from '../http/route.ts';
import type { Audit } from '../people/audit.ts';
import { activatePolicy, policyContent } from './holder.ts';
import type { PolicyVersion } from './versions.ts';

export interface PolicyRouteParts {
  db: Database;
  audit: Audit;
  pipeline: Pipeline;
  policy(): PolicyVersion;
}

const version = z.strictObject({
  id: z.uuid(),
  hash: z.string(),
  createdAt: z.number(),
  activatedAt: z.number().nullable(),
});

/** The centre's policy: reading it, its versions, and putting another in force. */
export function policyRoutes({ db, audit, pipeline, policy }: PolicyRouteParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/policy',
      action: 'policy.read',
      summary: 'The policy in force, as text, and all versions, newest first',
      response: z.strictObject({ id: z.uuid(), content: z.string(), versions: z.array(version) }),
      async handler() {
        const rows = await db.prisma.policyVersion.findMany({ orderBy: { createdAt: 'desc' } });
        const versions = rows.map(({ id, hash, createdAt, activatedAt }) => {
          return { id, hash, createdAt: createdAt.getTime(), activatedAt: activatedAt?.getTime() ?? null };
        });
        return { id: policy().id, content: (await policyContent(db, policy().id)).content, versions };
      },
    }),
    route({
      method: 'PUT',
      path: '/api/v1/policy',
      action: 'policy.activate',
      summary: 'Put a policy in force; what began under the version before stays on it',
      body: z.strictObject({ content: z.string().min(1).max(200_000) }),
      response: z.strictObject({ id: z.uuid(), hash: z.string() }),
      once: true,
      async handler({ unit, person, body, now }) {
        const { id, hash, events } = await activatePolicy(unit, body.content, person.id, now);
        const actor = { kind: 'person', id: person.id } as const;
        await audit(unit, { actor, action: 'policy.activate', object: 'policy', objectId: id });
        unit.afterCommit(() => pipeline.publish([], events));
        return { id, hash };
      },
    }),
  ];
}
