import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
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
const tickets = (customer: Customer) =>
  scene.centre.db.prisma.ticket.findMany({ where: { conversationId: customer.conversationId } });

/** Fills a complaint up to its summary. */
async function fill(customer: Customer) {
  await customer.says('我要投诉');
  await customer.presses('资费争议');
  await customer.says('五月账单里多扣了二十元会员费，请退还');
  return customer.says('138 0013 8000');
}

describe('a message left in the chat’s own form while we could not be reached', () => {
  const left = (text: string, contact: string) =>
    scene.centre.host.receive(scene.centre.account, {
      ...{ conversationId: anna.conversationId, kind: 'message' },
      ...{ text: `留言：${text}\n联系电话：${contact}`, value: { leaveMessage: { text, contact } } },
    });

  test('is a ticket at once; the form that was open stays open', async () => {
    await anna.says('我要报修');
    await left('宽带从昨晚起断网，请联系我', '138 0013 8000');
    await vi.waitFor(async () => expect(await tickets(anna)).toHaveLength(1), 10_000);
    expect((await tickets(anna))[0]).toMatchObject({
      ...{ category: 'message', description: '宽带从昨晚起断网，请联系我', contactMasked: '138****8000' },
    });
    expect((await anna.says('1')).text).toContain('故障现象');
  });

  test('without a number that can be called is asked for it', async () => {
    await left('宽带从昨晚起断网，请联系我', '不知道不知道');
    await vi.waitFor(async () => expect((await anna.transcript()).at(-1)).toContain('没有认出来'), 10_000);
    expect(await tickets(anna)).toEqual([]);
  });
});

describe('a complaint', () => {
  test('at a list of choices 转人工 beside other words is no wrong choice: the queue has what was filled in', async () => {
    await anna.says('我要投诉');
    const passed = await anna.says('都不是，转人工');
    expect(passed).toMatchObject({ outcome: 'handoff' });
    expect(passed.text).toContain('投诉专席');
    const bea = await scene.customer();
    await fill(bea);
    expect(await bea.says('这些都写错了，给我转人工')).toMatchObject({ outcome: 'handoff' });
    expect(await scene.centre.db.prisma.ticket.count({ where: { conversationId: bea.conversationId } })).toBe(
      0,
    );
    // What may be told in a description stays in it.
    const carl = await scene.customer();
    await carl.says('我要投诉');
    await carl.presses('服务态度');
    expect(await carl.says('我说了三次，转人工，没有人理我')).toMatchObject({ outcome: 'form' });
  });

  test('from 我要投诉 to its ticket number', async () => {
    const begun = await anna.says('我要投诉');
    expect(begun).toMatchObject({
      outcome: 'form',
      entryIds: ['zh-c-001'],
      buttons: ['资费争议', '网络质量', '服务态度', '业务办理', '其他'],
    });
    expect((await anna.says('1')).text).toContain('什么时间');
    expect((await anna.says('五月账单里多扣了二十元会员费，请退还')).text).toContain('电话');
    const summary = await anna.says('138 0013 8000');
    expect(summary.facts).toEqual([
      '类型: 资费争议',
      '情况说明: 五月账单里多扣了二十元会员费，请退还',
      '联系电话: 138****8000',
    ]);
    expect(await tickets(anna)).toEqual([]);
    const done = await anna.presses('确认提交');
    const [ticket] = await tickets(anna);
    expect(ticket).toMatchObject({
      ...{
        kind: 'complaint',
        category: 'charges',
        state: 'open',
        ownerId: null,
        contactMasked: '138****8000',
      },
      ...{ dispatchDueAt: new Date('2026-06-10T11:00+08:00'), createdBy: 'customer' },
    });
    expect(done.text).toContain(ticket?.number);
    expect(done.text).toContain('6月10日（周三）11:00');
    expect((await anna.turns()).at(-1)?.outcome).toBe('ticket');
    const events = await scene.centre.db.prisma.event.findMany({ where: { stream: 'tickets' } });
    expect(events.at(-1)).toMatchObject({ type: 'created', data: { number: ticket?.number } });
  });

  test('confirmed twice, even at once, it is one ticket', async () => {
    await fill(anna);
    await anna.says('确认提交', '确认提交');
    const again = await anna.says('确认提交');
    const all = await tickets(anna);
    expect(all).toHaveLength(1);
    expect(again.text).toContain(`已经提交过了，工单号 ${all[0]?.number}`);
  });

  test('told in one sentence, only what is missing is asked', async () => {
    const begun = await anna.says('我要投诉，五月的账单里资费争议一直没有人处理，电话13800138000');
    expect(begun.facts).toHaveLength(3);
    await anna.presses('确认提交');
    expect(await tickets(anna)).toMatchObject([{ category: 'charges', contactMasked: '138****8000' }]);
  });

  test('cancelled, nothing is kept', async () => {
    await fill(anna);
    expect((await anna.presses('取消')).text).toContain('已取消');
    expect(await tickets(anna)).toEqual([]);
    expect((await anna.says('怎样查询话费余额')).outcome).toBe('answer');
  });

  test('back and correct', async () => {
    await fill(anna);
    await anna.says('返回上一步');
    await anna.says('0571-87654321');
    await anna.presses('修改');
    await anna.presses('类型');
    const summary = await anna.says('服务态度');
    expect(summary.facts).toEqual([
      '类型: 服务态度',
      '情况说明: 五月账单里多扣了二十元会员费，请退还',
      '联系电话: 0571****4321',
    ]);
  });

  test('a wrong number is explained; the third time a person is offered', async () => {
    await anna.says('我要投诉');
    await anna.says('1');
    await anna.says('五月账单里多扣了二十元会员费');
    expect((await anna.says('12345')).text).toContain('11 位手机号');
    await anna.says('12345');
    expect((await anna.says('12345')).buttons).toContain('转人工');
    expect((await anna.says('13800138000')).facts).toHaveLength(3);
  });

  test('a number where the description belongs is kept as the contact, and the description asked again', async () => {
    await anna.says('我要投诉');
    await anna.says('1');
    expect((await anna.says('太短')).text).toContain('太短了');
    const kept = await anna.says('13800138000');
    expect(kept.text).toContain('138****8000 记下了');
    expect(kept.text).toContain('什么时间');
    const summary = await anna.says('五月账单里多扣了二十元会员费，请退还');
    expect(summary.facts).toEqual([
      '类型: 资费争议',
      '情况说明: 五月账单里多扣了二十元会员费，请退还',
      '联系电话: 138****8000',
    ]);
  });

  test('of two numbers, it asks which one to call', async () => {
    await anna.says('我要投诉');
    await anna.says('1');
    await anna.says('五月账单里多扣了二十元会员费');
    const which = await anna.says('13800138000 或者 021-6543 2109');
    expect(which.text).toContain('应该打哪一个');
    expect(which.buttons).toEqual(['1. 138****8000', '2. 021****2109']);
    expect((await anna.says('2')).facts).toContain('联系电话: 021****2109');
    const ben = await scene.customer();
    const asked = await ben.says(
      '我要投诉，五月的账单里资费争议一直没有人处理，电话13800138000或13900139000',
    );
    expect((await ben.presses(asked.buttons[1] ?? '')).facts).toContain('联系电话: 139****9000');
  });

  test('left for half an hour, it asks whether to go on; on 继续填写 it does', async () => {
    await anna.says('我要投诉');
    await anna.says('1');
    scene.clock.advance(31 * minute);
    const asked = await anna.says('你好');
    expect(asked.text).toBe('您上次的投诉单还没填完，继续吗？');
    expect((await anna.presses('继续填写')).text).toContain('什么时间');
    scene.clock.advance(31 * minute);
    const answered = await anna.says('怎样查询话费余额？');
    expect(answered.messages[0]?.data?.entryIds).toEqual(['zh-a-026']);
    expect(answered.text).toContain('还没填完，继续吗？');
    expect((await anna.says('不用了')).text).toContain('已取消');
  });

  test('a question in between is answered, and the form goes on where it was', async () => {
    await anna.says('我要投诉');
    await anna.says('1');
    const said = await anna.says('怎样查询话费余额？');
    expect(said.messages.map((m) => m.data?.outcome)).toEqual(['answer', 'form']);
    expect(said.messages[1]?.text).toContain('我们接着填投诉单');
    expect(said.buttons).toEqual(['用这句话']);
    expect((await anna.says('五月账单里多扣了二十元会员费')).text).toContain('电话');
  });

  test('a question that is the complaint itself is taken as such', async () => {
    await anna.says('我要投诉');
    await anna.says('1');
    expect((await anna.says('为什么我的话费突然变多、被多扣费？')).text).toContain('电话');
  });

  test('a description in several messages is one', async () => {
    await anna.says('我要投诉');
    await anna.says('1');
    await anna.says('五月账单里多扣了二十元', '打了三次电话没人理');
    if ((await anna.says('13800138000')).facts.length !== 3) throw new Error('not at the summary');
    await anna.presses('确认提交');
    const [ticket] = await tickets(anna);
    expect(ticket?.description).toMatch(/^五月账单里多扣了二十元/);
  });

  test('the menu puts it aside, 继续填写 takes it up', async () => {
    await anna.says('我要投诉');
    await anna.says('1');
    expect((await anna.says('菜单')).text).toContain('继续填写');
    expect((await anna.says('1')).text).toContain('查话费余额');
    expect((await anna.says('继续填写')).text).toContain('什么时间');
  });

  test('it stays on the policy it began with', async () => {
    await anna.says('我要投诉');
    await anna.says('1');
    await scene.policy((text) => text.replace('dispatchMinutes: 60', 'dispatchMinutes: 30'));
    await anna.says('五月账单里多扣了二十元会员费，请退还');
    await anna.says('13800138000');
    await anna.presses('确认提交');
    const [ticket] = await tickets(anna);
    expect(ticket?.dispatchDueAt).toEqual(new Date('2026-06-10T11:00+08:00'));
    const ben = await scene.customer();
    await fill(ben);
    await ben.presses('确认提交');
    expect((await tickets(ben))[0]?.dispatchDueAt).toEqual(new Date('2026-06-10T10:30+08:00'));
    await scene.policy((text) => `${text}\n# as it was\n`);
  });
});

test('a fault report asks for the place, which may be skipped; a change and a message are one question less', async () => {
  await anna.says('报修');
  await anna.says('宽带');
  expect((await anna.says('光猫亮红灯，从昨天晚上开始断网')).buttons).toContain('跳过');
  await anna.says('朝阳小区 3 号楼');
  await anna.says('13800138000');
  await anna.presses('确认提交');
  const [fault] = await tickets(anna);
  expect(fault).toMatchObject({
    kind: 'fault',
    description: '光猫亮红灯，从昨天晚上开始断网\n朝阳小区 3 号楼',
  });
  expect(fault?.number).toMatch(/^BX/);

  const ben = await scene.customer();
  await ben.says('留言/建单');
  await ben.says('想问问老人机能不能用新的套餐');
  await ben.says('0571-87654321');
  await ben.presses('确认提交');
  expect(await tickets(ben)).toMatchObject([
    { kind: 'change', category: 'message', number: expect.stringMatching(/^YW/) },
  ]);
});

test('in English', async () => {
  const begun = await anna.says('I want to make a complaint');
  expect(begun.buttons).toEqual(['Charges', 'Network quality', 'Service', 'Business handling', 'Other']);
  await anna.presses('Charges');
  await anna.says('I was charged twenty yuan for a membership that I never ordered');
  await anna.says('+86 13800138000');
  const done = await anna.presses('Confirm and submit');
  const [ticket] = await tickets(anna);
  expect(done.text).toContain(`your ticket is **${ticket?.number}**`);
  expect((await anna.says('ticket status')).text).toContain('accepted');
});
