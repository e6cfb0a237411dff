import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tellCustomerOf } from '../../bot/tickets/tell.ts';
import { type Customer, openScene, type Scene } from './customer.ts';

let scene: Scene;
let anna: Customer;
beforeAll(async () => {
  scene = await openScene();
}, 60_000);
afterAll(() => scene.close());
beforeEach(async () => {
  scene.clock.moveTo('2026-06-10T10:00+08:00');
  anna = await scene.customer();
});

const minute = 60_000;

describe('the status of a ticket', () => {
  async function submitted(customer: Customer) {
    await customer.says('我要投诉');
    await customer.presses('资费争议');
    await customer.says('五月账单里多扣了二十元会员费，请退还');
    await customer.says('138 0013 8000');
    await customer.presses('确认提交');
    const where = { conversationId: customer.conversationId };
    const [ticket] = await scene.centre.db.prisma.ticket.findMany({ where });
    return ticket as NonNullable<typeof ticket>;
  }

  test('is told by number, by its last eight digits, or as the newest', async () => {
    const { number, last8 } = await submitted(anna);
    for (const asked of [`查一下 ${number}`, last8, `工单 ${last8} 到哪了`, '查工单', '我的投诉怎么样了'])
      expect((await anna.says(asked)).text).toContain(`投诉单 ${number}：已受理`);
  });

  test('follows what the colleagues do, and admits being late', async () => {
    const { id } = await submitted(anna);
    scene.clock.advance(61 * minute);
    expect((await anna.says('查工单')).text).toContain('超过了转派时限');
    const { ticket } = scene.centre.db.prisma;
    const at = new Date(scene.clock.now());
    await ticket.update({
      where: { id },
      data: { state: 'dispatched', departmentId: 'network', dispatchedAt: at },
    });
    expect((await anna.says('查工单')).text).toContain('已转网络部处理（6月10日（周三）11:01）');
    await ticket.update({ where: { id }, data: { state: 'closed', closedAt: at } });
    expect((await anna.says('查工单')).text).toContain('已办结');
  });

  test('tells by itself when a department has it', async () => {
    const { id } = await submitted(anna);
    const { db, pipeline } = scene.centre;
    const data = { state: 'dispatched', departmentId: 'network', dispatchedAt: new Date(scene.clock.now()) };
    const { number, conversationId } = await db.prisma.ticket.update({ where: { id }, data });
    await db.transaction((unit) =>
      tellCustomerOf(
        unit,
        { wake: () => void pipeline.wakeTold() },
        { conversationId, number },
        scene.clock.now(),
      ),
    );
    await expect.poll(async () => (await anna.transcript()).at(-1)).toContain('已转网络部处理');
  });

  test('another conversation’s ticket is answered as one that does not exist', async () => {
    const { number, last8 } = await submitted(anna);
    const eve = await scene.customer();
    const foreign = await eve.says(`查一下工单 ${number}`);
    const unknown = await eve.says('查一下工单 TS2026061000000001');
    expect(foreign.text).toBe(unknown.text);
    expect((await eve.says(`工单 ${last8}`)).text).toBe(unknown.text);
    expect(foreign).toMatchObject({ buttons: ['转人工'], entryIds: [] });
    const none = await eve.says('查工单');
    expect(none.text).toContain('还没有提交过工单');
    expect((await eve.says(last8)).text).toBe(unknown.text);
  });

  test('an entry about it tells it where there is one', async () => {
    expect((await anna.says('怎么查询投诉处理进度')).text).toContain('CXTS');
    const { number } = await submitted(anna);
    expect((await anna.says('怎么查询投诉处理进度')).text).toContain(number);
  });
});
