import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStaffScene, type StaffScene } from './staff.ts';

/** Wednesday 10 June 2026, 10:00: the early shift is on. */
let scene: StaffScene;
beforeAll(async () => {
  scene = await openStaffScene();
}, 60_000);
afterAll(() => scene.close());
beforeEach(() => scene.reset());

describe('who is on', () => {
  test('now, of the whole centre for a leader, of their own team for an agent', async () => {
    const leader = await scene.colleague('2001');
    const said = await leader.says('现在谁在班');
    expect(said.text).toMatch(/^现在在班（10:00）：/);
    expect(said.text).toContain('早班（受理甲班）：周晓彤、沈佳怡、林静雯');
    expect(said.text).toContain('早班（受理乙班）：何俊杰');
    const agent = await scene.colleague('1001');
    const own = await agent.says('/oncall');
    expect(own.text).toContain('周晓彤');
    expect(own.text).not.toContain('受理乙班');
  });

  test('tomorrow night, by shift and not by the hours of the evening', async () => {
    const leader = await scene.colleague('2001');
    const said = await leader.says('明天夜班有谁');
    expect(said.text.split('\n')[0]).toBe('6月11日（周四）夜班在班：');
    expect(said.text).toMatch(/6月11日（周四）夜班 00:00–08:00：/);
    expect(said.text).not.toContain('中班');
  });

  test('at an hour', async () => {
    const leader = await scene.colleague('2001');
    const said = await leader.says('今天下午五点谁当班');
    expect(said.text).toContain('中班 16:00–24:00');
    expect(said.text).not.toContain('早班');
    expect((await leader.says("who's on now")).text).toMatch(/^On duty now \(10:00\)/);
  });

  test('beyond the published roster it says where that ends', async () => {
    const leader = await scene.colleague('2001');
    const said = await leader.says('8月1日谁在班');
    expect(said.text).toBe('8月1日（周六）没有人在班。\n班表已公布到 6月23日（周二）。');
  });
});

describe('my shifts', () => {
  test('of next week, and of this month', async () => {
    const agent = await scene.colleague('1001');
    const week = await agent.says('我下周的班次');
    expect(week.text).toMatch(/^您6月15日（周一）至6月21日（周日）的班次：/);
    const days = [...week.text.matchAll(/6月(\d+)日/g)].slice(2).map(([, day]) => Number(day));
    expect(days.length).toBeGreaterThan(3);
    for (const day of days) expect(day >= 15 && day <= 21).toBe(true);
    const month = await agent.says('我这个月的班表');
    expect(month.text).toContain('班表已公布到 6月23日（周二）。');
    expect((await agent.says('my shifts next week')).text).toMatch(/^Your shifts, Mon 15 June/);
  });
});

describe('a team’s roster', () => {
  test('one’s own by day; another team’s only for whom the table lets', async () => {
    const agent = await scene.colleague('1001');
    const own = await agent.says('我们班明天的班表');
    expect(own.text).toMatch(/^受理甲班6月11日（周四）的班表：/);
    expect(own.text).toContain('周晓彤');
    expect((await agent.says('受理乙班明天的班表')).text).toContain('没有权限');
    const leader = await scene.colleague('2001');
    expect((await leader.says('乙班明天的班表')).text).toMatch(/^受理乙班6月11日/);
  });
});
