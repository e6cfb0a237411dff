import { z } from 'zod';
import { type Database, hot } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { type Route, route } from '../http/route.ts';
import type { Audit } from '../people/audit.ts';
import { maskNumbersIn } from '../people/masking.ts';
import { resend, undelivered } from './undelivered.ts';

export interface DeliveryParts {
  db: Database;
  audit: Audit;
  /** Something is ready to be sent. */
  nudge(): void;
}

const item = z.strictObject({
  id: z.uuid(),
  conversationId: z.uuid(),
  account: z.string(),
  accountName: z.string(),
  text: z.string(),
  /** `mark`: why the platform refuses the address itself. */
  error: z.string(),
  mark: z.enum(['blocked', 'unknown']).nullable(),
  class: z.enum(['reply', 'notice']),
  attempts: z.number(),
  createdAt: z.number(),
  endedAt: z.number(),
  resentAt: z.number().nullable(),
});

/** What did not arrive 未送达, and sending it again. */
export function deliveryRoutes({ db, audit, nudge }: DeliveryParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/deliveries/undelivered',
      action: 'delivery.read',
      summary: 'Messages that did not arrive, the newest first',
      query: z.strictObject({
        cursor: z.string().max(200).optional(),
        limit: z.coerce.number().int().min(1).max(100).default(50),
      }),
      response: z.strictObject({ deliveries: z.array(item), next: z.string().nullable() }),
      async handler({ query: { cursor, limit } }) {
        const after = cursor === undefined ? undefined : readCursor(cursor);
        const rows = await undelivered(db.sql, after, limit + 1);
        const page = rows.slice(0, limit);
        const last = rows.length > limit ? page.at(-1) : undefined;
        return {
          deliveries: page.map(({ text, createdAt, endedAt, resentAt, ...row }) => ({
            ...row,
            text: maskNumbersIn(text),
            ...{ createdAt: createdAt.getTime(), endedAt: endedAt.getTime() },
            resentAt: resentAt?.getTime() ?? null,
          })),
          next: last ? writeCursor({ at: last.endedAt, id: last.id }) : null,
        };
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/deliveries/:id/resend',
      action: 'delivery.resend',
      summary: 'Send it again, at the end of its lane, marked late',
      params: z.strictObject({ id: z.uuid() }),
      once: true,
      response: z.strictObject({ queued: z.literal(true) }),
      async handler({ unit, person, params, now }) {
        const at = new Date(now);
        const again = await resend(unit.sql, params.id, at);
        if (!again)
          throw new AppError('not_allowed_now', 'not a delivery that failed, or sent again already');
        await hot.queueDeliveries(unit.sql, [again], at);
        const actor = { kind: 'person' as const, id: person.id };
        await audit(unit, { actor, action: 'delivery.resend', object: 'delivery', objectId: params.id });
        unit.afterCommit(nudge);
        return { queued: true as const };
      },
    }),
  ];
}
