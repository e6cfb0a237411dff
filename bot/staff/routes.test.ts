import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Centre, openDemoCentre } from '../../test/setup/centre.ts';

let centre: Centre;
beforeAll(async () => {
  centre = await openDemoCentre();
});
afterAll(() => centre.close());

const ask = async (headers: Record<string, string>) => {
  const response = await fetch(`${centre.url}/api/v1/staff/directline-token`, { method: 'POST', headers });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
};

test('a colleague is let into their own staff chat, always the same one, with a token that works', async () => {
  const headers = await centre.signedIn('1001');
  const [first, second] = await Promise.all([ask(headers), ask(headers)]);
  expect(first).toMatchObject({ status: 200, body: { conversationId: second.body.conversationId } });
  const person = await centre.db.prisma.person.findUniqueOrThrow({ where: { number: '1001' } });
  const { conversationId } = first.body;
  const chat = await centre.db.prisma.conversation.findUniqueOrThrow({
    where: { id: conversationId ?? '' },
    include: { address: true },
  });
  expect(chat).toMatchObject({ audience: 'staff', address: { personId: person.id } });

  const read = (token = '') =>
    fetch(`${centre.url}/v3/directline/conversations/${conversationId}/activities`, {
      headers: { authorization: `Bearer ${token}` },
    });
  expect((await read(first.body.token)).status).toBe(200);
  const other = await ask(await centre.signedIn('1002'));
  expect(other.body.conversationId).not.toBe(conversationId);
  expect((await read(other.body.token)).status).toBe(403);
});

test('nobody without a session gets in', async () => {
  expect(await ask({})).toMatchObject({ status: 401 });
});
