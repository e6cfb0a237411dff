import { z } from 'zod';
import { readable } from '../desk/transcript.ts';
import { AppError } from '../errors.ts';
import { type Route, route } from '../http/route.ts';
import { describeCustomer, profileOf } from './customers.ts';
import type { LinkingParts } from './parts.ts';

const params = z.strictObject({ id: z.uuid() });
const REGION = 40;
const profile = z.strictObject({ tier: z.string(), region: z.string().nullable() });

/** Tier 客户等级 and region 地区 of a conversation's customer (RULEBOOK §1): read and set at the desk, asked for by saved filters. */
export function profileRoutes(parts: LinkingParts): Route[] {
  return [read(parts), write(parts)];
}

function read({ db, policy }: LinkingParts): Route {
  return route({
    ...{ method: 'GET', path: '/api/v1/conversations/:id/customer', action: 'conversation.read', params },
    summary: 'Tier and region of the customer, and what they can be',
    response: z.strictObject({
      ...profile.shape,
      tiers: z.array(z.string()),
      regions: z.array(z.string()),
    }),
    async handler({ person, params: { id } }) {
      const { found } = await readable(db, person, 'conversation.read', id);
      const { rows } = await db.sql.query<{ region: string }>({
        text: 'SELECT DISTINCT region FROM customer WHERE region IS NOT NULL ORDER BY region LIMIT 500',
      });
      const now = await profileOf(db.sql, found.addressId);
      const { tiers } = policy().policy.customers;
      // A tier that the policy no longer has is still this customer's.
      return { ...now, tiers: [...new Set([...tiers, now.tier])], regions: rows.map(({ region }) => region) };
    },
  });
}

function write({ db, audit, policy }: LinkingParts): Route {
  const body = z.strictObject({
    tier: z.string().min(1),
    region: z.string().trim().min(1).max(REGION).nullable(),
  });
  return route({
    ...{ method: 'PUT', path: '/api/v1/conversations/:id/customer', action: 'desk.note', params, body },
    ...{ summary: 'Set tier and region of the customer, on all their joined channels', response: profile },
    async handler({ person, params: { id }, body: wanted, now }) {
      const { found } = await readable(db, person, 'desk.note', id);
      const { tiers } = policy().policy.customers;
      await db.transaction(async (unit) => {
        const before = await profileOf(unit.sql, found.addressId);
        if (wanted.tier !== before.tier && !tiers.includes(wanted.tier)) throw unknownTier(tiers);
        const customerId = await describeCustomer(unit.sql, found.addressId, wanted, now);
        const actor = { kind: 'person' as const, id: person.id };
        const action = 'customer.describe';
        const details = { fromTier: before.tier, fromRegion: before.region, ...wanted };
        await audit(unit, { actor, action, object: 'customer', objectId: customerId, details });
      });
      return wanted;
    },
  });
}

const unknownTier = (tiers: string[]) =>
  new AppError('invalid_input', undefined, {
    where: 'body',
    fields: [{ path: 'tier', problem: 'field.customer_tier', vars: { tiers: tiers.join(', ') } }],
  });
