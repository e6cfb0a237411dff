import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { staffAccounts } from '../../bot/staff/chats.ts';
import { uuidv7 } from '../../prisma/client.ts';
import { openStaffScene, type StaffScene } from './staff.ts';

let scene: StaffScene;
beforeAll(async () => {
  scene = await openStaffScene();
}, 60_000);
afterAll(() => scene.close());

/** Another chat of a colleague, on an account of its own. */
async function anotherChat(personId: string, account: string): Promise<string> {
  const { prisma } = scene.db;
  const createdAt = new Date(scene.clock.now());
  const [id, addressId] = [uuidv7(scene.clock.now()), uuidv7(scene.clock.now())];
  await prisma.channelAccount.create({
    data: { id: account, channel: account.split(':')[0] ?? '', name: account, audience: 'staff', createdAt },
  });
  const sealed = { keyHmac: Buffer.from(addressId), valueSealed: Buffer.from('x') };
  await prisma.address.create({
    data: { id: addressId, channelAccountId: account, personId, ...sealed, createdAt },
  });
  await prisma.conversation.create({ data: { id, addressId, audience: 'staff', createdAt } });
  return id;
}

const cardsIn = async (conversationId: string) =>
  (await scene.host().read(conversationId, 0, 100)).flatMap(({ card }) => (card ? [card] : []));

test('twenty presses in three chats and a restart: one decision, one answer, every copy drawn anew', async () => {
  expect(await staffAccounts(scene.db)).not.toEqual([]);
  const [agent, head] = [await scene.colleague('1001'), await scene.colleague('4001')];
  const chats = [
    head.conversationId,
    await anotherChat(head.id, 'onechat:team'),
    await anotherChat(head.id, 'otherchat:team'),
  ];
  await agent.says('我6月12日想请一天事假，家里有事');
  await agent.presses('确认提交');
  const tokens = await vi.waitFor(async () => {
    const shown = await Promise.all(chats.map(cardsIn));
    expect(shown.map(({ length }) => length)).toEqual([1, 1, 1]);
    return shown.map(([card]) => card?.buttons?.[0]?.token ?? '');
  }, 10_000);

  const round = () =>
    Promise.all(
      Array.from({ length: 20 }, (_, at) => scene.host().press(chats[at % 3] ?? '', tokens[at % 3] ?? '')),
    );
  const first = await round();
  await scene.restart();
  for (const answer of await round()) expect(answer).toEqual(first[0]);
  for (const answer of first) expect(answer).toEqual(first[0]);
  expect(await scene.db.prisma.leaveDecision.count()).toBe(1);

  await vi.waitFor(async () => {
    for (const chat of chats) {
      const [card] = await cardsIn(chat);
      expect(card?.outcome).toContain('同意');
      expect(card?.buttons).toBeUndefined();
    }
  }, 10_000);
  // Which of the three counted nobody knows; the two others were told in words.
  await vi.waitFor(async () => {
    const said = await Promise.all(chats.map((chat) => scene.host().read(chat, 0, 100)));
    const told = said.filter((messages) => messages.some(({ text, card }) => !card && text.includes('同意')));
    expect(told).toHaveLength(2);
  }, 10_000);
});
