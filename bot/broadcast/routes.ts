import { z } from 'zod';
import type { Unit } from '../../prisma/client.ts';
import { uuidv7 } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';
import { readBytes } from '../http/bytes.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { type Route, rawRoute, route } from '../http/route.ts';
import type { Audit } from '../people/audit.ts';
import { type ActRoutes, actRoutes } from './act-routes.ts';
import { audienceOf, wrong } from './audience.ts';
import { filterRoutes } from './filter-routes.ts';
import { sendingChannel } from './parts.ts';
import { segmentsOf } from './say.ts';
import { assertOwnDraft, holdBroadcast, listBroadcasts, readBroadcast, replaceRecipients } from './store.ts';
import { testRoute } from './test-route.ts';
import { asDetail, asItem, detail, item } from './views.ts';

export interface BroadcastRoutes extends ActRoutes {
  audit: Audit;
}

/** A list of 50,000 numbers with a name beside each. */
const MOST_BYTES = 3 * 1024 * 1024;

const params = z.strictObject({ id: z.uuid() });
const draft = z.strictObject({
  title: z.string().trim().min(1).max(80),
  text: z.string().trim().min(1).max(2000),
  account: z.string().max(80),
  /** Recipients a minute. */
  perMinute: z.int().min(1).max(6000),
});

/** Broadcasts 群发: writing, the list of recipients, and what becomes of them. */
export function broadcastRoutes(parts: BroadcastRoutes): Route[] {
  return [accounts(parts), list(parts), one(parts), create(parts), edit(parts), audience(parts)].concat(
    testRoute(parts),
    filterRoutes(parts),
    actRoutes(parts),
  );
}

function accounts(parts: BroadcastRoutes): Route {
  return route({
    ...{ method: 'GET', path: '/api/v1/broadcast-accounts', action: 'broadcast.read' },
    summary: 'Accounts over which broadcasts can be sent',
    response: z.strictObject({
      accounts: z.array(z.strictObject({ id: z.string(), name: z.string(), counted: z.boolean() })),
      /** The word that opts out: a text should name it. */
      optOutWord: z.string(),
    }),
    async handler() {
      const rows = await parts.db.prisma.channelAccount.findMany({
        where: { active: true, audience: 'customer' },
        orderBy: { id: 'asc' },
      });
      const on = rows.flatMap(({ id, name }) => {
        const channel = sendingChannel(parts, id);
        return channel ? [{ id, name, counted: channel.can.size !== undefined }] : [];
      });
      return { accounts: on, optOutWord: parts.policy().policy.contact.optOutWords[0] ?? '' };
    },
  });
}

function list({ db }: BroadcastRoutes): Route {
  return route({
    ...{ method: 'GET', path: '/api/v1/broadcasts', action: 'broadcast.read' },
    summary: 'Broadcasts, the newest first',
    query: z.strictObject({
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    response: z.strictObject({ broadcasts: z.array(item), next: z.string().nullable() }),
    async handler({ query: { cursor, limit } }) {
      const rows = await listBroadcasts(
        db.sql,
        cursor === undefined ? undefined : readCursor(cursor),
        limit + 1,
      );
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      return {
        broadcasts: page.map(asItem),
        next: last ? writeCursor({ at: last.createdAt, id: last.id }) : null,
      };
    },
  });
}

function one(parts: BroadcastRoutes): Route {
  return route({
    ...{ method: 'GET', path: '/api/v1/broadcasts/:id', action: 'broadcast.read', params, response: detail },
    summary: 'A broadcast, what was found in its list, and how far it has come',
    async handler({ params: { id }, person, now }) {
      const { sql } = parts.db;
      return asDetail(parts, sql, await readBroadcast(sql, id), { personId: person.id, now });
    },
  });
}

function create(parts: BroadcastRoutes): Route {
  return route({
    ...{ method: 'POST', path: '/api/v1/broadcasts', action: 'broadcast.write', body: draft },
    ...{ summary: 'Begin a broadcast', response: detail, status: 201, once: true },
    async handler({ unit, person, body: { account: accountId, ...body }, now }) {
      const id = uuidv7(now);
      const segments = await priced(parts, unit, { ...body, account: accountId });
      const data = { ...body, id, accountId, segments, authorId: person.id, createdAt: new Date(now) };
      await unit.prisma.broadcast.create({ data });
      const actor = { kind: 'person' as const, id: person.id };
      await parts.audit(unit, { actor, action: 'broadcast.create', object: 'broadcast', objectId: id });
      const row = await readBroadcast(unit.sql, id);
      return asDetail(parts, unit.sql, row, { personId: person.id, now });
    },
  });
}

/** @throws AppError invalid_input where the account takes no broadcasts, or the text no single message */
async function priced(
  parts: BroadcastRoutes,
  { prisma }: Unit,
  { text, account }: Pick<z.output<typeof draft>, 'text' | 'account'>,
): Promise<number | null> {
  const known = await prisma.channelAccount.findFirst({
    where: { id: account, active: true, audience: 'customer' },
  });
  const channel = known && sendingChannel(parts, account);
  if (!channel) throw wrong('account', 'field.broadcast_account');
  const segments = segmentsOf(text, channel.can);
  if (segments === undefined) throw wrong('text', 'field.broadcast_long');
  return segments;
}

function edit(parts: BroadcastRoutes): Route {
  return route({
    ...{ method: 'PUT', path: '/api/v1/broadcasts/:id', action: 'broadcast.write', params, once: true },
    ...{ body: draft.extend({ revision: z.int32().min(1) }), response: detail },
    summary: 'Write a draft anew, by its author; version_changed if it was written since `revision`',
    async handler({ unit, person, params: { id }, body: { revision, account: accountId, ...body }, now }) {
      const held = await holdBroadcast(unit, id);
      assertOwnDraft(held, person.id);
      if (held.revision !== revision)
        throw new AppError('version_changed', undefined, { revision: held.revision });
      const segments = await priced(parts, unit, { ...body, account: accountId });
      // Another account reads addresses in another way.
      if (accountId !== held.account) await replaceRecipients(unit, id, [], null);
      const data = { ...body, accountId, segments, revision: { increment: 1 } };
      await unit.prisma.broadcast.update({ where: { id }, data });
      const row = await readBroadcast(unit.sql, id);
      return asDetail(parts, unit.sql, row, { personId: person.id, now });
    },
  });
}

function audience(parts: BroadcastRoutes): Route {
  return rawRoute({
    ...{ method: 'PUT', path: '/api/v1/broadcasts/:id/audience', action: 'broadcast.write', params },
    summary: 'The recipients, as a CSV file in the request body, in the place of those before',
    accepts: 'text/csv',
    returns: 'application/json',
    async handler({ person, params: { id }, now }, request, response) {
      const { db, vault } = parts;
      const read = await readBroadcast(db.sql, id);
      assertOwnDraft(read, person.id);
      const { account, revision } = read;
      const channel = sendingChannel(parts, account);
      if (!channel) throw wrong('account', 'field.broadcast_account');
      const of = { account, addressOf: channel.addressOf.bind(channel), vault: vault() };
      const { recipients, found } = await audienceOf(db.sql, await readBytes(request, MOST_BYTES), of);
      const answer = await db.transaction(async (unit) => {
        const held = await holdBroadcast(unit, id);
        assertOwnDraft(held, person.id);
        if (held.revision !== revision)
          throw new AppError('version_changed', undefined, { revision: held.revision });
        await replaceRecipients(unit, id, recipients, found);
        const row = await readBroadcast(unit.sql, id);
        return asDetail(parts, unit.sql, row, { personId: person.id, now });
      });
      response
        .writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
        .end(JSON.stringify(detail.parse(answer)));
    },
  });
}
