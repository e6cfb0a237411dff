import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { defaultPolicyText } from '../../bot/policy/default.ts';
import { reportBack } from '../../bot/staff/leave/back.ts';
import { type Colleague, openStaffScene, type StaffScene } from './staff.ts';

let scene: StaffScene;
beforeAll(async () => {
  const none = /mode: none.*\n\s+over: needsManager\n\s+kinds: \[\].*/;
  const ledger = 'mode: ledger\n    over: refuse\n    kinds: [{ kind: personal, daysPerYear: 3 }]';
  scene = await openStaffScene(undefined, defaultPolicyText().replace(none, ledger));
}, 60_000);
afterAll(() => scene.close());
beforeEach(() => scene.reset());

const left = async (who: Colleague) => (await who.says('我的假期余额')).text.split('还剩 ')[1];

async function granted(agent: Colleague, words: string, ...deciders: Colleague[]): Promise<void> {
  const summary = await agent.says(words);
  expect(summary.buttons, summary.text).toContain('确认提交');
  await agent.presses('确认提交');
  for (const decider of deciders) {
    await decider.hears();
    await decider.presses('同意');
  }
  await agent.hears();
}

test('what is granted is taken off, what is withdrawn comes back, beyond it nothing is granted', async () => {
  const agent = await scene.colleague('1001');
  const [head, director] = [await scene.colleague('4001'), await scene.colleague('5001')];
  expect((await agent.says('假期余额')).text).toBe('您的假期余额：\n· 2026 年事假：全年 3 天，还剩 3 天');
  await granted(agent, '6月12日请事假，家里有事', head);
  expect(await left(agent)).toBe('2 天');
  await agent.says('撤回');
  expect((await head.hears()).text).toContain('撤回了请假单');
  expect(await left(agent)).toBe('3 天');
  await granted(agent, '6月14日到15日请事假，回老家办事', head, director);
  expect(await left(agent)).toBe('1 天');
  const beyond = await agent.says('6月22日到25日请事假，回老家办事');
  expect(beyond.text).toContain('2026 年的事假还剩 1 天，本次');
  expect(beyond.text).toContain('本类假期每年 3 天。');
});

test('cut short by the shift leader: the hours that were not missed come back, the colleague is told', async () => {
  const [agent, leader] = [await scene.colleague('1001'), await scene.colleague('2001')];
  const [head, director] = [await scene.colleague('4001'), await scene.colleague('5001')];
  await granted(agent, '6月14日到15日请事假，回老家办事', head, director);
  expect(await left(agent)).toBe('1 天');
  // In the middle of the first of the two shifts.
  scene.clock.moveTo('2026-06-14T20:00+08:00');
  const { id: requestId } = await scene.db.prisma.leaveRequest.findFirstOrThrow();
  const asked = { requestId, by: leader.id, early: true, now: scene.clock.now() };
  expect(await scene.db.transaction((unit) => reportBack(unit, scene.parts, asked))).toMatchObject({
    kind: 'done',
    record: { days: 0.5 },
  });
  expect((await agent.hears()).text).toContain('6月14日（周日）20:00');
  expect(await left(agent)).toBe('2.5 天');
  expect((await agent.says('我的班次')).text).toContain('6月15日（周一）中班 16:00–24:00');
});

test('a manager adds and takes off, with the reason, on record; nobody their own, no shift leader', async () => {
  const [agent, leader, head] = [
    await scene.colleague('1001'),
    await scene.colleague('2001'),
    await scene.colleague('4001'),
  ];
  expect((await head.says('调整1001的事假余额 +2.5 天：去年结转')).text).toBe(
    '已调整周晓彤 2026 年的事假余额：+2.5 天，现在还剩 5.5 天。',
  );
  expect((await agent.hears()).text).toBe(
    '宋明哲调整了您 2026 年的事假余额：+2.5 天（去年结转），现在还剩 5.5 天。',
  );
  expect((await head.says('adjust 1001 personal leave -1 day: booked twice')).text).toContain('4.5 are left');
  await agent.hears();
  expect(await left(agent)).toBe('4.5 天');
  expect((await head.says('调整1001的病假余额 +1 天：补登')).text).toBe('中心没有给这类假记余额。');
  expect((await head.says('调整4001的事假余额 +1 天：补登')).text).toContain('不能调整自己的余额');
  expect((await head.says('调整1001的事假余额 +1 天')).text).toContain('请写明同事、类别、天数和原因');
  expect((await leader.says('调整1001的事假余额 +1 天：补登')).text).toContain('没有权限');
  const rows = await scene.db.prisma.leaveLedger.findMany({ orderBy: { createdAt: 'asc' } });
  expect(rows.map(({ days, cause, byId }) => [days, cause, byId])).toEqual([
    [2.5, 'adjusted', head.id],
    [-1, 'adjusted', head.id],
  ]);
  expect(await scene.db.prisma.audit.count({ where: { action: 'leave.ledger' } })).toBe(2);
});
