import { z } from 'zod';
import type { Database } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import { type Route, route } from '../../http/route.ts';
import { peopleById } from '../../people/directory.ts';
import { LEAVE_KINDS } from '../../policy/schema.ts';
import type { ActingParts } from '../parts.ts';
import { balancesOf } from './balance.ts';
import { adjustLedger } from './ledger.ts';

const year = z.int().min(2000).max(2100);
const balance = z.strictObject({
  kind: z.enum(LEAVE_KINDS),
  ...{ year, daysPerYear: z.number(), left: z.number() },
});

/** The ledger of days 假期余额; empty where the policy keeps none. */
export function ledgerRoutes({ db, parts }: { db: Database; parts(): ActingParts }): Route[] {
  const known = async (id: string) => {
    const [person] = await peopleById(db.sql, [id]);
    if (!person) throw new AppError('not_found');
  };
  return [
    route({
      ...{ method: 'GET', path: '/api/v1/leaves/ledger/:personId', action: 'leave.ledger' },
      summary: 'What is left of a colleague’s days of a year',
      ...{
        params: z.strictObject({ personId: z.uuid() }),
        query: z.strictObject({ year: z.coerce.number().pipe(year) }),
      },
      response: z.strictObject({ balances: z.array(balance) }),
      async handler({ params: { personId }, query }) {
        await known(personId);
        return { balances: await balancesOf(db.sql, personId, parts().policy().policy, [query.year]) };
      },
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/leaves/ledger/:personId', action: 'leave.ledger', once: true },
      summary: 'Add to a colleague’s days of a year, or take off; on record, and the colleague is told',
      params: z.strictObject({ personId: z.uuid() }),
      body: z.strictObject({
        ...{ kind: z.enum(LEAVE_KINDS), year },
        days: z
          .number()
          .min(-366)
          .max(366)
          .refine((days) => days !== 0, 'must not be 0'),
        note: z.string().trim().min(2).max(200),
      }),
      response: balance,
      async handler({ unit, person, params: { personId }, body, now }) {
        await known(personId);
        return adjustLedger(unit, parts(), { personId, ...body }, { by: person.id, now });
      },
    }),
  ];
}
