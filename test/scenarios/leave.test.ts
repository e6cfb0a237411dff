import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Colleague, openStaffScene, type StaffScene } from './staff.ts';

let scene: StaffScene;
beforeAll(async () => {
  scene = await openStaffScene();
}, 60_000);
afterAll(() => scene.close());
beforeEach(() => scene.reset());

const requests = () =>
  scene.db.prisma.leaveRequest.findMany({ orderBy: { createdAt: 'asc' }, include: { decisions: true } });

/** Hands in what one sentence says. */
async function handIn(who: Colleague, sentence: string) {
  const summary = await who.says(sentence);
  expect(summary.buttons, summary.text).toEqual(['确认提交', '修改', '取消']);
  return who.presses('确认提交');
}

describe('the way of a request', () => {
  test('an agent asks, the head approves, agent and shift leader are told; a second press shows the outcome', async () => {
    const [agent, leader] = [await scene.colleague('1001'), await scene.colleague('2001')];
    const summary = await agent.says('我后天想请一天事假，家里有事');
    expect(summary).toMatchObject({ outcome: 'form', buttons: ['确认提交', '修改', '取消'] });
    expect(summary.text).toContain('6月12日（周五）早班 08:00–16:00');
    expect(summary.facts).toEqual([
      '类别: 事假',
      '时间: 6月12日（周五）早班 08:00–16:00',
      '事由: 家里有事',
      '天数: 1 天',
      '审批: 客服部主任 宋明哲',
      '同时告知: 林静雯',
    ]);
    const submitted = await agent.presses('确认提交');
    expect(submitted.text).toContain('请假单已提交：事假 6月12日（周五）早班 08:00–16:00（1 天）');
    expect(submitted.text).toContain('等待客服部主任 宋明哲审批');
    expect((await leader.hears()).text).toContain('周晓彤提交了请假单');

    // The head never opened the staff chat before: the card has waited there.
    const head = await scene.colleague('4001');
    const asked = await head.says('待我审批');
    expect(asked.card?.title).toBe('请假审批 · 周晓彤');
    expect(asked.facts).toContain('事由: 家里有事');
    expect(asked.facts).toContain(
      '核对（提交时）: 该班次 6月12日（周五）08:00 开始，现在距开班 46 小时，要求至少 24 小时。',
    );
    expect(asked.facts).toContain('当班人手: 6月12日（周五）早班 08:00–16:00：受理甲班 3 人，准假后 2 人');
    const [approve, refuse] = asked.card?.buttons ?? [];
    scene.clock.advance(5 * 60_000);
    const outcome = '已由 宋明哲 于 6月10日（周三）10:05 同意';
    expect(await head.press(approve)).toMatchObject({ outcome });
    expect((await agent.hears()).text).toBe(
      `您的请假已批准：事假 6月12日（周五）早班 08:00–16:00（1 天）。${outcome}。`,
    );
    expect((await leader.hears()).text).toContain(outcome);

    scene.clock.advance(60_000);
    for (const button of [approve, refuse]) expect(await head.press(button)).toMatchObject({ outcome });
    await agent.hearsNothing();
    expect(await requests()).toMatchObject([{ state: 'approved', decisions: [{ decision: 'approve' }] }]);
    expect((await agent.says('我的班次')).text).toContain('6月12日（周五）早班 08:00–16:00（已准假）');
    const again = await agent.says('6月12日请事假，家里有事');
    expect(again.text).toContain('这一班已经准假，不用再请。');
    expect(again.text).not.toContain('请先撤回');
  });

  test('more than a day: the head, then the director; the shift leader knows; no level is skipped', async () => {
    const [agent, leader] = [await scene.colleague('1001'), await scene.colleague('2001')];
    const [head, director] = [await scene.colleague('4001'), await scene.colleague('5001')];
    await handIn(agent, '6月14日到15日请事假，回老家办事');
    expect((await head.hears()).facts).toContain('审批: 客服部主任 宋明哲 → 客服中心主任 顾文澜');
    await leader.hears();
    await director.hearsNothing();
    const first = await head.presses('同意');
    expect(first.card?.outcome).toContain('接下来由客服中心主任 顾文澜审批');
    expect((await agent.hears()).text).toContain('接下来由客服中心主任 顾文澜审批');
    expect((await director.hears()).facts).toContain(
      '已审批: 已由 客服部主任 宋明哲 于 6月10日（周三）10:00 同意',
    );
    expect(await requests()).toMatchObject([{ state: 'pending', level: 1 }]);
    await director.presses('同意');
    expect((await agent.hears()).text).toContain('已批准');
    expect((await leader.hears()).text).toContain('顾文澜');
    expect(await requests()).toMatchObject([{ state: 'approved', decisions: [{ level: 0 }, { level: 1 }] }]);
  });

  test('one-day requests in a row count together', async () => {
    const agent = await scene.colleague('1001');
    await handIn(agent, '6月14日请事假，家里装修');
    const summary = await agent.says('6月15日请事假，家里装修');
    expect(summary.facts).toContain('天数: 1 天（与前后相连的请假合计 2 天）');
    expect(summary.facts).toContain('审批: 客服部主任 宋明哲 → 客服中心主任 顾文澜');
  });

  test("nobody decides their own: the head's goes to the director, the director's to the deputy", async () => {
    const [head, director] = [await scene.colleague('4001'), await scene.colleague('5001')];
    await handIn(head, '后天请事假，送孩子上学');
    expect((await director.hears()).card?.title).toBe('请假审批 · 宋明哲');
    await director.presses('同意');
    expect((await head.hears()).text).toContain('已批准');
    const summary = await director.says('下周一请事假，家里有事');
    expect(summary.facts).toContain('审批: 宋明哲（代客服中心主任）');
    const handed = await director.presses('确认提交');
    expect(handed.text).toContain('等待宋明哲（代客服中心主任）审批');
    await head.hears();
    await head.presses('同意');
    expect((await director.hears()).text).toContain('已批准');
  });

  test('a refusal gives its reason: pressed, or written', async () => {
    const [agent, head] = [await scene.colleague('1001'), await scene.colleague('4001')];
    await handIn(agent, '后天请事假，家里有事');
    await head.hears();
    const why = await head.presses('不同意');
    expect(why.buttons).toEqual(['当班人手不足', '事由不充分', '请改换日期', '不说明原因', '同意']);
    expect(await requests()).toMatchObject([{ state: 'pending' }]);
    const refused = await head.presses('当班人手不足');
    expect(refused.card?.outcome).toBe('已由 宋明哲 于 6月10日（周三）10:00 拒绝，原因：当班人手不足');
    expect((await agent.hears()).text).toContain('没有获批');

    await handIn(agent, '6月14日请事假，家里有事');
    await head.hears();
    expect((await head.says('不同意，那天要做系统割接')).text).toContain('原因：那天要做系统割接');
    expect((await agent.hears()).text).toContain('那天要做系统割接');
    expect((await head.says('同意')).text).toBe('现在没有等您审批的申请。');
  });

  test('withdrawn while it waits: the card says so, and pressing it changes nothing', async () => {
    const [agent, head] = [await scene.colleague('1001'), await scene.colleague('4001')];
    await handIn(agent, '后天请事假，家里有事');
    const asked = await head.hears();
    expect((await agent.says('我的申请')).buttons).toEqual(['撤回6月12日（周五）']);
    expect((await agent.presses('撤回6月12日（周五）')).text).toContain('已撤回');
    expect((await head.hears()).text).toContain('周晓彤撤回了请假单');
    expect(await head.press(asked.card?.buttons?.[0])).toMatchObject({
      outcome: '申请人已于 6月10日（周三）10:00 撤回',
    });
    expect(await requests()).toMatchObject([{ state: 'withdrawn', decisions: [] }]);
    expect((await agent.says('撤回')).text).toContain('没有审批中的请假单');
    await handIn(agent, '后天请事假，家里有事');
  });

  test('two requests wait: each has its card, a bare 同意 decides neither', async () => {
    const [one, two] = [await scene.colleague('1001'), await scene.colleague('1004')];
    const head = await scene.colleague('4001');
    await handIn(one, '后天请事假，家里有事');
    await head.hears();
    await handIn(two, '6月16日到17日请事假，家里有事');
    await head.hears();
    const both = await head.says('同意');
    expect(both.text).toContain('有 2 件申请等您审批');
    expect((await requests()).map(({ state, level }) => `${state} ${level}`)).toEqual([
      'pending 0',
      'pending 0',
    ]);
    await head.presses('同意');
    expect((await head.says('同意')).text).toMatch(/同意/);
    const states = (await requests()).map(({ state, level }) => `${state} ${level}`);
    expect(states.sort()).toEqual(['approved 0', 'pending 1']);
  });
});

describe('at the same moment', () => {
  test('twenty presses, one decision, one answer', async () => {
    const [agent, head] = [await scene.colleague('1001'), await scene.colleague('4001')];
    await handIn(agent, '后天请事假，家里有事');
    const [approve, refuse] = (await head.hears()).card?.buttons ?? [];
    const cards = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        head.press(i % 3 ? approve : refuse, i % 3 ? undefined : '人手不足'),
      ),
    );
    expect(new Set(cards.map(({ outcome }) => outcome)).size).toBe(1);
    expect((await requests())[0]?.decisions).toHaveLength(1);
    await agent.hears();
    await agent.hearsNothing();
  });

  test('a press and a withdrawal: whichever came first, it is withdrawn in the end and the shift is theirs', async () => {
    const [agent, head] = [await scene.colleague('1001'), await scene.colleague('4001')];
    for (const date of ['6月12日', '6月14日', '6月15日', '6月22日']) {
      await handIn(agent, `${date}请事假，家里有事`);
      const [approve] = (await head.hears()).card?.buttons ?? [];
      await Promise.all([head.press(approve), agent.says(`撤回${date}的请假`)]);
      await scene.db.sql.query({ text: 'UPDATE leave_request SET to_date = to_date - 400' });
      expect((await head.hears()).text).toContain('撤回了');
    }
    for (const { state, decisions } of await requests())
      expect(`${state} ${decisions.length}`).toMatch(/^withdrawn [01]$/);
    expect(await scene.db.prisma.rosterOverride.count({ where: { revokedAt: null } })).toBe(0);
  });

  test('two requests for one shift: the first has it', async () => {
    const [agent, colleague] = [await scene.colleague('1001'), await scene.colleague('1003')];
    await agent.says('后天请事假，家里有事');
    await colleague.says('替1001请后天的病假，他发烧了');
    const said = await Promise.all([agent.presses('确认提交'), colleague.presses('确认提交')]);
    expect(said.filter(({ text }) => text.includes('同一班次只能有一张请假单'))).toHaveLength(1);
    expect(await requests()).toHaveLength(1);
  });

  test('the process ends in the middle of a form, and with a card open', async () => {
    const [agent, head] = [await scene.colleague('1001'), await scene.colleague('4001')];
    await agent.says('我想请事假');
    await scene.restart();
    await agent.says('后天');
    await scene.restart();
    await agent.says('家里有事');
    await agent.presses('确认提交');
    await head.hears();
    await scene.restart();
    await head.presses('同意');
    expect((await agent.hears()).text).toContain('已批准');
  });
});
