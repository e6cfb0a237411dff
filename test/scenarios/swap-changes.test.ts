import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HOLIDAYS_CN } from '../../bot/policy/calendar.ts';
import { saveHolidays } from '../../bot/policy/holidays.ts';
import { uuidv7 } from '../../prisma/client.ts';
import { type Colleague, openStaffScene, type StaffScene } from './staff.ts';
import {
  agrees,
  cast,
  changeRoster,
  dutyOn,
  propose,
  rememberShifts,
  states,
  swaps,
  week,
} from './swapping.ts';

let scene: StaffScene;
let putBack: () => Promise<void>;
beforeAll(async () => {
  scene = await openStaffScene();
  putBack = await rememberShifts(scene);
}, 60_000);
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.reset();
  await putBack();
  await scene.db.prisma.holidayTable.deleteMany();
});

const VOID = '情况有变，已作废：班表已经变动';

/** Asks for leave, which is granted by those who decide. */
async function onLeave(who: Colleague, words: string, ...deciders: string[]): Promise<void> {
  const summary = await who.says(words);
  expect(summary.buttons, summary.text).toContain('确认提交');
  await who.presses('确认提交');
  for (const number of deciders) await agrees(await scene.colleague(number));
}

/** One of those to whom a shift was offered. */
async function firstAsked(): Promise<Colleague> {
  const { rows } = await scene.db.sql.query<{ number: string }>({
    text: `SELECT p.number FROM inbox i JOIN conversation c ON c.id = i.conversation_id JOIN address a ON a.id = c.address_id
      JOIN person p ON p.id = a.person_id WHERE i.kind = 'swap.ask' ORDER BY p.number`,
    values: [],
  });
  return scene.colleague(rows[0]?.number ?? '');
}

describe('a swap that nobody decides, or that something else overtakes', () => {
  test('four hours before the shift it expires: both read it, the leaders never heard of it', async () => {
    const { agent, partner, first } = await cast(scene);
    await propose(agent);
    const asked = await partner.hears();
    scene.clock.moveTo('2026-06-12T03:59+08:00');
    await scene.tick('swaps');
    expect(await states(scene)).toEqual(['peer_pending']);
    scene.clock.moveTo('2026-06-12T04:00+08:00');
    await scene.tick('swaps');
    expect((await agent.hears()).text).toContain('到 6月12日（周五）04:00 还没有办妥，已过期');
    expect((await partner.hears()).text).toContain('已过期');
    expect((await partner.press(asked.card?.buttons?.[0])).outcome).toContain('已过期');
    expect(await states(scene)).toEqual(['expired']);
    await first.hearsNothing();
  });

  test('a leader takes the shift out of the plan: void at the next minute, whoever was asked reads it', async () => {
    const { agent, partner, first } = await cast(scene);
    await propose(agent);
    expect(await agrees(partner)).toContain('等待林静雯、郑凯文同意');
    await agent.hears();
    await first.hears();
    const { shiftId } = await dutyOn(scene, agent, '2026-06-12');
    await changeRoster(scene, { cancel: [shiftId] });
    await scene.tick('swaps');
    for (const each of [agent, partner, first]) expect((await each.hears()).text).toContain(VOID);
    expect(await states(scene)).toEqual(['superseded']);
  });

  test('a leave that is granted takes the shift', async () => {
    const { agent, partner } = await cast(scene);
    await propose(agent);
    await partner.hears();
    await onLeave(agent, '后天请事假，家里有事', '4001');
    await scene.tick('swaps');
    expect((await partner.hears()).text).toContain(VOID);
    expect(await states(scene)).toEqual(['superseded']);
  });

  test('at the colleague’s consent it is looked at once more', async () => {
    const { agent, partner, first } = await cast(scene);
    await propose(agent);
    const { shiftId } = await dutyOn(scene, partner, '2026-06-13');
    await changeRoster(scene, { cancel: [shiftId] });
    expect(await agrees(partner)).toBe(VOID);
    expect((await agent.hears()).text).toContain(VOID);
    await first.hearsNothing();
  });

  test('another change of the same rosters leaves it as it is', async () => {
    const { agent, partner } = await cast(scene);
    await propose(agent);
    const { shiftId } = await dutyOn(scene, agent, '2026-06-17');
    await changeRoster(scene, { cancel: [shiftId] });
    await scene.tick('swaps');
    expect(await states(scene)).toEqual(['peer_pending']);
    expect(await agrees(partner)).toContain('等待林静雯、郑凯文同意');
  });

  test('what was offered to all and has expired says so, whoever presses', async () => {
    const { agent, partner } = await cast(scene);
    await agent.says('后天的班谁能替我上');
    await agent.presses('问所有合适的同事（让班）');
    await agent.says('家里老人住院');
    await agent.presses('确认提交');
    await partner.hears();
    scene.clock.moveTo('2026-06-12T04:00+08:00');
    await scene.tick('swaps');
    expect((await agent.hears()).text).toContain('已过期');
    expect((await partner.presses('我来上')).card?.outcome).toContain('已过期');
  });
});

describe('缺班', () => {
  test('offered by the leader; the first who takes it has it once the leader confirms', async () => {
    const { agent, partner, first } = await cast(scene);
    const third = await scene.colleague('1006');
    expect((await first.says('缺班')).text).toContain('没有缺人的班');
    await onLeave(agent, '后天请事假，家里有事', '4001');
    const listed = await first.says('/openshift');
    expect(listed.buttons).toEqual(['6月12日（周五）早班 08:00–16:00']);
    expect((await first.presses(listed.buttons[0] ?? '')).text).toContain('已发布6月12日（周五）早班');
    expect((await first.says('缺班')).text).toContain('没有缺人的班');
    const asked = await partner.hears();
    expect(asked.text).toContain('有一个班缺人');
    await third.hears();
    expect((await partner.presses('我来上')).card?.outcome).toBe('等待林静雯同意');
    expect((await third.presses('我来上')).card?.outcome).toBe('这个班已经有人接了，谢谢您。');
    expect(await agrees(first)).toContain('已生效');
    expect((await partner.hears()).text).toContain('已生效');
    expect(await week(scene, partner)).toContain('11早班 12早班 13中班');
    expect(await week(scene, agent)).not.toContain('12早班');
    expect((await first.says('缺班')).text).toContain('没有缺人的班');
    // Once revoked it is open again.
    await first.says('/swaps');
    expect((await first.presses('撤销并恢复班表')).card?.outcome).toContain('班表已恢复');
    expect(await week(scene, partner)).not.toContain('12早班');
    expect((await first.says('缺班')).buttons).toEqual(['6月12日（周五）早班 08:00–16:00']);
  });

  test('ill two hours before the shift: it is offered until it begins, taken and confirmed', async () => {
    const { agent, partner, first } = await cast(scene);
    scene.clock.moveTo('2026-06-12T06:00+08:00');
    await onLeave(agent, '今天早班请病假，发烧了', '4001');
    await first.says('缺班');
    await first.presses('6月12日（周五）早班 08:00–16:00');
    await partner.hears();
    scene.clock.moveTo('2026-06-12T07:50+08:00');
    await scene.tick('swaps');
    expect((await partner.presses('我来上')).card?.outcome).toBe('等待林静雯同意');
    expect(await agrees(first)).toContain('已生效');
    expect(await week(scene, partner)).toContain('12早班');
  });

  test('that nobody takes it ends when it begins', async () => {
    const { agent, first } = await cast(scene);
    scene.clock.moveTo('2026-06-12T06:00+08:00');
    await onLeave(agent, '今天早班请病假，发烧了', '4001');
    await first.says('缺班');
    await first.presses('6月12日（周五）早班 08:00–16:00');
    scene.clock.moveTo('2026-06-12T07:59+08:00');
    await scene.tick('swaps');
    expect(await states(scene)).toEqual(['peer_pending']);
    scene.clock.moveTo('2026-06-12T08:00+08:00');
    await scene.tick('swaps');
    expect(await states(scene)).toEqual(['expired']);
  });

  test('on a public holiday somebody who is ill is replaced', async () => {
    const { agent, first } = await cast(scene);
    scene.clock.moveTo('2026-06-20T01:00+08:00');
    await agent.says('6月20日请病假，发烧了');
    await agent.says('高烧不退');
    await agent.presses('确认提交');
    for (const number of ['4001', '5001']) await agrees(await scene.colleague(number));
    const [shift = ''] = (await first.says('缺班')).buttons;
    expect((await first.presses(shift)).text).toContain('已发布6月20日（周六）早班');
    const taker = await firstAsked();
    await taker.hears();
    expect((await taker.presses('我来上')).card?.outcome).toBe('等待林静雯同意');
    expect(await agrees(first)).toContain('已生效');
  });

  test('of somebody who has left: offered and taken all the same', async () => {
    const { agent, partner, first } = await cast(scene);
    await onLeave(agent, '后天请事假，家里有事', '4001');
    const active = (active: boolean) =>
      scene.db.prisma.person.update({ where: { id: agent.id }, data: { active } });
    await active(false);
    try {
      const [shift = ''] = (await first.says('缺班')).buttons;
      expect((await first.presses(shift)).text).toContain('已发布6月12日（周五）早班');
      await partner.hears();
      expect((await partner.presses('我来上')).card?.outcome).toBe('等待林静雯同意');
      expect(await agrees(first)).toContain('已生效');
      expect(await week(scene, partner)).toContain('11早班 12早班 13中班');
    } finally {
      await active(true);
    }
  });

  test('the leave is taken back: nobody is asked any more', async () => {
    const { agent, first } = await cast(scene);
    await onLeave(agent, '后天请事假，家里有事', '4001');
    const listed = await first.says('缺班');
    await first.presses(listed.buttons[0] ?? '');
    await agent.says('撤回');
    expect((await first.hears()).text).toContain('撤回');
    await scene.tick('swaps');
    expect((await first.hears()).text).toContain(VOID);
    expect(await states(scene)).toEqual(['superseded']);
    expect(await week(scene, agent)).toContain('12早班');
  });
});

describe('who decides, and what can be put back', () => {
  test('a leader is on leave: the head is asked in their place, on record', async () => {
    const { agent, partner, first, second } = await cast(scene);
    const head = await scene.colleague('4001');
    await onLeave(first, '明天请特殊事假，家里有事', '4001');
    await head.hears();
    await propose(agent);
    scene.clock.moveTo('2026-06-11T09:00+08:00');
    expect(await agrees(partner)).toBe('等待林静雯、郑凯文同意');
    expect((await head.hears()).text).toContain('林静雯不在班，有一件换班请您代为决定');
    expect((await head.presses('同意')).card?.outcome).toBe('等待郑凯文同意');
    expect(await agrees(second)).toContain('已生效');
    expect(await week(scene, partner)).toContain('12早班');
    const acts = await scene.db.prisma.audit.findMany({ where: { action: 'swap.move', actorId: head.id } });
    expect(acts.map(({ details }) => details)).toMatchObject([{ as: 'leader', instead: true }]);
  });

  test('a leader who goes away later: the head is asked then, once; while the leader is there it is not theirs', async () => {
    const { agent, partner, first } = await cast(scene);
    const head = await scene.colleague('4001');
    await onLeave(first, '明天请特殊事假，家里有事', '4001');
    await propose(agent);
    await agrees(partner);
    await scene.tick('swaps');
    expect((await head.says('待我审批')).text).not.toContain('换班');
    scene.clock.moveTo('2026-06-11T09:00+08:00');
    await scene.tick('swaps');
    expect((await head.hears()).text).toContain('林静雯不在班');
    await scene.tick('swaps');
    await head.hearsNothing();
    expect((await head.says('待我审批')).text).toContain('林静雯不在班');
  });

  test('two hours before it expires whoever must still decide is reminded, once', async () => {
    const { agent, partner, first, second } = await cast(scene);
    await propose(agent);
    for (const each of [partner, first]) await agrees(each);
    await second.hears();
    scene.clock.moveTo('2026-06-12T01:59+08:00');
    await scene.tick('swaps');
    await second.hearsNothing();
    scene.clock.moveTo('2026-06-12T02:00+08:00');
    await scene.tick('swaps');
    await scene.tick('swaps');
    expect((await second.hears()).text).toBe(
      '提醒：这件换班到 6月12日（周五）04:00 还没有办妥就会过期，请您看看：',
    );
    await second.hearsNothing();
    expect((await second.presses('同意')).card?.outcome).toContain('已生效');
  });

  test('two leaders swap with each other: the department head decides', async () => {
    const { first, second } = await cast(scene);
    const head = await scene.colleague('4001');
    const backs = await first.says('后天的班想跟2002换一下');
    await first.presses(backs.buttons[0] ?? '');
    await first.says('陪家人看病');
    expect((await first.presses('确认提交')).text).toContain('等待郑凯文答复');
    expect(await agrees(second)).toBe('等待宋明哲同意');
    expect((await first.hears()).text).toContain('等待宋明哲同意');
    expect(await agrees(head)).toContain('已生效');
    expect(await week(scene, second)).toContain('12早班');
    expect(await swaps(scene)).toMatchObject([{ state: 'applied', leaderIds: [head.id] }]);
  });

  test('a loan was built upon it: revoking is refused and changes nothing', async () => {
    const { agent, partner, first, second } = await cast(scene);
    await propose(agent);
    for (const each of [partner, first, second]) await agrees(each);
    const { shiftId, from, to, teamId } = await dutyOn(scene, partner, '2026-06-12');
    const loan = { shiftId, from, to, teamId, off: partner.id, on: partner.id };
    await changeRoster(scene, {
      override: [
        { ...loan, id: uuidv7(scene.clock.now()), cause: 'loan', causeId: uuidv7(scene.clock.now()) },
      ],
    });
    await first.says('/swaps');
    expect((await first.presses('撤销并恢复班表')).card?.outcome).toContain('不能直接恢复');
    expect(await states(scene)).toEqual(['applied']);
    expect(await week(scene, partner)).toContain('12早班');
  });
});

test('Friday is swapped away: Thursday can’t be swapped as well', async () => {
  const { agent, partner, first, second } = await cast(scene);
  await propose(agent);
  for (const each of [partner, first, second]) await agrees(each);
  await agent.hears();
  const before = await agent.says('明天的班谁能换');
  expect(before.text).toContain('《换班制度》第2条：不得连续换班。');
  expect(before.text).toContain('周晓彤的6月11日（周四）早班 08:00–16:00紧挨着已换的6月12日（周五）早班');
  expect(before.buttons).not.toContain('6月14日（周日）中班 16:00–24:00');
});

describe('leave and holidays as they are now', () => {
  test('on leave nobody takes a shift; reported back from it, on the same day', async () => {
    const { agent, partner } = await cast(scene);
    await onLeave(partner, '明天到6月13日请特殊事假，家里有事', '4001', '5001');
    scene.clock.moveTo('2026-06-12T01:00+08:00');
    const whom = async () => (await agent.says('6月12日早班谁能换')).buttons.join();
    const meanwhile = await whom();
    expect(meanwhile).toContain('1006');
    expect(meanwhile).not.toContain('1002');
    await agent.says('取消');
    await partner.says('销假');
    await partner.presses('确认提前销假');
    expect(await whom()).toContain('1002');
  });

  test('a day that was made a holiday since is no day to swap', async () => {
    const { agent } = await cast(scene);
    const day = { name: { 'zh-CN': '中心庆典', en: 'Jubilee' }, from: '2026-06-12', to: '2026-06-12' };
    const table = { ...HOLIDAYS_CN, periods: [{ ...day, makeUpWorkdays: [] }] };
    const by = { by: agent.id, now: scene.clock.now() };
    await scene.db.transaction((unit) => saveHolidays(unit, table, by));
    expect((await agent.says('后天的班想跟1002换一下')).text).toContain('6月12日（周五）是中心庆典');
  });
});

describe('the open form', () => {
  test('a question in between is answered, and the form asks its own again', async () => {
    const { agent } = await cast(scene);
    await agent.says('后天的班想跟1002换一下');
    await agent.presses('6月13日（周六）中班 16:00–24:00');
    const between = await agent.says('我的班次');
    expect(between.text).toContain('6月14日（周日）中班 16:00–24:00');
    expect(between.text).toContain('请写一下换班的事由');
    expect((await agent.says('送孩子入学报到')).facts).toContain('事由: 送孩子入学报到');
    expect((await agent.says('我的班次')).buttons).toContain('确认提交');
  });

  test('handed in, and pressed again: it says where it stands', async () => {
    const { agent } = await cast(scene);
    await propose(agent);
    const again = await agent.says('确认提交');
    expect(again.text).toContain('刚才的换班单已经提交');
    expect(again.text).toContain('等待何俊杰答复');
    expect(await states(scene)).toEqual(['peer_pending']);
  });
});
