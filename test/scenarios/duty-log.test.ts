import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createSealing } from '../../bot/people/sealing.ts';
import { contentOf, logsBetween } from '../../bot/staff/duty/log/record.ts';
import { sealOf } from '../../bot/staff/seal.ts';
import { openStaffScene, type StaffScene } from './staff.ts';

/** 林静雯 (2001) leads 受理甲班, 郑凯文 (2002) 受理乙班; 宋明哲 (4001) is the department head. */
let scene: StaffScene;
beforeAll(async () => {
  scene = await openStaffScene();
}, 60_000);
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.reset();
  await scene.db.sql.query({ text: 'TRUNCATE duty_log, duty_week' });
});

const at = (time: string) => scene.clock.moveTo(`2026-06-${time}+08:00`);
const day = '2026-06-10';
async function logOf(team: string, date = day) {
  const all = await logsBetween(scene.db.sql, null, { from: date, to: date });
  const found = all.find(({ teamName }) => teamName === team);
  if (!found) throw new Error('no such log');
  return found;
}
async function seal(team: string) {
  const record = await logOf(team);
  const sealed = { object: 'duty_log', id: record.id, content: contentOf(record) };
  return sealOf(scene.db.sql, createSealing(Buffer.alloc(32, 1)), sealed);
}

test('the day: drafted from its figures, finished, signed, sealed, and found the day after', async () => {
  const [lin, song, zhou] = [
    await scene.colleague('2001'),
    await scene.colleague('4001'),
    await scene.colleague('1001'),
  ];
  await zhou.says('加急请示：城东光缆被挖断，建议发布公告');
  await zhou.presses('确认提交');
  await lin.hears();
  // As attendance keeps it of whoever never came.
  await scene.db.sql.query({
    text: `INSERT INTO attendance (id, person_id, team_id, shift_id, business_date, shift_name, due_from, due_to, state)
      SELECT gen_random_uuid(), p.id, p.team_id, gen_random_uuid(), '2026-06-10', '早班', $1, $2, 'absent'
      FROM person p WHERE p.number = '1003'`,
    values: [new Date('2026-06-10T08:00+08:00'), new Date('2026-06-10T16:00+08:00')],
  });
  at('10T19:59');
  await scene.tick('dutyLogs');
  await lin.hearsNothing();
  at('10T20:00');
  await Promise.all([scene.tick('dutyLogs'), scene.tick('dutyLogs')]);
  const draft = await lin.hears();
  expect(draft.text).toContain('受理甲班 6月10日（周三） 值班日志的草稿已按今天的数据生成');
  const figures = draft.facts.join('\n');
  expect(figures).toContain('服务量 0 次，转人工 0 次，接起 0 次，现排队 0 位');
  expect(figures).toContain('新建工单 0 件，办结 0 件，未结 0 件，其中超时 0 件');
  expect(figures).toContain('旷工：沈佳怡');
  expect(figures).toMatch(/突发事件：#\d+ 城东光缆被挖断/);
  await scene.tick('dutyLogs');
  await lin.hearsNothing();

  expect((await lin.says('签日志')).text).toContain('还没有写：系统问题、疑难个案');
  expect((await lin.says('写日志 系统问题：账单查询 14:00–14:20 变慢')).text).toContain('已写入');
  expect((await lin.says('写日志：今晚有台风')).text).toBe('这条要记在哪一栏？');
  await lin.presses('其他');
  await lin.says('写日志：城东断网，客户投诉多');
  const signed = await lin.presses('签6月10日（周三）的值班日志');
  expect(signed.text).toContain('已签字并封存，已报客服部主任');
  expect((await song.hears()).text).toBe('林静雯已提交受理甲班 6月10日（周三） 值班日志。');
  expect((await lin.says('写日志 其他：补一句')).text).toContain('已经签字封存');

  at('11T10:00');
  const found = await lin.says('昨天的值班日志');
  expect(found.facts).toContain('系统问题: 账单查询 14:00–14:20 变慢');
  expect(found.facts).toContain('其他: 今晚有台风');
  expect(found.facts.at(-1)).toBe('状态: 林静雯已签字（6月10日（周三）20:00）');
  expect(found.buttons).toEqual([]);
  expect((await lin.says('6月3日的值班日志')).buttons).toEqual(['签6月3日（周三）的值班日志']);

  expect(await seal('受理甲班')).toBe('intact');
  const forge = `UPDATE duty_log SET sections = '{"system":"一切正常"}' WHERE state = 'signed'`;
  await scene.db.sql.query({ text: forge });
  expect(await seal('受理甲班')).toBe('changed');
});

test('at three in the morning it is the log of the evening before; agents have none', async () => {
  const [lin, zhou] = [await scene.colleague('2001'), await scene.colleague('1001')];
  at('11T03:00');
  await lin.says('写日志 疑难个案：无');
  expect((await logOf('受理甲班')).sections).toEqual({ cases: '无' });
  expect((await zhou.says('昨天的值班日志')).text).toContain('没有权限');
});

test('managers choose the team; a leader reads no other’s', async () => {
  const [song, zheng] = [await scene.colleague('4001'), await scene.colleague('2002')];
  const asked = await song.says('值班日志');
  expect(asked.text).toBe('要看哪个班组的值班日志？');
  expect((await song.presses('受理乙班 6月10日（周三） 值班日志')).card?.title).toContain('受理乙班');
  expect((await zheng.says('受理甲班昨天的值班日志')).text).toBe('您不能查看这个班组的值班日志。');
});

test('what is not signed is reminded of, then the head hears of it; on Monday the week goes to the head', async () => {
  const [lin, song] = [await scene.colleague('2001'), await scene.colleague('4001')];
  at('10T20:00');
  await scene.tick('dutyLogs');
  await lin.hears();
  at('11T08:30');
  await scene.tick('dutyLogs');
  expect((await lin.hears()).text).toContain('提醒：受理甲班 6月10日（周三） 值班日志还没有签字');
  at('11T12:00');
  await Promise.all([scene.tick('dutyLogs'), scene.tick('dutyLogs')]);
  const missing = await song.hears();
  expect(missing.text).toContain('受理甲班 6月10日（周三） 值班日志到现在还没有签字');
  await lin.says('写昨天的日志 系统问题：正常');
  await lin.says('写昨天的日志 疑难个案：无');
  await lin.says('签昨天的日志');
  await song.hears();
  at('15T09:00');
  await Promise.all([scene.tick('dutyLogs'), scene.tick('dutyLogs')]);
  const week = await song.hears();
  expect(week.text).toContain('6月8日（周一）至6月14日（周日）的值班日志');
  expect(week.text).toContain('受理甲班 6月10日（周三） 值班日志：系统问题：正常；疑难个案：无');
  await scene.tick('dutyLogs');
  await song.hearsNothing();
});
