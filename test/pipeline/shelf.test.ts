import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Channel, SendResult } from '../../channels/channel.ts';
import { type Centre, openCentre } from './centre.ts';

const answers: SendResult[] = [
  { retryAfter: 1, reason: 'the link broke', uncertain: true },
  { externalIds: ['1'] },
];
const channel: Channel = {
  name: 'fake',
  can: { push: true, buttons: false, cards: false, markdown: false, typing: false, maxText: 1000 },
  open: async () => {},
  close: async () => {},
  send: async () => answers.shift() ?? { externalIds: ['2'] },
};
let centre: Centre;
beforeAll(async () => {
  centre = await openCentre({ random: () => 0 }, channel);
});
afterAll(() => centre.close());

it('what a channel puts on its shelf is there for every process, by prefix, until it is taken', async () => {
  const { host, account } = centre;
  await host.shelf.put(account.id, 'part/好/1', '第一');
  await host.shelf.put(account.id, 'part/好/1', 'the first one stays');
  await host.shelf.put(account.id, 'part/好/2', '第二\0');
  await host.shelf.put(account.id, 'part/好事/1', 'another');
  await host.shelf.put('fake:other', 'part/好/1', 'not ours');
  const names = async (prefix: string) =>
    (await host.shelf.list(account.id, prefix)).map(({ name, value }) => `${name} ${value}`);
  expect(await names('part/好/')).toEqual(['part/好/1 第一', 'part/好/2 第二\0']);
  await host.shelf.take(account.id, ['part/好/1', 'part/好/2']);
  expect(await names('part/')).toEqual(['part/好事/1 another']);
});

it('a send of which nobody knows whether it arrived is tried again, and marked', async () => {
  const customer = await centre.visitor();
  await customer.says('你好');
  const { conversationId } = customer;
  const find = () => centre.db.prisma.delivery.findFirst({ where: { conversationId } });
  await expect.poll(find).toMatchObject({ state: 'sent', attempts: 2, maybeRepeated: true });
});
