import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadFacts } from '../../bot/staff/handover/facts.ts';
import { type Colleague, openStaffScene, type StaffScene } from './staff.ts';

/** 周晓彤 (1001) of team A; above her 林静雯 (2001, shift leader), 宋明哲 (4001, head), 顾文澜 (5001, director). */
let scene: StaffScene;
beforeAll(async () => {
  scene = await openStaffScene();
}, 60_000);
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.reset();
  await scene.db.sql.query({ text: 'ALTER SEQUENCE matter_no_seq RESTART' });
});

const at = (time: string) => scene.clock.moveTo(`2026-06-${time}+08:00`);
const who = async <N extends string>(...numbers: N[]) =>
  Object.fromEntries(await Promise.all(numbers.map(async (n) => [n, await scene.colleague(n)]))) as Record<
    N,
    Colleague
  >;

/** Says it and hands it in. */
async function reports(by: Colleague, text: string) {
  await by.says(text);
  return by.presses('确认提交');
}

describe('a report, level by level', () => {
  test('from the sentence to the instruction, acknowledged and carried out', async () => {
    const { 1001: zhou, 1003: shen, 2001: lin } = await who('1001', '1003', '2001');
    const summary = await zhou.says('请示：幸福小区宽带断网，客户来电增多，建议先发公告');
    expect(summary.facts).toEqual([
      '紧急程度: 一般',
      '事项: 幸福小区宽带断网，客户来电增多',
      '处理建议: 先发公告',
      '先报给: 班长 林静雯',
    ]);
    const sent = await zhou.presses('确认提交');
    expect(sent.text).toContain('请示 1：幸福小区宽带断网，客户来电增多');
    expect(sent.text).toContain('等班长 林静雯批示');

    const asked = await lin.hears();
    expect(asked.text).toBe('周晓彤向您请示，请批示。');
    expect(asked.buttons).toEqual(['同意建议', '写批示', '上报上级']);
    expect((await lin.presses('写批示')).card?.text).toContain('请写“批示 1：……”');
    expect((await lin.says('批示 1：先发公告，每半小时更新一次，由沈佳怡负责')).text).toContain(
      '已批示，由沈佳怡执行',
    );
    for (const each of [zhou, shen]) {
      const told = await each.hears();
      expect(told.text).toContain('林静雯已批示：先发公告，每半小时更新一次，由沈佳怡负责');
      await each.presses('收到');
    }
    expect((await zhou.says('办结 1：已发')).text).toBe('办结由执行人来写。');
    expect((await shen.says('办结 1：公告已发，客户来电回落')).text).toContain('已办结');
    for (const each of [zhou, lin])
      expect((await each.hears()).text).toContain('沈佳怡已办结：公告已发，客户来电回落');
    expect((await zhou.says('我的请示')).text).toContain('请示 1：幸福小区宽带断网，客户来电增多（已办结）');

    const { rows } = await scene.db.sql.query<{ action: string }>({
      text: `SELECT action FROM audit WHERE object = 'matter' AND object_id IN (SELECT id::text FROM matter)
        ORDER BY action`,
    });
    expect(rows.map(({ action }) => action)).toEqual([
      ...['matter.acknowledge', 'matter.acknowledge', 'matter.done', 'matter.instruct', 'matter.raise'],
    ]);
  });

  test('what is missing is asked for; 同意 is enough where one suggestion waits', async () => {
    const { 1001: zhou, 2001: lin } = await who('1001', '2001');
    expect((await zhou.says('请示：客户要求上门道歉')).text).toContain('请示要带处理建议');
    expect((await zhou.says('由投诉专员陪同上门')).facts).toContain('处理建议: 由投诉专员陪同上门');
    await zhou.presses('确认提交');
    await lin.hears();
    expect((await lin.says('同意')).text).toContain('已批示');
    expect((await zhou.hears()).text).toContain('同意建议：由投诉专员陪同上门');
    // A no is an instruction, too, in the leader's own words.
    await reports(zhou, '请示：客户要求赔偿，建议先赔100元');
    await lin.hears();
    expect((await lin.says('不同意，先核实录音')).text).toContain('已批示');
    expect((await zhou.hears()).text).toContain('林静雯已批示：不同意，先核实录音');
  });

  test('passed up by the leader; nobody is skipped, whoever presses', async () => {
    const { 1001: zhou, 2001: lin, 4001: song } = await who('1001', '2001', '4001');
    await reports(zhou, '请示：资费争议超出权限，建议退费200元');
    await lin.hears();
    expect((await song.says('批示 1：同意')).text).toBe('这件请示现在不由您处理。');
    expect((await lin.presses('上报上级')).card?.outcome).toContain('等客服部主任 宋明哲批示');
    expect((await zhou.hears()).text).toContain('您的请示已逐级上报');
    const asked = await song.hears();
    expect(asked.facts.join('\n')).toContain('林静雯逐级上报');
    const cards = await Promise.all([1, 2, 3].map(() => song.press(asked.card?.buttons?.[0])));
    for (const card of cards) expect(card.outcome).toContain('已批示，由周晓彤执行');
    expect((await zhou.hears()).text).toContain('同意建议：退费200元');
    expect((await lin.says('批示 1：不退')).text).toBe('这件请示已经有批示了。');
    expect(await scene.db.prisma.matterWord.count({ where: { kind: 'instruct' } })).toBe(1);
  });
});

describe('skipping levels', () => {
  test('is refused with the clause where it is no emergency, and goes to the direct leader', async () => {
    const { 1001: zhou, 2001: lin } = await who('1001', '2001');
    const refused = await zhou.says('请示宋主任：想调换座位，建议换到3号席');
    expect(refused.text).toContain('“请示汇报应逐级进行，不得越级；紧急情况可以越级，事后报告。”');
    expect(refused.text).toContain('请先报给班长 林静雯，不能直接报给客服部主任 宋明哲');
    await zhou.presses('班长 林静雯');
    await zhou.presses('确认提交');
    expect((await lin.hears()).text).toBe('周晓彤向您请示，请批示。');
  });

  test('in an emergency it goes up at once; the skipped is told with the instruction', async () => {
    const { 1001: zhou, 2001: lin, 4001: song } = await who('1001', '2001', '4001');
    const summary = await zhou.says('紧急请示宋主任：机房冒烟，建议立即断电报警');
    expect(summary.facts).toContain('越过: 班长 林静雯');
    await zhou.presses('确认提交');
    expect((await song.hears()).text).toContain('紧急：周晓彤向您请示');
    await lin.hearsNothing();
    await song.presses('同意建议');
    const told = await lin.hears();
    expect(told.text).toContain('因情况紧急，这件事越过您直接上报');
    expect(told.facts.join('\n')).toContain('宋明哲批示');
    expect((await zhou.hears()).text).toContain('宋明哲已批示');
    at('10T11:00');
    await scene.tick('matters');
    await lin.hearsNothing();
  });

  test('without an instruction the skipped is told by the clock, once, whatever process', async () => {
    const { 1001: zhou, 2001: lin, 5001: gu } = await who('1001', '2001', '5001');
    await reports(zhou, '紧急请示中心主任：客户扬言伤人，建议报警');
    await gu.hears();
    at('10T10:29');
    await scene.tick('matters');
    await lin.hearsNothing();
    at('10T10:30');
    await Promise.all([scene.tick('matters'), scene.tick('matters')]);
    expect((await lin.hears()).text).toContain('越过您直接上报');
    await scene.tick('matters');
    await lin.hearsNothing();
  });
});

test('a different opinion: recorded, the instruction carried out first, then the level above rules', async () => {
  const { 1001: zhou, 2001: lin, 4001: song } = await who('1001', '2001', '4001');
  await reports(zhou, '请示：客户要求赔偿，建议先核实录音');
  await lin.hears();
  await lin.says('批示 1：直接回绝');
  await zhou.hears();
  expect((await zhou.presses('保留意见')).card?.text).toContain('批示仍要先执行');
  expect((await zhou.says('保留意见 1：未核实就回绝，可能升级投诉')).text).toContain('批示请先执行');
  expect((await lin.hears()).text).toContain('周晓彤对批示有保留意见：未核实就回绝，可能升级投诉');
  await song.hearsNothing();
  await zhou.says('办结 1：已回绝客户');
  const asked = await song.hears();
  expect(asked.text).toBe('批示已执行，执行人有保留意见，请裁定。');
  expect(asked.buttons).toEqual(['写批示', '上报上级']);
  await lin.hears();
  expect((await song.says('批示 1：请投诉专员复核录音后再回复客户')).text).toContain('裁定已记录');
  for (const each of [zhou, lin])
    expect((await each.hears()).text).toContain('宋明哲对保留意见的裁定：请投诉专员复核录音后再回复客户');
});

test('unanswered: the leader is reminded, then the level above may answer; acknowledging is reminded of too', async () => {
  const { 1001: zhou, 2001: lin, 4001: song } = await who('1001', '2001', '4001');
  await reports(zhou, '加急请示：系统查不到账单，建议先登记后回电');
  await lin.hears();
  at('10T10:30');
  await scene.tick('matters');
  expect((await lin.hears()).text).toContain('提醒：周晓彤的请示还在等您批示');
  await song.hearsNothing();
  at('10T11:00');
  await Promise.all([scene.tick('matters'), scene.tick('matters')]);
  const escalated = await song.hears();
  expect(escalated.text).toContain('林静雯还没有批示周晓彤的请示，现在也可以由您批示');
  await lin.hears();
  await song.presses('同意建议');
  await zhou.hears();
  expect((await lin.says('批示 1：再等等')).text).toBe('这件请示已经有批示了。');
  at('10T11:30');
  await scene.tick('matters');
  expect((await zhou.hears()).text).toContain('批示还没有确认收到');
  await scene.tick('matters');
  await zhou.hearsNothing();
});

test('what was reported urgently is an incident of the handover', async () => {
  const { 1001: zhou } = await who('1001');
  await reports(zhou, '加急请示：城东光缆被挖断，建议发布公告');
  await reports(zhou, '请示：耳机坏了，建议更换');
  const team = await scene.db.prisma.team.findUniqueOrThrow({ where: { name: '受理甲班' } });
  const since = Date.parse('2026-06-10T08:00+08:00');
  const handover = { teamId: team.id, since, changeAt: since, incoming: [] };
  const facts = await loadFacts(scene.db.sql, handover, scene.parts.handover, scene.clock.now() + 1);
  expect(facts.incidents).toEqual(['#1 城东光缆被挖断']);
});
