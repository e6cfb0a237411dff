import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadRoster } from '../../bot/staff/roster/store.ts';
import { uuidv7 } from '../../prisma/client.ts';
import { type Colleague, openStaffScene, type StaffScene } from './staff.ts';
import { changeRoster, rememberShifts } from './swapping.ts';

/**
 * Wednesday 10 June, 17:00: the middle shift is on with its leader 2002, the duty manager 7003 until 18:00. Rested
 * enough for the evening are 1007 (off since the night), 1008 and 1010 (a day off).
 */
let scene: StaffScene;
let putBack: () => Promise<void>;
beforeAll(async () => {
  scene = await openStaffScene('2026-06-10T17:00+08:00');
  putBack = await rememberShifts(scene);
}, 60_000);
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.reset();
  await putBack();
  await scene.db.sql.query({
    text: 'TRUNCATE surge, surge_answer, surge_consent, attendance, episode CASCADE',
  });
});

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
const at = (time: string) => scene.clock.moveTo(`2026-06-10T${time}+08:00`);
const round = () => scene.tick('surge');
const rounds = () => Promise.all([round(), round(), round()]);
const surges = () => scene.db.prisma.surge.findMany({ orderBy: { startedAt: 'asc' } });

/** So many contacts that waited for a person, spread over the half hour before `end` (epoch ms). */
async function contacts(count: number, end: number): Promise<void> {
  const { conversationId } = await scene.colleague('1001');
  await scene.db.prisma.episode.createMany({
    data: Array.from({ length: count }, (_, i) => {
      const queuedAt = new Date(end - MINUTE - (i * 29 * MINUTE) / count);
      const taken = { takenAt: queuedAt, closedAt: new Date(queuedAt.getTime() + 5 * MINUTE) };
      return { id: uuidv7(end), conversationId, owner: 'agent', openedAt: queuedAt, queuedAt, ...taken };
    }),
  });
}

/** Six an hour in this hour of the past four weeks; then thirty in half an hour. */
async function surge(): Promise<void> {
  for (let week = 1; week <= 4; week++)
    for (const half of [0, 30]) await contacts(3, scene.clock.now() - week * WEEK - half * MINUTE);
  await contacts(30, scene.clock.now());
}

async function agreeing(...numbers: string[]): Promise<Colleague[]> {
  return Promise.all(
    numbers.map(async (number) => {
      const colleague = await scene.colleague(number);
      expect((await colleague.says('可以叫我加班')).text).toContain('话务高峰时会来问您');
      return colleague;
    }),
  );
}

async function extraOf({ id }: Colleague): Promise<string[]> {
  const [from, to] = [Date.parse('2026-06-10T17:00+08:00'), Date.parse('2026-06-10T23:00+08:00')];
  const { duties } = await loadRoster(scene.db.sql, { from, to, people: [id] });
  const own = duties.filter(({ personId, name }) => personId === id && name === '加班');
  return own.map((duty) => `${(duty.from - from) / (60 * MINUTE)}–${(duty.to - from) / (60 * MINUTE)}`);
}

test('leaders are told once; where two decide at the same time there is one decision, and both read it', async () => {
  await agreeing('1007');
  const [leader, manager] = [await scene.colleague('2002'), await scene.colleague('7003')];
  await surge();
  await rounds();
  const alert = await leader.hears();
  expect(alert.text).toBe(
    '话务高峰：最近 30 分钟来了 30 个，平时约 3 个；在岗 6 人，约缺 2 人。要叫同意加班的同事来支援吗？',
  );
  expect(alert.buttons).toEqual(['叫人支援', '暂不需要']);
  const other = await manager.hears();
  at('17:05');
  await contacts(5, scene.clock.now());
  await rounds();
  await leader.hearsNothing();

  const call = alert.card?.buttons?.[0];
  const presses = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      i % 2 === 0 ? leader.press(call) : manager.press(other.card?.buttons?.[1]),
    ),
  );
  expect(await surges()).toHaveLength(1);
  const [{ state: decided } = { state: '' }] = await surges();
  expect(['calling', 'dismissed']).toContain(decided);
  expect(new Set(presses.map(({ outcome }) => outcome)).size, 'one decision, the same answer to all').toBe(1);
});

test('from the call to the roster, with a restart in between', async () => {
  const [su, deng, zeng, zhou, ye] = await agreeing('1007', '1008', '1010', '1001', '1009');
  if (!su || !deng || !zeng || !zhou || !ye) throw new Error('who?');
  const leader = await scene.colleague('2002');
  await surge();
  await round();
  await leader.hears();
  const called = await leader.presses('叫人支援');
  expect(called.card?.outcome).toBe('郑凯文已叫人，问了 3 人，已来 0 人，需要 2 人');
  await scene.restart();
  const asked = await su.hears();
  expect(asked.text).toBe(
    '现在话务高峰，需要支援。6月10日（周三）18:00–22:00能来加班吗？先到先得，30 分钟内答复有效。',
  );
  expect(asked.buttons).toEqual(['能来', '来不了']);
  // Their rest would be too short.
  await zhou.hearsNothing();
  await ye.hearsNothing();
  const [askedDeng, askedZeng] = [await deng.hears(), await zeng.hears()];
  const yes = await Promise.all(Array.from({ length: 8 }, () => su.press(asked.card?.buttons?.[0])));
  expect(new Set(yes.map(({ outcome }) => outcome))).toEqual(
    new Set(['已排班：6月10日（周三）18:00–22:00加班，辛苦了。']),
  );
  expect(await extraOf(su)).toEqual(['1–5']);
  // The second and the third at the same time: one of them comes, the other hears that it is filled.
  const both = await Promise.all([
    deng.press(askedDeng.card?.buttons?.[0]),
    zeng.press(askedZeng.card?.buttons?.[0]),
  ]);
  const outcomes = both.map(({ outcome }) => outcome).sort();
  expect(outcomes).toEqual([
    '人已经齐了，这次不用来了，谢谢。',
    '已排班：6月10日（周三）18:00–22:00加班，辛苦了。',
  ]);
  expect([...(await extraOf(deng)), ...(await extraOf(zeng))]).toEqual(['1–5']);
  expect((await leader.hears()).text).toBe('加班支援的结果：人已齐：2 人来支援。');
  const seen = await leader.says('高峰支援');
  expect(seen.facts).toContain('情况: 人已齐：2 人来支援');
  expect(seen.facts.at(-1)).toMatch(/苏婉清：来/);

  at('17:50');
  expect((await su.says('签到')).text).toBe('已签到：6月10日（周三）加班，17:50。');
  await rounds();
  await leader.hearsNothing();
});

test('the next surge is told again once this one has been over for an hour', async () => {
  const leader = await scene.colleague('2002');
  await surge();
  await round();
  await leader.hears();
  expect((await leader.presses('暂不需要')).card?.outcome).toBe('郑凯文：暂不需要');
  at('17:31');
  await rounds();
  at('17:59');
  await rounds();
  expect((await surges()).map(({ endedAt }) => endedAt)).toEqual([null]);
  at('18:00');
  await rounds();
  expect((await surges()).map(({ endedAt }) => endedAt)).toEqual([new Date('2026-06-10T18:00+08:00')]);
  at('19:00');
  await surge();
  await rounds();
  expect((await leader.hears()).text).toContain('话务高峰');
  expect(await surges()).toHaveLength(2);
});

test('who can’t come, who may not any more, who does not answer: the leader reads how it went', async () => {
  const [su, deng, zeng] = await agreeing('1007', '1008', '1010');
  if (!su || !deng || !zeng) throw new Error('who?');
  const leader = await scene.colleague('2002');
  await surge();
  await round();
  await leader.hears();
  await leader.presses('叫人支援');
  const [yes, no] = (await su.hears()).card?.buttons ?? [];
  for (const each of [deng, zeng]) await each.hears();
  for (const button of [no, no, yes]) expect((await su.press(button)).outcome).toBe('好的，已记下您来不了。');
  const { teamId } = await scene.db.prisma.person.findUniqueOrThrow({ where: { id: deng.id } });
  const [startsAt, endsAt] = [Date.parse('2026-06-10T21:00+08:00'), Date.parse('2026-06-10T23:00+08:00')];
  const training = { id: uuidv7(0), personId: deng.id, teamId: teamId ?? '', businessDate: '2026-06-10' };
  await changeRoster(scene, { plan: [{ ...training, name: '培训', night: false, startsAt, endsAt }] });
  expect((await deng.presses('能来')).card?.outcome).toContain('您已有班、在请假，或两班之间休息不足 8 小时');
  expect(await extraOf(deng)).toEqual([]);
  at('17:29');
  await rounds();
  await leader.hearsNothing();
  at('17:30');
  await rounds();
  const outcome = await leader.hears();
  expect(outcome.text).toBe('加班支援的结果：已来 0 人，需要 2 人，没有叫齐。');
  expect(outcome.facts.at(-1)).toBe('答复: 苏婉清：不来\n邓志远：未答复（已截止）\n曾嘉豪：未答复（已截止）');
  expect((await zeng.hears()).text).toBe('答复时间已过，这次不用来了，谢谢。');
});

test('nobody agreed, nothing known of past weeks, a handful of contacts', async () => {
  const leader = await scene.colleague('2002');
  await contacts(30, scene.clock.now());
  await rounds();
  expect(await surges(), 'without past weeks there is no forecast').toEqual([]);
  await scene.db.sql.query({ text: 'DELETE FROM episode' });
  await contacts(3, scene.clock.now() - WEEK);
  await contacts(9, scene.clock.now());
  await rounds();
  expect(await surges()).toEqual([]);
  const [zeng] = await agreeing('1010');
  expect((await zeng?.says('请别叫我加班。'))?.text).toContain('以后不会叫您加班');
  await surge();
  await rounds();
  await leader.hears();
  expect((await leader.presses('叫人支援')).card?.outcome).toContain('现在没有可以叫的人');
  expect(await surges()).toMatchObject([{ state: 'short' }]);
  const agent = await scene.colleague('1001');
  expect((await agent.says('高峰支援')).text).toContain('没有权限');
  const setting = await agent.says('/overtime');
  expect(setting.buttons).toEqual(['可以叫我加班']);
  await agent.presses('可以叫我加班');
  expect((await agent.says('加班设置')).buttons).toEqual(['别叫我加班']);
});
