import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStaffScene, type StaffScene } from './staff.ts';
import { agrees, BACK, cast, propose, states, swaps, week } from './swapping.ts';

let scene: StaffScene;
beforeAll(async () => {
  scene = await openStaffScene();
}, 60_000);
afterAll(() => scene.close());
beforeEach(() => scene.reset());

describe('the way of a swap', () => {
  test('proposed, agreed by the colleague and both leaders; the roster is changed and everybody told', async () => {
    const { agent, partner, first, second } = await cast(scene);
    const before = [await week(scene, agent), await week(scene, partner)];
    expect(before).toEqual(['11早班 12早班 14中班 15中班 17夜班', '11早班 13中班 14中班 16夜班 17夜班']);
    expect(await propose(agent)).toContain('等待何俊杰答复');
    const asked = await partner.hears();
    expect(asked.text).toContain('周晓彤想和您换班');
    expect(asked.facts).toContain('事由: 送孩子入学报到');
    expect(asked.facts).toContain('规则核对: 各条规则都符合');
    expect((await partner.presses('同意')).card?.outcome).toBe('等待林静雯、郑凯文同意');
    expect((await agent.hears()).text).toContain('等待林静雯、郑凯文同意');
    expect((await first.hears()).facts).toContain('已同意: 何俊杰');
    expect((await first.presses('同意')).card?.outcome).toBe('等待郑凯文同意');
    expect([await week(scene, agent), await week(scene, partner)]).toEqual(before);
    await second.hears();
    expect((await second.says('同意')).text).toContain('已生效，班表已更改');
    expect((await partner.hears()).text).toContain(`还班${BACK}待还`);
    expect([await week(scene, agent), await week(scene, partner)]).toEqual([
      ...['11早班 13中班 14中班 15中班 17夜班', '11早班 12早班 14中班 16夜班 17夜班'],
    ]);
    expect((await agent.says('我的换班')).text).toContain('已生效');
    scene.clock.moveTo('2026-06-14T01:00+08:00');
    expect((await agent.says('我的换班')).text).toContain(`还班${BACK}已还`);
    const acts = await scene.db.prisma.audit.findMany({ where: { object: 'swap' } });
    expect(acts.map(({ action }) => action)).toContain('swap.propose');
  });

  test('the leaders may put it back, while nothing is built upon it', async () => {
    const { agent, partner, first, second } = await cast(scene);
    const before = [await week(scene, agent), await week(scene, partner)];
    await propose(agent);
    for (const each of [partner, first, second]) await agrees(each);
    expect(await states(scene)).toEqual(['applied']);
    expect((await partner.hears()).text).toContain('已生效');
    await first.says('/swaps');
    expect((await first.presses('撤销并恢复班表')).card?.outcome).toBe('已由林静雯撤销，班表已恢复');
    expect([await week(scene, agent), await week(scene, partner)]).toEqual(before);
    expect((await partner.hears()).text).toContain('已由林静雯撤销，班表已恢复');
  });

  test('the colleague declines; the other withdraws: nothing changes', async () => {
    const { agent, partner } = await cast(scene);
    await propose(agent);
    await partner.hears();
    expect((await partner.presses('不同意', '那天有事')).card?.outcome).toBe(
      '何俊杰没有同意，原因：那天有事',
    );
    expect((await agent.hears()).text).toContain('那天有事');
    await propose(agent);
    const asked = await partner.hears();
    await agent.says('我的换班');
    expect((await agent.presses('撤回')).card?.outcome).toBe('已由周晓彤撤回');
    expect((await partner.hears()).text).toContain('已由周晓彤撤回');
    expect(await partner.press(asked.card?.buttons?.[0])).toMatchObject({ outcome: '已由周晓彤撤回' });
    expect(await states(scene)).toEqual(['declined', 'withdrawn']);
  });
});

describe('who can?', () => {
  test('only colleagues and return shifts that pass every rule, chosen by buttons; English as well', async () => {
    const { agent } = await cast(scene);
    const offered = await agent.says('我周五的班谁能换');
    expect(offered.text).toContain('6月12日（周五）早班 08:00–16:00');
    expect(offered.buttons).toEqual([
      ...[
        '唐雨菲（1005，受理甲班）',
        '何俊杰（1002，受理乙班）',
        '彭浩然（1006，受理乙班）',
        '问所有合适的同事（让班）',
      ],
    ]);
    const backs = await agent.presses('何俊杰（1002，受理乙班）');
    expect(backs.buttons).toContain(BACK);
    await agent.says('取消');
    const english = await agent.says('who can swap my Friday shift?');
    expect(english.text).toContain('Fri 12 June');
    expect(english.buttons.length).toBe(4);
  });

  test('小何: which one? With the number it goes on', async () => {
    const { agent } = await cast(scene);
    await scene.db.sql.query({ text: `UPDATE person SET name = '何佳' WHERE number = '1006'` });
    const asked = await agent.says('后天早班想跟小何换一下');
    expect(asked.buttons).toEqual(['何俊杰（1002）', '何佳（1006）']);
    expect((await agent.presses('何俊杰（1002）')).buttons).toContain(BACK);
    await scene.db.sql.query({ text: `UPDATE person SET name = '彭浩然' WHERE number = '1006'` });
  });

  test('a refusal quotes the clause and offers who can', async () => {
    const { agent } = await cast(scene);
    const grade = await agent.says('后天的班让给1003');
    expect(grade.text).not.toContain('第3条：换班须在同工种');
    await agent.says('取消');
    const holiday = await agent.says('6月20日的班想跟1002换');
    expect(holiday.text).toContain('《换班制度》第5条：节假日当班人员不得换班、请假。');
    expect(holiday.text).toContain('6月20日（周六）是端午节');
    expect(holiday.buttons).toContain('6月12日（周五）早班 08:00–16:00');
  });
});

test('given away to whoever is first: the second reads that it is gone', async () => {
  const { agent, partner } = await cast(scene);
  const third = await scene.colleague('1006');
  await agent.says('后天的班谁能替我上');
  await agent.presses('问所有合适的同事（让班）');
  await agent.says('家里老人住院');
  expect((await agent.presses('确认提交')).text).toContain('等待合适的同事来接');
  const [one, two] = [await partner.hears(), await third.hears()];
  expect(one.buttons).toEqual(['我来上', '不了']);
  expect((await partner.press(one.card?.buttons?.[0])).outcome).toContain('等待');
  expect((await third.press(two.card?.buttons?.[0])).outcome).toBe('这个班已经有人接了，谢谢您。');
  expect(await swaps(scene)).toMatchObject([
    { kind: 'give', state: 'leader_pending', partnerId: partner.id },
  ]);
});

test('twenty presses at once, one decision, one answer', async () => {
  const { agent, partner } = await cast(scene);
  await propose(agent);
  const buttons = (await partner.hears()).card?.buttons ?? [];
  const cards = await Promise.all(Array.from({ length: 20 }, (_, i) => partner.press(buttons[i % 2])));
  expect(new Set(cards.map(({ outcome }) => outcome)).size).toBe(1);
  expect(await scene.db.prisma.swapConsent.count()).toBe(1);
});
