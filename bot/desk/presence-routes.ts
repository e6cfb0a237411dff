import { z } from 'zod';
import type { Database } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';
import { type Route, route } from '../http/route.ts';
import { personById } from '../people/directory.ts';
import { allowed, may, ROLES } from '../people/permissions.ts';
import { PRESENCES, type PublishEvents, readPresences, setPresence } from './presence.ts';

const status = z.enum(PRESENCES);
const row = z.strictObject({
  personId: z.uuid(),
  number: z.string(),
  name: z.string(),
  teamId: z.uuid().nullable(),
  status,
  changedAt: z.number().nullable(),
});

/** Whoever may set a presence has one. */
const present = ROLES.filter((role) => allowed(role, 'presence.set'));

/** Presence 示忙示闲: everybody's, and setting one's own or, for leaders, another's. */
export function presenceRoutes({ db, publish }: { db: Database; publish: PublishEvents }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/presence',
      action: 'presence.read',
      summary: 'Who is at the desk',
      response: z.strictObject({ people: z.array(row) }),
      handler: async () => ({ people: await readPresences(db.sql, present) }),
    }),
    route({
      method: 'PUT',
      path: '/api/v1/presence',
      action: 'presence.set',
      summary: 'Set a presence: one’s own, or with personId that of a colleague in reach',
      body: z.strictObject({ status, personId: z.uuid().optional() }),
      response: z.strictObject({ personId: z.uuid(), status }),
      async handler({ person, body, now }) {
        const personId = body.personId ?? person.id;
        const whose = personId === person.id ? person : await personById(db.sql, personId);
        if (!whose || !allowed(whose.role, 'presence.set')) throw new AppError('not_found');
        if (!may(person, 'presence.set', { personId, teamId: whose.teamId })) throw new AppError('forbidden');
        const change = { personId, status: body.status, now };
        await db.transaction((unit) => setPresence(unit, change, publish));
        return { personId, status: body.status };
      },
    }),
  ];
}
