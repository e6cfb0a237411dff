import { z } from 'zod';
import type { Database } from '../../prisma/client.ts';
import { plainText } from '../conversation/fitting/plain.ts';
import { AppError } from '../errors.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { type Route, route } from '../http/route.ts';
import type { Audit } from '../people/audit.ts';
import { maskNumbersIn } from '../people/masking.ts';
import { resend, resendable, toResend, undelivered } from './undelivered.ts';
import { WHY } from './why.ts';

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
  why: z.enum(WHY),
  /** As the platform, or the network, put it. */
  error: z.string(),
  class: z.enum(['reply', 'notice']),
  attempts: z.number(),
  createdAt: z.number(),
  endedAt: z.number(),
  resentAt: z.number().nullable(),
});

const which = {
  account: z.string().max(80).optional(),
  why: z.enum(WHY).optional(),
  class: z.enum(['reply', 'notice']).optional(),
  broadcast: z.uuid().optional(),
};

/** So many are sent again by one press: each is claimed and on record by itself. */
const MOST = 200;

/** What did not arrive 未送达, and sending it again. */
export function deliveryRoutes({ db, audit, nudge }: DeliveryParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/deliveries/undelivered',
      action: 'delivery.read',
      summary: 'Messages that did not arrive, the newest first',
      query: z.strictObject({
        ...which,
        cursor: z.string().max(200).optional(),
        limit: z.coerce.number().int().min(1).max(100).default(50),
      }),
      response: z.strictObject({
        deliveries: z.array(item),
        next: z.string().nullable(),
        /** How many of all that match can be sent again. */
        resendable: z.int(),
      }),
      async handler({ query: { cursor, limit, ...asked } }) {
        const after = cursor === undefined ? undefined : readCursor(cursor);
        const rows = await undelivered(db.sql, asked, after, limit + 1);
        const page = rows.slice(0, limit);
        const last = rows.length > limit ? page.at(-1) : undefined;
        return {
          deliveries: page.map(({ text, error, createdAt, endedAt, resentAt, ...row }) => ({
            ...row,
            text: maskNumbersIn(plainText(text)),
            // A platform may name the number in its complaint.
            error: maskNumbersIn(error),
            ...{ createdAt: createdAt.getTime(), endedAt: endedAt.getTime() },
            resentAt: resentAt?.getTime() ?? null,
          })),
          next: last ? writeCursor({ at: last.endedAt, id: last.id }) : null,
          resendable: await resendable(db.sql, asked),
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
        const again = await resend(unit.sql, [params.id], new Date(now));
        if (again.length === 0)
          throw new AppError('not_allowed_now', 'not a delivery that failed, or sent again already');
        const actor = { kind: 'person' as const, id: person.id };
        await audit(unit, { actor, action: 'delivery.resend', object: 'delivery', objectId: params.id });
        unit.afterCommit(nudge);
        return { queued: true as const };
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/deliveries/resend',
      action: 'delivery.resend',
      summary: 'Send again all that match, the oldest first; each once, however often it is asked for',
      // `atMost`: how many whoever confirmed it was told of.
      body: z.strictObject({ ...which, atMost: z.int().min(1).max(MOST) }),
      once: true,
      response: z.strictObject({ queued: z.int(), left: z.int() }),
      async handler({ unit, person, body: { atMost, ...asked }, now }) {
        const ids = await resend(unit.sql, await toResend(unit.sql, asked, atMost), new Date(now));
        const actor = { kind: 'person' as const, id: person.id };
        for (const objectId of ids)
          await audit(unit, { actor, action: 'delivery.resend', object: 'delivery', objectId });
        unit.afterCommit(nudge);
        return { queued: ids.length, left: await resendable(unit.sql, asked) };
      },
    }),
  ];
}
