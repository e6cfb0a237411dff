import { z } from 'zod';
import { readable } from '../desk/transcript.ts';
import { AppError } from '../errors.ts';
import { type Route, route } from '../http/route.ts';
import { makeCode } from './codes.ts';
import { linkedTo, unlink } from './colleagues.ts';
import { joinedTo, undoJoin } from './customers.ts';
import type { LinkingParts } from './parts.ts';
import { profileRoutes } from './profile-routes.ts';

/** Joining people's channels: a colleague's own 我的渠道, and what a customer has joined. */
export function linkingRoutes(parts: LinkingParts): Route[] {
  return [own(parts), code(parts), part(parts), joined(parts), undo(parts), ...profileRoutes(parts)];
}

function own({ db, channelOf }: LinkingParts): Route {
  const channel = z.strictObject({ id: z.string(), name: z.string() });
  return route({
    method: 'GET',
    path: '/api/v1/my/channels',
    action: 'staffchat.open',
    summary: 'The accounts of channels that are linked to me, and those that I can link',
    response: z.strictObject({
      linked: z.array(z.strictObject({ ...channel.shape, account: z.string() })),
      open: z.array(channel),
    }),
    async handler({ person }) {
      // The web page's own chat needs no link: whoever is signed in is known there.
      const needsLink = ({ account }: { account: string }) => !channelOf(account)?.invite;
      const linked = (await linkedTo(db.sql, person.id)).filter(needsLink);
      const accounts = await db.prisma.channelAccount.findMany({
        where: { active: true, audience: 'staff' },
      });
      const open = accounts.filter(({ id }) => needsLink({ account: id }) && channelOf(id));
      const had = new Set(linked.map(({ account }) => account));
      return {
        linked: linked.map(({ id, account, name }) => ({ id, account, name })),
        open: open.filter(({ id }) => !had.has(id)).map(({ id, name }) => ({ id, name })),
      };
    },
  });
}

function code({ db, vault, policy }: LinkingParts): Route {
  return route({
    method: 'POST',
    path: '/api/v1/my/channels/code',
    action: 'staffchat.open',
    summary: 'A one-time code, to be sent to a staff account of a channel: it links that channel to me',
    response: z.strictObject({ code: z.string(), expiresAt: z.number(), now: z.number() }),
    async handler({ person, now }) {
      const { linkMinutes: minutes } = policy().policy.contact;
      const made = await makeCode(db.sql, vault(), { personId: person.id }, { now, minutes });
      return { code: made, expiresAt: now + minutes * 60_000, now };
    },
  });
}

function part({ db, audit }: LinkingParts): Route {
  return route({
    method: 'DELETE',
    path: '/api/v1/my/channels/:id',
    action: 'staffchat.open',
    summary: 'Unlink a channel from me',
    params: z.strictObject({ id: z.uuid() }),
    response: z.strictObject({ unlinked: z.literal(true) }),
    async handler({ person, params }) {
      await db.transaction(async (unit) => {
        if (!(await unlink(unit.sql, params.id, person.id))) throw new AppError('not_found');
        const actor = { kind: 'person' as const, id: person.id };
        await audit(unit, { actor, action: 'channel.unlink', object: 'address', objectId: params.id });
      });
      return { unlinked: true as const };
    },
  });
}

const id = z.strictObject({ id: z.uuid() });

function joined({ db }: LinkingParts): Route {
  return route({
    method: 'GET',
    path: '/api/v1/conversations/:id/joined',
    action: 'conversation.read',
    summary: 'The customer’s conversations on other channels, which they have joined by a code',
    params: id,
    response: z.strictObject({
      conversations: z.array(
        z.strictObject({
          conversationId: z.uuid(),
          addressId: z.uuid(),
          account: z.string(),
          name: z.string(),
          lastAt: z.number().nullable(),
        }),
      ),
    }),
    async handler({ person, params }) {
      await readable(db, person, 'conversation.read', params.id);
      const rows = await joinedTo(db.sql, params.id);
      return {
        conversations: rows.map(({ conversationId, addressId, account, accountName, lastAt }) => ({
          ...{ conversationId, addressId, account, name: accountName, lastAt: lastAt?.getTime() ?? null },
        })),
      };
    },
  });
}

function undo({ db, audit }: LinkingParts): Route {
  return route({
    method: 'POST',
    path: '/api/v1/conversations/:id/part',
    action: 'desk.note',
    summary: 'Take this conversation’s address out of what it was joined to',
    params: id,
    response: z.strictObject({ parted: z.literal(true) }),
    async handler({ person, params, now }) {
      await readable(db, person, 'desk.note', params.id);
      await db.transaction(async (unit) => {
        const text = 'SELECT address_id AS id FROM conversation WHERE id = $1';
        const { rows } = await unit.sql.query<{ id: string }>({ text, values: [params.id] });
        if (!rows[0] || !(await undoJoin(unit.sql, rows[0].id, now))) throw new AppError('not_found');
        const actor = { kind: 'person' as const, id: person.id };
        await audit(unit, { actor, action: 'customer.part', object: 'conversation', objectId: params.id });
      });
      return { parted: true as const };
    },
  });
}
