import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIVE_STREAMS } from '../bot/desk/live.ts';
import { type Action, allowed, may, permissions, type Role } from '../bot/people/permissions.ts';
import { uuidv7 } from '../prisma/client.ts';
import { demoLogins } from '../prisma/seed/demo.ts';
import { type Centre, openDemoCentre } from './setup/centre.ts';

/** How far a right reaches: live streams by name, and one agent's conversation as seen by everybody else. */
let centre: Centre;
let conversation: string;
let waiting: string;
let owner: { id: string; teamId: string | null };

beforeAll(async () => {
  centre = await openDemoCentre();
  owner = await centre.db.prisma.person.findUniqueOrThrow({ where: { number: '1001' } });
  conversation = await openConversation(owner.id);
  waiting = await openConversation(null);
});
afterAll(() => centre.close());

/** A conversation in the hands of `personId`, or waiting in the queue. */
async function openConversation(personId: string | null): Promise<string> {
  const { prisma } = centre.db;
  const now = new Date(centre.clock.now());
  const [id, addressId, episodeId] = [uuidv7(0), uuidv7(0), uuidv7(0)];
  const sealed = Buffer.from(addressId);
  await prisma.address.create({
    data: {
      ...{ id: addressId, channelAccountId: 'webchat:demo', createdAt: now },
      ...{ keyHmac: sealed, valueSealed: sealed },
    },
  });
  await prisma.conversation.create({
    data: { id, addressId, audience: 'customer', episodeId, epoch: 1, createdAt: now },
  });
  await prisma.episode.create({
    data: {
      ...{ id: episodeId, conversationId: id, owner: personId ? 'agent' : 'queue', personId },
      ...{ openedAt: now, queuedAt: now, takenAt: personId ? now : null },
    },
  });
  return id;
}

async function get(path: string, number: string) {
  const stop = new AbortController();
  const headers = await centre.signedIn(number);
  const response = await fetch(centre.url + path, { headers, signal: stop.signal });
  stop.abort();
  return response.status;
}

test('every named live stream needs a right that the table has, and every such right has its stream', () => {
  const rights = Object.keys(permissions).filter((action) => action.startsWith('live.'));
  const apart = ['live.read', 'live.conversation'];
  expect(Object.values(LIVE_STREAMS).sort()).toEqual(rights.filter((right) => !apart.includes(right)).sort());
});

describe.each(demoLogins().map(({ number, role }) => ({ number, role: role as Role })))(
  '$number, $role,',
  ({ number, role }) => {
    test.each(Object.entries(LIVE_STREAMS))(
      'follows the stream %s only if the table grants it',
      async (name, action) => {
        expect(await get(`/api/v1/live?streams=${name}`, number)).toBe(allowed(role, action) ? 200 : 403);
      },
    );

    test('reaches a colleague’s conversation, and its live stream, as far as the table says', async () => {
      const person = await centre.db.prisma.person.findUniqueOrThrow({ where: { number } });
      const actor = { id: person.id, role, teamId: person.teamId };
      const reached = async (action: Action, path: string, target: { personId: string | null }) => {
        const teamId = target.personId ? owner.teamId : null;
        expect(await get(path, number), path).toBe(may(actor, action, { ...target, teamId }) ? 200 : 403);
      };
      for (const [id, personId] of [
        [conversation, owner.id],
        [waiting, null],
      ] as const) {
        await reached('conversation.read', `/api/v1/conversations/${id}`, { personId });
        await reached('conversation.read', `/api/v1/conversations/${id}/messages`, { personId });
        await reached('live.conversation', `/api/v1/live?streams=conversation:${id}`, { personId });
      }
    });
  },
);

test('the agent’s colleague of the same team is refused, both teams’ leaders are not treated alike', async () => {
  const path = `/api/v1/conversations/${conversation}`;
  const statuses = await Promise.all(
    ['1001', '1003', '2001', '2002', '9001'].map((number) => get(path, number)),
  );
  expect(statuses).toEqual([200, 403, 200, 403, 403]);
});

test('a conversation is ended by its agent, or by whom the table lets reach it', async () => {
  const post = async (id: string, act: string, number: string, body?: object) => {
    const signedIn = await centre.signedIn(number);
    const headers = { ...signedIn, 'x-client-id': uuidv7(0), 'content-type': 'application/json' };
    const init = { method: 'POST', headers, ...(body && { body: JSON.stringify(body) }) };
    return (await fetch(`${centre.url}/api/v1/desk/conversations/${id}/${act}`, init)).status;
  };
  for (const [number, status] of [
    ['1003', 409],
    ['2002', 409],
    ['2001', 200],
    ['7001', 200],
    ['7003', 403],
  ] as const) {
    const [one, other] = [await openConversation(owner.id), await openConversation(owner.id)];
    expect(await post(one, 'release', number), `release by ${number}`).toBe(status);
    expect(await post(other, 'finish', number, { wrapUp: 'enquiry' }), `finish by ${number}`).toBe(status);
  }
  expect(await post(waiting, 'release', '2001'), 'what waits is nobody’s to give back').toBe(409);
});

test('one stream that is not granted spoils the whole connection', async () => {
  expect(await get('/api/v1/live?streams=knowledge,desk', '9001')).toBe(403);
  expect(await get('/api/v1/live?streams=knowledge', '9001')).toBe(200);
});
