import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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

describe('questions', () => {
  test('are answered in approved words, with the entry as source', async () => {
    const said = await anna.says('5G畅享套餐有哪些档位，价格是多少');
    expect(said).toMatchObject({ outcome: 'answer', entryIds: ['zh-a-001'], buttons: ['登记办理'] });
    expect(said.text).toContain('**59元**：20GB＋100分钟');
    expect(said.messages[0]?.data).toMatchObject({
      sources: [{ id: 'zh-a-001', title: '5G畅享套餐有哪些档位，价格是多少' }],
    });
  });

  test('in English, in English', async () => {
    const said = await anna.says('how much is a 5G plan per month');
    expect(said).toMatchObject({
      outcome: 'answer',
      entryIds: ['en-001'],
      buttons: ['Ask for this service'],
    });
    const person = await anna.says('let me talk to a human');
    expect(person.text).toContain('Passing you to the General desk');
  });

  test('a name in Latin letters tells no language: it is asked in the conversation’s, which stays', async () => {
    expect(await anna.says('你好')).toMatchObject({ text: expect.stringContaining('您好') });
    expect(await anna.says('PUK')).toMatchObject({ outcome: 'answer', entryIds: ['zh-b-007'] });
    expect(await anna.says('eSIM')).toMatchObject({ outcome: 'answer', entryIds: ['zh-b-005'] });
    expect((await anna.says('谢谢')).text).toContain('不客气');
    const wifi = await anna.says('WIFI');
    expect(wifi).toMatchObject({ outcome: 'choices', text: expect.stringMatching(/\p{sc=Han}/u) });
    expect(await anna.says('my phone asks for a PUK')).toMatchObject({ entryIds: ['en-011'] });
    expect(await anna.says('PUK')).toMatchObject({ outcome: 'answer', entryIds: ['en-011'] });
  });

  test('an offer that has ended is named with its date, and its wording is not sent', async () => {
    scene.clock.moveTo('2026-06-22T10:00+08:00');
    const said = await anna.says('6·18充话费返赠活动怎么参加');
    expect(said).toMatchObject({ entryIds: ['zh-a-050'], buttons: ['转人工'] });
    expect(said.text).toContain('6·18充话费返赠活动怎么参加');
    expect(said.text).toContain('6月20日');
    expect(said.text).not.toMatch(/返\d+元/);
    expect((await anna.presses('转人工')).outcome).toBe('handoff');
  });

  test('the bot says that it does not know, offers a person or a message, and keeps the question', async () => {
    const said = await anna.says('火星上能收到信号塔的彩虹吗');
    expect(said).toMatchObject({ outcome: 'unknown', buttons: ['转人工', '留言/建单'] });
    expect(
      await scene.centre.db.prisma.unanswered.findMany({ where: { conversationId: anna.conversationId } }),
    ).toMatchObject([{ text: '火星上能收到信号塔的彩虹吗', language: 'zh' }]);
    const again = await anna.says('外星人给我发短信算国际漫游吗还是星际穿越');
    if (again.outcome === 'unknown') expect(again.text).toContain('建议转人工');
  });

  test('an unclear one is answered with choices, which a number, a title or a press picks', async () => {
    const asked = await anna.says('宽带');
    expect(asked.outcome).toBe('choices');
    expect(asked.buttons.length).toBeGreaterThanOrEqual(3);
    expect(asked.buttons.at(-1)).toBe('都不是');
    const ids = asked.entryIds as string[];
    expect(await anna.says('2')).toMatchObject({ outcome: 'answer', entryIds: [ids[1]] });
    await anna.says('宽带');
    expect(await anna.says('第一个')).toMatchObject({ entryIds: [ids[0]] });
    const third = await anna.says('宽带');
    expect(await anna.presses(third.buttons[1] ?? '')).toMatchObject({ entryIds: [ids[1]] });
    await anna.says('宽带');
    expect(await anna.presses('都不是')).toMatchObject({
      outcome: 'unknown',
      buttons: ['转人工', '留言/建单'],
    });
  });

  test('a number that no choice has keeps the choices, says which numbers there are, and no language changes', async () => {
    const asked = await anna.says('宽带');
    const ids = asked.entryIds as string[];
    for (const stray of ['42', '0', '９９', '第九个', '10086']) {
      const again = await anna.says(stray);
      expect(again).toMatchObject({ outcome: 'choices', entryIds: [], buttons: asked.buttons });
      expect(again.text).toMatch(/^没有这个序号/);
      expect(again.text).toContain(`${asked.buttons.length}. 都不是`);
    }
    expect(await anna.says('２')).toMatchObject({ outcome: 'answer', entryIds: [ids[1]] });
  });

  test('so does one that the menu has not; the menu’s 0 is a person, by no other number', async () => {
    const menu = await anna.says('菜单');
    for (const stray of ['42', '９', '00', `${menu.buttons.length}`]) {
      const again = await anna.says(stray);
      expect(again).toMatchObject({ outcome: 'choices', buttons: menu.buttons });
      expect(again.text).toBe(menu.text.replace(/^.*\n/, '没有这个序号。可以点一下，或回复下面的序号：\n'));
    }
    expect((await anna.says('1')).text).toContain('查话费余额');
    expect((await anna.says('77')).text).toContain('0. 返回主菜单');
    expect((await anna.says('０')).buttons).toEqual(menu.buttons);
    expect((await anna.says('88')).text).toContain('再见');
    await anna.says('菜单');
    expect((await anna.says('0')).outcome).toBe('handoff');
  });

  test('what an entry leads to is a press away', async () => {
    await anna.says('话费突然变多、被多扣费怎么办');
    expect((await anna.presses('我要投诉')).text).toContain('投诉单');
    const person = await (await scene.customer()).says('怎么转人工客服');
    expect(person).toMatchObject({ outcome: 'answer', entryIds: ['zh-c-012'], buttons: ['转人工'] });
  });

  test('several that came together are answered in order, fragments as one', async () => {
    const both = await scene.customer();
    const said = await both.says('怎样查询话费余额', '怎样查询积分');
    expect(said.messages.map((m) => m.data?.entryIds)).toEqual([['zh-a-026'], ['zh-a-045']]);
  });
});

describe('a follow-up', () => {
  test('is understood by what was asked before', async () => {
    expect(await anna.says('彩铃怎么开通')).toMatchObject({ entryIds: ['zh-c-035'] });
    expect(await anna.says('那个多少钱呢')).toMatchObject({ outcome: 'answer', entryIds: ['zh-c-035'] });
    expect(await anna.says('那怎么取消')).toMatchObject({ outcome: 'answer', entryIds: ['zh-c-035'] });
    expect(await anna.says('那积分呢')).toMatchObject({ outcome: 'answer' });
  });

  test('that names nothing is asked of what was answered last, a choice that was picked included', async () => {
    await anna.says('宽带怎么移机');
    const idCard = await anna.says('需要带身份证吗');
    expect(idCard).toMatchObject({ outcome: 'answer', entryIds: ['zh-b-035'] });
    const choices = await anna.says('副卡');
    const fees = choices.buttons.find((title) => title.includes('能办几张')) ?? '';
    expect(await anna.presses(fees)).toMatchObject({ entryIds: ['zh-a-022'] });
    expect(await anna.says('最多几张')).toMatchObject({ outcome: 'answer', entryIds: ['zh-a-022'] });
    expect(await anna.says('如何开通国际及港澳台漫游')).toMatchObject({ entryIds: ['zh-b-026'] });
    const price = await anna.says('要多少钱一天');
    expect((price.entryIds as string[])[0]).toBe('zh-b-027');
  });

  test('is a question of its own with nobody before it, or when it says all that it means', async () => {
    const alone = await anna.says('那国际的呢');
    expect(alone.outcome).not.toBe('answer');
    await anna.says('国内漫游怎么收费');
    expect(await anna.says('那国际的呢')).toMatchObject({ outcome: 'answer' });
    expect(await anna.says('怎样查询积分')).toMatchObject({ outcome: 'answer', entryIds: ['zh-a-045'] });
  });
});

describe('what is no question', () => {
  test('greeting, thanks and farewell get the three voices', async () => {
    expect((await anna.says('你好')).text).toContain('您好');
    expect((await anna.says('谢谢')).text).toContain('不客气');
    expect((await anna.says('再见')).text).toContain('感谢');
    expect((await anna.says('hello')).text).toContain('Hello');
  });

  test('a message of emoji gets a helpful sentence and is no failure of the knowledge', async () => {
    const said = await anna.says('😀😀');
    expect(said.text).toContain('没有认出文字');
    expect((await anna.presses('菜单')).text).toContain('1. 话费');
    expect(
      await scene.centre.db.prisma.unanswered.count({ where: { conversationId: anna.conversationId } }),
    ).toBe(0);
  });

  test('four thousand characters do no harm', async () => {
    const said = await anna.says('宽带怎么这么慢'.repeat(570));
    expect(['answer', 'choices', 'unknown']).toContain(said.outcome);
  });

  test('cancelling nothing is said to be nothing', async () => {
    expect((await anna.says('取消')).text).toContain('没有正在办理');
  });
});

describe('the menu', () => {
  test('opens by its name, leads on by numbers and titles, and back by 0', async () => {
    const main = await anna.says('菜单');
    expect(main.buttons).toHaveLength(7);
    expect(main.text).toContain('0. 人工服务');
    const bills = await anna.says('1');
    expect(bills.text).toContain('查话费余额');
    expect((await anna.says('0')).text).toContain('1. 话费');
    await anna.says('1');
    expect(await anna.presses('查话费余额')).toMatchObject({ outcome: 'answer', entryIds: ['zh-a-026'] });
  });

  test('its 0 is a person, and a form is started from it', async () => {
    await anna.says('menu');
    await anna.says('投诉与工单');
    expect((await anna.says('1')).text).toContain('投诉单');
    const ben = await scene.customer();
    await ben.says('菜单');
    expect((await ben.says('0')).outcome).toBe('handoff');
  });

  test('every question of the menu finds an answer in Chinese', async () => {
    const { items } = (await import('../../bot/policy/default.ts')).defaultPolicy().policy.menu;
    for (const item of items)
      for (const leaf of 'items' in item ? item.items : [item]) {
        if (!('ask' in leaf)) continue;
        const said = await anna.says(leaf.ask['zh-CN']);
        expect([leaf.ask['zh-CN'], said.outcome]).toEqual([leaf.ask['zh-CN'], 'answer']);
      }
  });
});
