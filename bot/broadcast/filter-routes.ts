import { z } from 'zod';
import { type Unit, uuidv7 } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';
import { type Route, route } from '../http/route.ts';
import type { ActRoutes } from './act-routes.ts';
import { wrong } from './audience.ts';
import { countOf, criteria, sampleOf } from './criteria.ts';
import { sendingChannel } from './parts.ts';
import { assertOwnDraft, holdBroadcast, readBroadcast, takeFound } from './store.ts';
import { asDetail, detail, found } from './views.ts';

const params = z.strictObject({ id: z.uuid() });
const written = z.strictObject({ name: z.string().trim().min(1).max(40), criteria });
const saved = z.strictObject({ id: z.uuid(), name: z.string(), criteria, updatedAt: z.number() });
const MOST_FILTERS = 200;

/** Saved filters 筛选条件 as audience, in the place of a file. */
export function filterRoutes(parts: ActRoutes): Route[] {
  return [list(parts), preview(parts), save(parts), change(parts), remove(parts), choose(parts)];
}

function list({ db, policy }: ActRoutes): Route {
  return route({
    ...{ method: 'GET', path: '/api/v1/broadcast-filters', action: 'broadcast.read' },
    summary: 'Saved filters, and what customers can be told apart by',
    response: z.strictObject({
      filters: z.array(saved),
      tiers: z.array(z.string()),
      regions: z.array(z.string()),
    }),
    async handler() {
      const rows = await db.prisma.broadcastFilter.findMany({ orderBy: { name: 'asc' }, take: MOST_FILTERS });
      const known = async (column: 'tier' | 'region') => {
        const text = `SELECT DISTINCT ${column} AS word FROM customer WHERE ${column} IS NOT NULL ORDER BY 1 LIMIT 500`;
        return (await db.sql.query<{ word: string }>({ text })).rows.map(({ word }) => word);
      };
      const tiers = [...new Set([...policy().policy.customers.tiers, ...(await known('tier'))])];
      return { filters: rows.map(asSaved), tiers, regions: await known('region') };
    },
  });
}

type Row = NonNullable<Awaited<ReturnType<Unit['prisma']['broadcastFilter']['findUnique']>>>;
const asSaved = ({ id, name, criteria: asked, updatedAt }: Row) => ({
  ...{ id, name, criteria: criteria.parse(asked), updatedAt: updatedAt.getTime() },
});

function preview(parts: ActRoutes): Route {
  return route({
    ...{ method: 'POST', path: '/api/v1/broadcast-filters/preview', action: 'broadcast.read' },
    summary: 'Whom a filter finds now over an account: how many, and a few of them, masked',
    body: z.strictObject({ account: z.string().max(80), criteria }),
    response: z.strictObject({
      found,
      sample: z.array(
        z.strictObject({
          ...{ address: z.string(), locale: z.string(), tier: z.string(), region: z.string().nullable() },
          lastAt: z.number().nullable(),
        }),
      ),
    }),
    async handler({ body, now }) {
      if (!sendingChannel(parts, body.account)) throw wrong('account', 'field.broadcast_account');
      const asked = { ...body, now };
      const { sql } = parts.db;
      return { found: await countOf(sql, asked), sample: await sampleOf(sql, parts.vault(), asked) };
    },
  });
}

function save(parts: ActRoutes): Route {
  return route({
    ...{ method: 'POST', path: '/api/v1/broadcast-filters', action: 'broadcast.write', body: written },
    ...{ summary: 'Save a filter by a name of its own', response: saved, status: 201, once: true },
    async handler({ unit, person, body, now }) {
      const id = uuidv7(now);
      if ((await unit.prisma.broadcastFilter.count()) >= MOST_FILTERS)
        throw wrong('name', 'field.broadcast_filters_most', { max: MOST_FILTERS });
      const made = await unit.prisma.broadcastFilter.createManyAndReturn({
        data: { id, ...body, authorId: person.id, updatedAt: new Date(now) },
        skipDuplicates: true,
      });
      const [row] = made;
      if (!row) throw wrong('name', 'field.broadcast_filter_name', { name: body.name });
      await told(parts, unit, { by: person.id, act: 'save', id });
      return asSaved(row);
    },
  });
}

function change(parts: ActRoutes): Route {
  return route({
    ...{ method: 'PUT', path: '/api/v1/broadcast-filters/:id', action: 'broadcast.write', params },
    ...{ body: z.strictObject({ criteria }), response: saved, once: true },
    summary: 'Change what a saved filter asks; broadcasts that took it keep what it asked then',
    async handler({ unit, person, params: { id }, body, now }) {
      const data = { ...body, updatedAt: new Date(now) };
      const [row] = await unit.prisma.broadcastFilter.updateManyAndReturn({ where: { id }, data });
      if (!row) throw new AppError('not_found');
      await told(parts, unit, { by: person.id, act: 'change', id });
      return asSaved(row);
    },
  });
}

function remove(parts: ActRoutes): Route {
  return route({
    ...{ method: 'DELETE', path: '/api/v1/broadcast-filters/:id', action: 'broadcast.write', params },
    ...{ summary: 'Delete a saved filter', response: z.strictObject({}), once: true },
    async handler({ unit, person, params: { id } }) {
      const { count } = await unit.prisma.broadcastFilter.deleteMany({ where: { id } });
      if (count === 0) throw new AppError('not_found');
      await told(parts, unit, { by: person.id, act: 'delete', id });
      return {};
    },
  });
}

function told({ audit }: ActRoutes, unit: Unit, { by, act, id }: { by: string; act: string; id: string }) {
  const actor = { kind: 'person' as const, id: by };
  return audit(unit, { actor, action: `broadcast_filter.${act}`, object: 'broadcast_filter', objectId: id });
}

function choose(parts: ActRoutes): Route {
  return route({
    ...{ method: 'PUT', path: '/api/v1/broadcasts/:id/filter', action: 'broadcast.write', params },
    ...{ body: z.strictObject({ filterId: z.uuid(), revision: z.int32().min(1) }), once: true },
    ...{ summary: 'Take a saved filter as audience, in the place of a list', response: detail },
    async handler({ unit, person, params: { id }, body: { filterId, revision }, now }) {
      const held = await holdBroadcast(unit, id);
      assertOwnDraft(held, person.id);
      if (held.revision !== revision)
        throw new AppError('version_changed', undefined, { revision: held.revision });
      const row = await unit.prisma.broadcastFilter.findUnique({ where: { id: filterId } });
      if (!row) throw new AppError('not_found');
      const { name, criteria: asked } = asSaved(row);
      await takeFound(unit, held, { id: filterId, name, criteria: asked }, now);
      const next = await readBroadcast(unit.sql, id);
      return asDetail(parts, unit.sql, next, { personId: person.id, now });
    },
  });
}
