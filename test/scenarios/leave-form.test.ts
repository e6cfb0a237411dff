import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Colleague, openStaffScene, type StaffScene } from './staff.ts';

let scene: StaffScene;
let agent: Colleague;
beforeAll(async () => {
  scene = await openStaffScene();
}, 60_000);
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.reset();
  agent = await scene.colleague('1001');
});

const requests = () => scene.db.prisma.leaveRequest.findMany();

describe('what is missing is asked, nothing else', () => {
  test('請假 and nothing more: kind, day, reason', async () => {
    const kind = await agent.says('我要请假');
    expect(kind.buttons).toEqual(['事假', '特殊事假', '病假', '公出', '外出学习']);
    const when = await agent.presses('事假');
    expect(when.text).toContain('哪一天');
    const reason = await agent.says('后天');
    expect(reason.text).toContain('6月12日（周五）早班 08:00–16:00');
    expect(reason.text).toContain('事由');
    expect((await agent.says('🙂')).text).toContain('请用几个字写明原因');
    expect((await agent.says('家里有事')).buttons).toEqual(['确认提交', '修改', '取消']);
  });

  test('an answer that says more than was asked fills more', async () => {
    await agent.says('我要请假');
    const summary = await agent.says('事假，后天，家里有事');
    expect(summary.facts.slice(0, 3)).toEqual([
      '类别: 事假',
      '时间: 6月12日（周五）早班 08:00–16:00',
      '事由: 家里有事',
    ]);
    const changed = await agent.says('改成6月14日的病假');
    expect(changed.facts.slice(0, 2)).toEqual(['类别: 病假', '时间: 6月14日（周日）中班 16:00–24:00']);
    expect(changed.card?.text).toContain('请在 6月15日（周一） 前把医疗证明交给班长');
  });

  test('an English sentence is answered in English', async () => {
    const summary = await agent.says("I'd like personal leave on Friday, family matter");
    expect(summary.text).toContain('Fri 12 June');
    expect(summary.facts).toContain('Decided by: department head 宋明哲');
    expect((await agent.presses(summary.buttons[0] ?? '')).text).toContain('Your request is in');
    const head = await scene.colleague('4001');
    expect((await head.hears()).buttons).toEqual(['同意', '不同意']);
    await head.presses('同意');
    expect((await agent.hears()).text).toContain('Your leave is approved');
  });

  test('a day that can be two days is asked back with buttons', async () => {
    const asked = await agent.says('周一请事假，搬家');
    expect(asked.buttons).toEqual(['6月15日（周一）', '6月8日（周一）']);
    expect((await agent.presses('6月15日（周一）')).facts).toContain('时间: 6月15日（周一）中班 16:00–24:00');
  });

  test('下周三 is the Wednesday of the week after', async () => {
    expect((await agent.says('下周三请病假，做小手术')).text).toContain('6月17日（周三）夜班 00:00–08:00');
  });

  test('half a day: which half?', async () => {
    const asked = await agent.says('后天请半天事假，去银行');
    expect(asked.buttons).toEqual(['6月12日（周五）早班 08:00–12:00', '6月12日（周五）早班 12:00–16:00']);
    const summary = await agent.presses('6月12日（周五）早班 12:00–16:00');
    expect(summary.facts).toContain('天数: 0.5 天');
    await agent.presses('确认提交');
    expect((await requests())[0]?.span).toMatchObject({ time: { from: '12:00', to: '16:00' } });
  });

  test('corrected at the summary, and cancelled', async () => {
    await agent.says('后天请事假，家里有事');
    expect((await agent.says('改成6月14日')).facts).toContain('时间: 6月14日（周日）中班 16:00–24:00');
    await agent.presses('修改');
    await agent.presses('类别');
    expect((await agent.presses('特殊事假')).facts).toContain('类别: 特殊事假');
    expect((await agent.presses('取消')).text).toContain('已取消');
    expect((await agent.says('确认提交')).text).toContain('还不会办');
    expect(await requests()).toEqual([]);
  });

  test('a question in between is answered, and the form goes on', async () => {
    await agent.says('请事假，家里有事');
    const shown = await agent.says('我的班次');
    expect(shown.text).toContain('6月14日（周日）中班 16:00–24:00');
    expect(shown.text).toContain('哪一天');
    expect((await agent.says('后天')).buttons).toContain('确认提交');
  });

  test('pressed twice, handed in once', async () => {
    await agent.says('后天请事假，家里有事');
    await agent.presses('确认提交');
    expect((await agent.says('确认提交')).text).toContain('刚才的请假单已经提交');
    expect(await requests()).toHaveLength(1);
    expect((await agent.says('取消')).text).toContain('要撤回已提交的请假');
    expect(await requests()).toMatchObject([{ state: 'pending' }]);
  });
});

describe('days that need no leave, are over, or do not exist', () => {
  test('a day without a shift: no leave is needed, and the next shifts are named', async () => {
    const said = await agent.says('周六请事假，家里有事');
    expect(said.text).toContain('6月13日（周六）您没有班，不需要请假');
    expect(said.text).toContain('接下来的班：');
    expect(said.buttons[1]).toBe('6月12日（周五）早班 08:00–16:00');
    // That day can't stay as it is, and after the third try nobody is told that they were not understood.
    expect((await agent.says('家里有事')).buttons).not.toContain('保持不变');
    const third = await agent.says('6月13日请事假');
    expect(third.text).toContain('如果不好填写');
    expect(third.buttons.length).toBeGreaterThan(0);
    expect((await agent.presses('6月12日（周五）早班 08:00–16:00')).buttons).toContain('确认提交');
  });

  test('31 June', async () => {
    expect((await agent.says('6月31日请事假，家里有事')).text).toContain('2026年6月只有30天');
    expect((await agent.says('6月12日')).buttons).toContain('确认提交');
  });

  test('a day that is past: only with a manager’s consent, and the clause is quoted', async () => {
    scene.clock.moveTo('2026-06-12T10:00+08:00');
    const said = await agent.says('昨天请事假，家里有事');
    expect(said.text).toContain('《请假制度》第1条');
    expect(said.text).toContain('该班次已于 6月11日（周四）16:00 结束，现在是 6月12日（周五）10:00');
    expect(said.text).toContain('这样请假要由客服部主任特别同意');
    expect((await agent.says('家里漏水，走得太急')).buttons).toContain('确认提交');
  });

  test('beyond the roster a person must decide', async () => {
    const said = await agent.says('8月3日请事假，参加婚礼');
    expect(said.text).toContain('班表尚未公布');
  });

  test('too far ahead, too long', async () => {
    expect((await agent.says('2027年5月1日请事假，旅游')).text).toContain('最多可以提前 180 天');
    expect((await agent.says('7月1日到9月30日')).text).toContain('最多 60 天');
  });
});

describe('rules', () => {
  test('too late without consent: the special reason stands on the card', async () => {
    const asked = await agent.says('明天请事假，家里有事');
    expect(asked.text).toContain('《请假制度》第1条：事假须至少提前一天（24 小时）提出');
    expect(asked.text).toContain('现在距开班 22 小时，要求至少 24 小时');
    expect(asked.text).toContain('特殊原因');
    const summary = await agent.says('老人突然住院');
    expect(summary.facts).toContain('特殊原因: 老人突然住院');
    await agent.presses('确认提交');
    const head = await scene.colleague('4001');
    const card = await head.says('待我审批');
    expect(card.facts).toContain('特殊原因: 老人突然住院');
    expect(card.facts.find((fact) => fact.startsWith('须特别同意'))).toContain('22 小时');
  });

  test('a night shift after noon is refused, with the time by which it would have passed', async () => {
    const night = await scene.colleague('1005');
    scene.clock.moveTo('2026-06-11T13:00+08:00');
    const said = await night.says('6月12日请事假，家里有事');
    expect(said.text).toContain('《请假制度》第5条：上夜班原则上不许请假');
    expect(said.text).toContain('截止时间是 6月11日（周四）12:00，现在是 6月11日（周四）13:00');
    expect(said.text).toContain('最晚应在 6月11日（周四）12:00 前提出');
    expect(await requests()).toEqual([]);
  });

  test('time passes while the form is open: the rules are asked once more', async () => {
    await agent.says('6月11日上午九点到下午四点请特殊事假，家里有事');
    scene.clock.moveTo('2026-06-10T10:20+08:00');
    await agent.says('取消');
    await agent.says('6月11日请特殊事假，家里有事');
    scene.clock.moveTo('2026-06-11T07:30+08:00');
    await agent.says('继续填写');
    expect((await agent.says('确认提交')).text).toContain('班前 1 小时');
  });

  test("sick leave may be reported for another; anybody's own matters may not", async () => {
    const refused = await agent.says('替1003请今天的事假，家里有事');
    expect(refused.text).toContain('《请假制度》第3条：事假必须由本人办理');
    expect(refused.text).toContain('请沈佳怡本人来办理');
    const asked = await agent.says('替1003请今天的病假，她发烧了');
    expect(asked.text).toContain('病假须在班前提出');
    expect((await agent.says('刚到单位就晕倒了')).facts).toContain('请假人: 沈佳怡（1003）');
    await agent.presses('确认提交');
    expect((await (await scene.colleague('1003')).says('我的申请')).text).toContain('病假');
    const head = await scene.colleague('4001');
    expect((await head.says('待我审批')).facts).toContain('代报人: 周晓彤');
    await head.presses('同意');
    expect((await agent.hears()).text).toContain('沈佳怡的请假：病假');
  });

  test('小 + surname finds a colleague; of several one is chosen; an unknown one is said', async () => {
    expect((await agent.says('替小张请明天的病假，他发烧了')).text).toContain('没有找到同事“小张”');
    const one = await agent.says('替小沈请6月12日的病假，她发烧了');
    expect(one.facts).toContain('请假人: 沈佳怡（1003）');
    await agent.presses('取消');
    const named = { number: '1099', name: '沈默', role: 'agent', jobType: 'hotline', passwordHash: '' };
    const id = '018f0000-0000-7000-8000-000000001099';
    await scene.db.prisma.person.create({ data: { ...named, id, createdAt: new Date(scene.clock.now()) } });
    const which = await agent.says('替小沈请6月12日的病假，她发烧了');
    expect(which.buttons).toEqual(['沈佳怡（受理甲班，1003）', '沈默（1099）']);
    expect((await agent.presses('沈佳怡（受理甲班，1003）')).facts).toContain('请假人: 沈佳怡（1003）');
  });
});

describe('besides leave', () => {
  test('help names only what this colleague can do; the rest is an honest no', async () => {
    const help = await agent.says('帮助');
    expect(help.text).toContain('我后天想请一天事假');
    expect(help.text).not.toContain('审批的申请');
    expect((await (await scene.colleague('4001')).says('你好')).text).toContain('待我审批');
    for (const text of ['帮我订个会议室', '🙂', '???']) {
      const said = await agent.says(text);
      expect(said.text, text).toMatch(/还不会办|我现在能办/);
    }
    expect((await agent.says('我的申请')).text).toContain('还没有提交过申请');
    expect((await agent.says('my shifts')).text).toContain('Fri 12 June 早班 08:00–16:00');
  });

  test('a colleague who left is told, and gets nothing', async () => {
    const gone = await scene.colleague('1010');
    await scene.db.prisma.person.update({ where: { id: gone.id }, data: { active: false } });
    expect((await gone.says('我的班次')).text).toContain('账号已停用');
  });
});
