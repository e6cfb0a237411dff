import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applyChange } from '../../bot/staff/roster/apply.ts';
import { loadRoster } from '../../bot/staff/roster/store.ts';
import { uuidv7 } from '../../prisma/client.ts';
import { type Colleague, openStaffScene, type StaffScene } from './staff.ts';

let scene: StaffScene;
beforeAll(async () => {
  scene = await openStaffScene();
}, 60_000);
afterAll(() => scene.close());
beforeEach(() => scene.reset());

const HOUR = 3_600_000;
const at = (time: string) => Date.parse(`2026-06-${time}+08:00`);
const requests = () => scene.db.prisma.leaveRequest.findMany({ orderBy: { createdAt: 'asc' } });

async function granted(who: Colleague, sentence: string, by = ['4001']) {
  const summary = await who.says(sentence);
  expect(summary.buttons, summary.text).toEqual(['确认提交', '修改', '取消']);
  await who.presses('确认提交');
  for (const number of by) {
    const approver = await scene.colleague(number);
    await approver.hears();
    await approver.presses('同意');
    await who.hears();
  }
}

/** Several words may come one after the other. */
async function hearsOf(who: Colleague, words: string): Promise<void> {
  for (let text = ''; !text.includes(words); ) text += (await who.hears()).text;
}

/** The stretches of work that somebody has on a date, as hours. */
async function works(who: Colleague, date: string): Promise<string[]> {
  const from = Date.parse(`${date}T00:00+08:00`);
  const roster = await loadRoster(scene.db.sql, { from, to: from + 24 * HOUR, people: [who.id] });
  return roster.of(who.id).map((duty) => `${(duty.from - from) / HOUR}–${(duty.to - from) / HOUR}`);
}

async function shiftOf(who: Colleague, date: string) {
  const found = await scene.db.prisma.shift.findFirst({
    where: { personId: who.id, businessDate: new Date(date) },
  });
  if (!found) throw new Error(`no shift on ${date}`);
  return found;
}

describe('leave and the roster', () => {
  test('approval takes the person off; withdrawn before it begins, the shift is theirs again', async () => {
    const agent = await scene.colleague('1001');
    expect(await works(agent, '2026-06-12')).toEqual(['8–16']);
    await granted(agent, '6月12日下午请事假，家里有事');
    expect(await works(agent, '2026-06-12')).toEqual(['8–12']);
    expect((await agent.says('我的班次')).text).toContain('6月12日（周五）早班 08:00–12:00');
    expect((await agent.says('撤回6月12日的请假')).text).toContain('已撤回');
    expect(await works(agent, '2026-06-12')).toEqual(['8–16']);
  });

  test('no leave on a shift that came by a swap: the clause is quoted', async () => {
    const [agent, other] = [await scene.colleague('1001'), await scene.colleague('1002')];
    const theirs = await shiftOf(other, '2026-06-13');
    const swap = {
      ...{
        id: uuidv7(scene.clock.now()),
        shiftId: theirs.id,
        off: other.id,
        on: agent.id,
        cause: 'swap' as const,
      },
      ...{ causeId: uuidv7(scene.clock.now()), from: theirs.startsAt.getTime(), to: theirs.endsAt.getTime() },
    };
    expect(
      await scene.db.transaction((unit) => applyChange(unit, { override: [swap] }, scene.clock.now())),
    ).toEqual({ done: true });
    expect((await agent.says('我的班次')).text).toContain('（换班）');
    const said = await agent.says('6月13日请事假，家里有事');
    expect(said.text).toContain('《换班制度》第4条：换班或还班时不得请假');
    expect(said.text).toContain('6月13日（周六）的班是换班（还班）得来的。');
  });

  test('what was given away while it waited is left out', async () => {
    const [agent, head, other] = await Promise.all(['1001', '4001', '1004'].map((n) => scene.colleague(n)));
    if (!agent || !head || !other) throw new Error('nobody');
    await agent.says('6月12日请事假，家里有事');
    await agent.presses('确认提交');
    const shift = await shiftOf(agent, '2026-06-12');
    const give = {
      ...{
        id: uuidv7(scene.clock.now()),
        shiftId: shift.id,
        off: agent.id,
        on: other.id,
        cause: 'give' as const,
      },
      ...{ causeId: uuidv7(scene.clock.now()), from: shift.startsAt.getTime(), to: at('12T12:00') },
    };
    await scene.db.transaction((unit) => applyChange(unit, { override: [give] }, scene.clock.now()));
    await head.hears();
    await head.presses('同意');
    expect(await works(agent, '2026-06-12')).toEqual([]);
    expect(await works(other, '2026-06-12')).toContain('8–12');
    expect(await scene.db.prisma.rosterOverride.count({ where: { cause: 'leave' } })).toBe(1);
  });
});

describe('return 销假', () => {
  test('reminded at the end, shown to the leader a day later, closed by 销假', async () => {
    const [agent, leader] = [await scene.colleague('1001'), await scene.colleague('2001')];
    await granted(agent, '6月12日请事假，家里有事');
    scene.clock.moveTo('2026-06-12T16:00+08:00');
    await scene.tick('leave');
    const asked = await agent.hears();
    expect(asked.text).toContain('您的假已经到期');
    scene.clock.moveTo('2026-06-13T16:00+08:00');
    await scene.tick('leave');
    await scene.tick('leave');
    expect((await agent.hears()).text).toContain('还没有销假');
    expect((await leader.says('班组请假情况')).text).toContain('到期未销假');
    expect((await agent.says('我回来了')).text).toContain('已销假：事假 6月12日（周五）');
    expect((await leader.hears()).text).toContain('周晓彤已于 6月13日（周六）16:00 销假');
    expect((await leader.says('班组请假情况')).text).toBe('现在没有人请假。');
    expect((await agent.says('销假')).text).toBe('您没有需要销假的请假。');
  });

  test('back early: the rest of the shifts comes back, and the days are reckoned anew', async () => {
    const agent = await scene.colleague('1001');
    await granted(agent, '6月14日到15日请事假，回老家办事', ['4001', '5001']);
    scene.clock.moveTo('2026-06-14T21:00+08:00');
    const asked = await agent.says('销假');
    expect(asked.buttons).toEqual(['确认提前销假']);
    expect((await agent.presses('确认提前销假')).text).toContain('已销假');
    expect(await works(agent, '2026-06-14')).toEqual(['21–24']);
    expect(await works(agent, '2026-06-15')).toEqual(['16–24']);
    const [request] = await requests();
    expect(request).toMatchObject({ days: 0.625, toDate: new Date('2026-06-14') });
  });

  test('extended: a new request from the day after, counted together, up the longer ladder', async () => {
    const agent = await scene.colleague('1001');
    await granted(agent, '6月14日请事假，回老家办事');
    const summary = await agent.says('续假到6月15日，票没买到');
    expect(summary.facts).toContain('天数: 1 天（与前后相连的请假合计 2 天）');
    expect(summary.facts).toContain('审批: 客服部主任 宋明哲 → 客服中心主任 顾文澜');
    await agent.presses('确认提交');
    // Both were made at the same millisecond: their order tells nothing.
    const all = await requests();
    const first = all.find(({ extendsId }) => extendsId === null);
    const second = all.find(({ extendsId }) => extendsId !== null);
    expect(second).toMatchObject({ extendsId: first?.id, state: 'pending' });
  });
});

describe('certificate', () => {
  const slip = { name: '诊断证明.pdf', bytes: Buffer.from('%PDF-1.7\nslip') };

  test('due on the first day after; a photo in the chat, dates asked, gaps named, the leader takes it', async () => {
    const [agent, leader] = [await scene.colleague('1001'), await scene.colleague('2001')];
    await granted(agent, '6月14日到15日请病假，发烧', ['4001', '5001']);
    await leader.hears();
    scene.clock.moveTo('2026-06-16T08:00+08:00');
    await scene.tick('leave');
    await hearsOf(agent, '请今天把医疗证明交给班长');
    const asked = await agent.says('', [slip]);
    expect(asked.text).toContain('证明上写的是哪几天？');
    expect((await agent.says('6月14日')).text).toContain('还缺 6月15日（周一）');
    expect((await leader.hears()).facts).toContain('还缺: 6月15日（周一）');
    await leader.presses('收下');
    expect((await agent.hears()).text).toContain('还缺6月15日（周一）的证明');
    expect((await agent.says('6月15日', [slip])).text).toBe('医疗证明已交给班长确认。');
    await leader.hears();
    await leader.presses('收下');
    expect((await requests())[0]).toMatchObject({ certificateState: 'accepted' });
    expect(await scene.db.prisma.leaveAbsence.count()).toBe(0);
  });

  test('none by the end of that day: not counted, the leader sees it; handed in late, it is cleared', async () => {
    const [agent, leader] = [await scene.colleague('1001'), await scene.colleague('2001')];
    await granted(agent, '6月14日请病假，发烧');
    scene.clock.moveTo('2026-06-15T23:59+08:00');
    await scene.tick('leave');
    expect(await scene.db.prisma.leaveAbsence.count()).toBe(0);
    scene.clock.moveTo('2026-06-16T00:00+08:00');
    await scene.tick('leave');
    await scene.tick('leave');
    expect(await scene.db.prisma.leaveAbsence.findMany()).toMatchObject([
      { cause: 'no_certificate', clearedAt: null },
    ]);
    expect((await leader.says('班组请假情况')).text).toContain('医疗证明逾期，不计病假');
    await agent.says('6月14日', [slip]);
    const card = await leader.hears();
    expect(card.buttons).toEqual(['收下', '退回']);
    await leader.presses('收下');
    expect((await scene.db.prisma.leaveAbsence.findMany())[0]?.clearedAt).not.toBeNull();
  });
});

describe('approvers who don’t answer', () => {
  test('reminded after 4 hours, once; after a day the director may decide at that level, and once is enough', async () => {
    const [agent, head, director] = await Promise.all(
      ['1001', '4001', '5001'].map((n) => scene.colleague(n)),
    );
    if (!agent || !head || !director) throw new Error('nobody');
    await agent.says('6月14日到15日请事假，回老家办事');
    await agent.presses('确认提交');
    await head.hears();
    scene.clock.advance(4 * HOUR);
    await Promise.all([scene.tick('leave'), scene.tick('leave')]);
    expect((await head.hears()).text).toContain('提醒：周晓彤的请假还在等您审批');
    await head.hearsNothing();
    await director.hearsNothing();
    scene.clock.advance(20 * HOUR);
    await scene.tick('leave');
    expect((await director.hears()).text).toContain('宋明哲还没有审批');
    await director.presses('同意');
    expect((await agent.hears()).text).toContain('已由 顾文澜');
    expect(await requests()).toMatchObject([{ state: 'approved' }]);
  });

  test('the director is on leave: only then the deputy may decide', async () => {
    const [director, deputy, agent] = await Promise.all(
      ['5001', '4001', '1001'].map((n) => scene.colleague(n)),
    );
    if (!director || !deputy || !agent) throw new Error('nobody');
    await agent.says('6月15日出差，去省公司');
    await agent.presses('确认提交');
    const asked = await director.hears();
    expect((await deputy.says('待我审批')).text).toBe('现在没有等您审批的申请。');
    await scene.db.prisma.leaveRequest.create({
      data: {
        ...{
          id: uuidv7(scene.clock.now()),
          personId: director.id,
          kind: 'personal',
          days: 1,
          reason: '体检',
        },
        ...{
          fromDate: new Date('2026-06-10'),
          toDate: new Date('2026-06-10'),
          shiftIds: [],
          state: 'approved',
        },
        ...{ checks: { missed: [], verdicts: [] }, ladder: { steps: [], informed: [] } },
        ...{
          createdAt: new Date(at('09T10:00')),
          startsAt: new Date(at('10T09:00')),
          endsAt: new Date(at('10T18:00')),
        },
      },
    });
    const shown = await deputy.says('待我审批');
    expect(shown.buttons).toEqual(['同意', '不同意']);
    await deputy.presses('同意');
    expect((await agent.hears()).text).toContain('已由 宋明哲');
    // The card that the director had asks nobody any more, and the chat says so.
    expect((await director.hears()).text).toContain('请假审批 · 周晓彤：已由 宋明哲');
    expect((await director.press(asked.card?.buttons?.[0])).outcome).toContain('已由 宋明哲');

    await agent.says('6月17日出差，去省公司');
    await agent.presses('确认提交');
    const cards = [await director.hears(), await deputy.hears()];
    const pressed = await Promise.all(
      [director, deputy, director, deputy].map((who, at) => who.press(cards[at % 2]?.card?.buttons?.[0])),
    );
    expect(new Set(pressed.map(({ outcome }) => outcome)).size, 'pressed at once').toBe(1);
    expect(await scene.db.prisma.leaveDecision.count()).toBe(2);
  });
});

describe('asked for afterwards', () => {
  test('only with a manager’s consent; refused, it is absence without leave on record', async () => {
    const [agent, head] = [await scene.colleague('1001'), await scene.colleague('4001')];
    scene.clock.moveTo('2026-06-12T17:00+08:00');
    const asked = await agent.says('今天请事假，家里漏水');
    expect(asked.text).toContain('须经管理人员同意方可生效，否则按旷工处理');
    await agent.says('水管爆了，一整天都在抢修');
    await agent.presses('确认提交');
    await head.hears();
    await head.presses('不同意');
    await head.presses('事由不充分');
    await agent.hears();
    const absences = () => scene.db.prisma.leaveAbsence.findMany();
    expect(await absences()).toMatchObject([{ cause: 'not_approved', clearedAt: null }]);
  });
});
