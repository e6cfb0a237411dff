import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSealing } from '../../bot/people/sealing.ts';
import { loadMonth } from '../../bot/staff/attendance/month.ts';
import { loadFacts } from '../../bot/staff/handover/facts.ts';
import { type HandoverRecord, handoverById } from '../../bot/staff/handover/record.ts';
import { verifySeal } from '../../bot/staff/handover/seal.ts';
import { whoIsOn } from '../../bot/staff/roster/on-duty.ts';
import { type Colleague, openStaffScene, type StaffScene } from './staff.ts';

/** Team A on 10 June: 1001, 1003 and their leader 2001 go at 16:00, 1005 comes; at midnight 1005 goes, 1009 comes. */
let scene: StaffScene;
beforeAll(async () => {
  scene = await openStaffScene();
}, 60_000);
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.reset();
  await scene.db.sql.query({ text: 'TRUNCATE handover, handover_item RESTART IDENTITY CASCADE' });
  await scene.db.sql.query({ text: 'ALTER SEQUENCE handover_question_no_seq RESTART' });
});

const at = (time: string) => scene.clock.moveTo(`2026-06-${time}+08:00`);
const round = () => scene.tick('handovers');
async function recordAt(time: string): Promise<HandoverRecord> {
  const team = await scene.db.prisma.team.findUniqueOrThrow({ where: { name: '受理甲班' } });
  const changeAt = new Date(`2026-06-${time}+08:00`);
  const { id } = await scene.db.prisma.handover.findFirstOrThrow({ where: { teamId: team.id, changeAt } });
  const record = await handoverById(scene.db.sql, id);
  if (!record) throw new Error('no such handover');
  return record;
}

/** Who is on for team A at that minute, as everybody is told. */
async function onAt(time: string): Promise<string[]> {
  const on = await whoIsOn(scene.db.sql, Date.parse(`2026-06-${time}+08:00`), {});
  return on.filter(({ team }) => team?.name === '受理甲班').map(({ name }) => name);
}

/** Granted leave of a whole day; where they have no shift the roster knows nothing of it. */
async function onLeave({ id: personId }: Colleague, date: string): Promise<void> {
  const [fromDate, toDate] = [new Date(date), new Date(date)];
  await scene.db.prisma.leaveRequest.create({
    data: {
      ...{
        id: randomUUID(),
        personId,
        kind: 'personal',
        fromDate,
        toDate,
        days: 1,
        shiftIds: [],
        reason: '',
      },
      ...{ checks: {}, ladder: {}, state: 'approved', createdAt: new Date(scene.clock.now()) },
    },
  });
}

/** The handover at four, as far as the outgoing colleague's word that it is complete. */
async function written(...problems: string[]): Promise<{ zhou: Colleague; lin: Colleague; tang: Colleague }> {
  const [zhou, lin, tang] = await Promise.all(
    ['1001', '2001', '1005'].map((number) => scene.colleague(number)),
  );
  if (!zhou || !lin || !tang) throw new Error('who?');
  at('10T15:45');
  await round();
  for (const each of [zhou, lin, tang]) await each.hears();
  for (const problem of problems) await zhou.says(`遗留问题：${problem}`);
  await zhou.says('写交接：设备正常');
  expect((await zhou.says('其余无，完成交接')).text).toContain('他们接班前仍由您负责');
  return { zhou, lin, tang };
}

describe('a handover, from the quarter of an hour before to the signature', () => {
  test('opens by itself 15 minutes before, once, and tells those who go and those who come', async () => {
    const [zhou, tang] = [await scene.colleague('1001'), await scene.colleague('1005')];
    at('10T15:44:59');
    await round();
    await zhou.hearsNothing();
    at('10T15:45');
    await Promise.all([round(), round(), round()]);
    const opened = await zhou.hears();
    expect(opened.text).toContain('受理甲班 6月10日（周三）16:00 换班的交接已打开');
    expect(opened.buttons).toEqual(['写交接', '完成交接']);
    expect(opened.facts).toContain('交班: 周晓彤、沈佳怡、林静雯');
    expect(opened.facts).toContain('接班: 唐雨菲（待接班）');
    expect(opened.facts.join('\n')).toContain('未结工单 0 件，其中超时 0 件');
    expect((await tang.hears()).text).toContain('请提前 10 分钟到岗点名，先看最新通告和业务变更');
    await round();
    await zhou.hearsNothing();
    expect(
      await scene.db.prisma.handover.count({ where: { changeAt: new Date('2026-06-10T16:00+08:00') } }),
    ).toBe(2);
  });

  test('is written by sentence and by form, one after the other', async () => {
    const zhou = await scene.colleague('1001');
    at('10T15:45');
    await round();
    await zhou.hears();
    expect((await zhou.says('写交接：设备正常，3号耳机已送修')).text).toContain('已记入“设备状况”');
    const unsure = await zhou.says('写交接：晚上可能有台风');
    expect(unsure.text).toBe('这条要记在哪一栏？');
    expect((await zhou.presses('疑难问题')).text).toContain('已记入“疑难问题”');
    // What stands there is not asked again; a command in between is answered, then the form goes on.
    expect((await zhou.says('写交接')).text).toContain('人员和班次有什么变动');
    expect((await zhou.says('遗留问题')).text).toContain('现在没有遗留问题');
    await zhou.says('跳过');
    await zhou.says('跳过');
    await zhou.says('夜间报修先电话核实');
    await zhou.says('跳过');
    const summary = await zhou.says('跳过');
    expect(summary.facts).toEqual([
      '设备状况: 设备正常，3号耳机已送修',
      '疑难问题: 晚上可能有台风',
      '上级指示: 夜间报修先电话核实',
    ]);
    expect((await zhou.presses('确认提交')).buttons).toEqual(['完成交接', '写交接']);
    expect((await recordAt('10T16:00')).sections).toEqual({
      equipment: '设备正常，3号耳机已送修',
      difficult: '晚上可能有台风',
      instructions: '夜间报修先电话核实',
    });
  });

  test('is not complete while equipment, problems or staff are empty; 其余无 says there is nothing else', async () => {
    const [zhou, tang] = [await scene.colleague('1001'), await scene.colleague('1005')];
    at('10T15:45');
    await round();
    await zhou.hears();
    await tang.hears();
    await zhou.says('写交接：设备正常');
    const refused = await zhou.says('完成交接');
    expect(refused.text).toContain('还有栏目没有写：疑难问题、人员与班次变动。');
    expect(refused.buttons).toEqual(['写交接', '其余无，完成交接']);
    expect(await recordAt('10T16:00')).toMatchObject({ state: 'open' });
    expect((await tang.says('其余无')).text).toContain('要由交班、接班的同事本人或班长来做');
    await zhou.says('完成交接');
    expect((await zhou.presses('其余无，完成交接')).text).toContain('交接已写完');
    expect(await recordAt('10T16:00')).toMatchObject({
      state: 'completed',
      sections: { equipment: '设备正常', difficult: '无', staff: '无' },
    });
  });

  test('who comes reads back every problem, asks, takes over; it is sealed, and a change is noticed', async () => {
    const { zhou, lin, tang } = await written('幸福小区宽带大面积断网', '王女士账单要回电');
    const asked = await tang.hears();
    expect(asked.text).toContain('周晓彤 已写完');
    expect(asked.text).toContain('请复述并确认：#1 幸福小区宽带大面积断网（已 0 分钟）');
    expect(asked.buttons).toEqual(['确认 #1']);
    expect((await tang.says('接班')).text).toContain('还有遗留问题没有确认');
    await tang.presses('确认 #1');
    expect((await tang.says('提问：抢修队的电话是多少？')).text).toContain('已向交班的同事提问（1）');
    expect((await zhou.hears()).text).toBe('唐雨菲 提问 1：抢修队的电话是多少？\n请回复“答复 1：……”。');
    expect((await zhou.says('答复 1：内线 8010')).text).toContain('已答复');
    expect((await tang.hears()).text).toBe('提问 1 的答复（周晓彤）：内线 8010');
    const all = await tang.says('复述 #2：给王女士回电');
    expect(all.text).toContain('遗留问题已全部确认');
    at('10T15:58');
    expect((await tang.presses('接班')).text).toContain('6月10日（周三）16:00 起由您负责');
    for (const each of [zhou, lin])
      expect((await each.hears()).text).toContain('的交接已完成：接班人都已接班');

    const record = await recordAt('10T16:00');
    expect(record).toMatchObject({ state: 'accepted', decisions: [], questions: [{ answer: '内线 8010' }] });
    const sealing = createSealing(Buffer.alloc(32, 1));
    expect(await verifySeal(scene.db.sql, sealing, record)).toBe('intact');
    expect((await zhou.says('写交接：补一句')).text).toContain('没有进行中的交接班');
    const forge = `UPDATE handover SET sections = '{"equipment":"一切正常"}'`;
    await scene.db.sql.query({ text: forge });
    expect(await verifySeal(scene.db.sql, sealing, await recordAt('10T16:00'))).toBe('changed');
  });

  test('a problem that comes up after it was written goes along, and is read back too', async () => {
    const { zhou, tang } = await written();
    expect((await tang.hears()).buttons).toEqual(['接班']);
    await zhou.says('遗留问题：机房空调报警');
    expect((await tang.hears()).text).toBe('交接里新增了遗留问题 #1：机房空调报警');
    expect((await tang.says('接班')).buttons).toEqual(['确认 #1']);
    await tang.presses('确认 #1');
    expect((await tang.presses('接班')).text).toContain('您已接班');
  });
});

test('a card that was left behind does nothing to the next handover', async () => {
  const { tang } = await written();
  const coming = await tang.hears();
  const accept = coming.card?.buttons?.[0]?.value ?? '';
  await tang.presses('接班');
  at('10T23:46');
  await round();
  const opened = await tang.hears();
  const complete = opened.card?.buttons?.find(({ title }) => title === '完成交接')?.value ?? '';
  const ye = await scene.colleague('1009');
  await ye.hears();
  // What completes at four must not complete, or take over, at midnight.
  const over = '这是 受理甲班 6月10日（周三）16:00 的交接，已经完成，没有改动。';
  expect((await tang.says(accept)).text).toContain(over);
  await tang.says('其余无');
  expect((await tang.says(complete.replace(/\S+$/, accept.split(' ').at(-1) ?? ''))).text).toContain(over);
  expect(await recordAt('11T00:00')).toMatchObject({ state: 'open' });
  expect((await tang.says(complete)).text).toContain('交接已写完');
  expect(await recordAt('11T00:00')).toMatchObject({ state: 'completed' });
});

test('a problem is handed on with its age until somebody closes it with a word', async () => {
  const { tang } = await written('幸福小区宽带大面积断网');
  await tang.hears();
  await tang.presses('确认 #1');
  await tang.presses('接班');
  const ye = await scene.colleague('1009');
  at('10T23:46');
  await round();
  const opened = await tang.hears();
  expect(opened.facts).toContain('遗留问题: #1 幸福小区宽带大面积断网（已 8 小时，周晓彤）');
  await ye.hears();
  await tang.says('其余无，完成交接');
  await ye.hears();
  await ye.presses('确认 #1');
  await ye.presses('接班');
  at('11T05:00');
  expect((await ye.says('关闭 #1')).text).toContain('请写明怎么解决的');
  expect((await ye.says('关闭 #1：已抢修恢复')).text).toBe('已关闭 #1：已抢修恢复');
  expect((await ye.says('关闭 #1：再关一次')).text).toContain('之前已经关闭');
  expect((await ye.says('遗留问题')).text).toContain('现在没有遗留问题');
  // Closed later: the record of the night still holds.
  expect(await verifySeal(scene.db.sql, createSealing(Buffer.alloc(32, 1)), await recordAt('11T00:00'))).toBe(
    'intact',
  );

  at('11T10:00');
  const past = await ye.says('昨天夜里的交接记录');
  expect(past.card?.title).toBe('交接班 · 受理甲班 6月11日（周四）00:00');
  expect(past.facts).toContain('遗留问题: #1 幸福小区宽带大面积断网（已解决：已抢修恢复）');
  expect((await ye.says('6月3日的交接记录')).text).toContain('没有找到6月3日（周三）的交接记录');
});

test('the figures name tickets, knowledge, changes of the next shift and incidents, where somebody keeps them', async () => {
  await written();
  const { sql } = scene.db;
  const record = await recordAt('10T16:00');
  await sql.query({
    text: `INSERT INTO ticket (id, number, last8, kind, category, description, contact_sealed, contact_masked, dispatch_due_at,
        due_at, state, created_by, created_at)
      VALUES (gen_random_uuid(), 'TS2026061000000001', '00000001', 'complaint', 'other', '账单', '', '', $1, $2, 'open', 'bot', $1),
        (gen_random_uuid(), 'TS2026061000000002', '00000002', 'complaint', 'other', '账单', '', '', $1, $2, 'answered', 'bot', $1)`,
    values: [new Date('2026-06-10T15:00+08:00'), new Date('2026-06-12T15:00+08:00')],
  });
  const shift = await scene.db.prisma.shift.findFirstOrThrow({
    where: { startsAt: new Date('2026-06-10T16:00+08:00'), person: { number: '1005' } },
  });
  await sql.query({
    text: `INSERT INTO roster_override (id, shift_id, off_person_id, on_person_id, starts_at, ends_at, cause, cause_id, created_at)
      SELECT gen_random_uuid(), $1, $2, p.id, $3, $4, 'swap', gen_random_uuid(), $3 FROM person p WHERE p.number = '1006'`,
    values: [shift.id, shift.personId, shift.startsAt, shift.endsAt],
  });
  const incidents = async () => ['城东光缆被挖断，影响约 300 户'];
  const facts = await loadFacts(sql, record, { incidents }, scene.clock.now());
  await sql.query({ text: 'DELETE FROM roster_override' });
  await sql.query({ text: 'DELETE FROM ticket' });
  expect(facts).toMatchObject({
    ...{
      ticketsOpen: 2,
      ticketsOverdue: 1,
      overdue: ['TS2026061000000001'],
      callbacks: 1,
      queue: 0,
      unread: [],
    },
    changes: [{ cause: 'swap', off: '唐雨菲', on: '彭浩然' }],
    incidents: ['城东光缆被挖断，影响约 300 户'],
  });
  expect(record.facts, 'as it was when it was completed').toMatchObject({ ticketsOpen: 0, changes: [] });
  expect(record.facts?.incidents).toEqual([]);
});

describe('somebody is missing', () => {
  test('the leader is told after 10 minutes, those who go stay; a release goes on record with its reason', async () => {
    const { zhou, lin, tang } = await written();
    await tang.hears();
    at('10T16:09');
    await round();
    await lin.hearsNothing();
    at('10T16:10');
    await Promise.all([round(), round()]);
    const alert = await lin.hears();
    expect(alert.text).toContain('还没有完成，还没有接班：唐雨菲');
    expect(alert.buttons).toEqual(['放行唐雨菲']);
    expect((await zhou.hears()).text).toContain('接班完成前仍由您负责');
    await round();
    await lin.hearsNothing();
    expect((await zhou.says('放行唐雨菲：我要回家')).text).toContain('要由交班、接班的同事本人或班长来做');
    expect((await lin.presses('放行唐雨菲')).text).toContain('请写明原因');
    expect((await lin.says('放行唐雨菲：家中急事，乙班人手够')).text).toContain('已记录：放行，唐雨菲未到');
    expect((await zhou.hears()).text).toContain('由 林静雯 决定放行或顶班');
    expect(await recordAt('10T16:00')).toMatchObject({
      state: 'decided',
      decisions: [{ kind: 'release', note: '家中急事，乙班人手够' }],
    });
    expect((await tang.hears()).text).toContain('的交接已完成');
  });

  test('a stand-in is named, is on the roster from that moment, and takes over like anybody', async () => {
    const { lin, tang } = await written('机房空调报警');
    await tang.hears();
    const peng = await scene.colleague('1006');
    at('10T16:12');
    expect((await lin.says('由1006顶班唐雨菲：发烧')).text).toContain('由彭浩然顶班');
    expect(await onAt('10T16:11')).toEqual(['唐雨菲']);
    expect(await onAt('10T16:12')).toEqual(['彭浩然']);
    expect(await onAt('10T23:59')).toEqual(['彭浩然']);
    expect((await peng.hears()).text).toContain('班长请您接');
    expect((await tang.says('接班')).text).toContain('班长已安排别人顶这个班');
    await peng.presses('确认 #1');
    at('10T16:20');
    expect((await peng.presses('接班')).text).toContain('您已接班');
    expect(await recordAt('10T16:00')).toMatchObject({ state: 'decided' });

    at('10T23:45');
    await round();
    const next = await recordAt('11T00:00');
    expect(next.outgoing, 'who hands over at midnight').toEqual([peng.id]);
    // They may hear first how the handover before ended.
    await expect.poll(async () => (await peng.hears()).facts).toContain('交班: 彭浩然');
  });

  test('who stays on because nobody came has the shift from the change on; who can’t is refused with the reason', async () => {
    const { lin, tang, zhou } = await written();
    await tang.hears();
    const ye = await scene.colleague('1009');
    at('10T16:12');
    // Of another team, on the same shift.
    expect((await lin.says('由1004顶班唐雨菲：发烧')).text).toContain('这位同事那段时间有别的班');
    await onLeave(ye, '2026-06-10');
    expect((await lin.says('由1009顶班唐雨菲：发烧')).text).toContain('这位同事那天请了假');
    expect(await onAt('10T16:12')).toEqual(['唐雨菲']);
    expect((await recordAt('10T16:00')).decisions).toEqual([]);
    expect((await lin.says('由1001顶班唐雨菲：发烧')).text).toContain('由周晓彤顶班');
    expect(await onAt('10T16:00')).toEqual(['周晓彤']);
    await zhou.hears();
    await zhou.presses('接班');
    expect(await recordAt('10T16:00')).toMatchObject({ state: 'decided' });
  });

  test('the month names the missing one absent, the stand-in there and not late', async () => {
    await scene.db.sql.query({ text: 'TRUNCATE attendance, attendance_breach, roll_call CASCADE' });
    const { lin, tang } = await written();
    await tang.hears();
    const peng = await scene.colleague('1006');
    const minute = () => scene.tick('attendance');
    await minute();
    await lin.says('由1006顶班唐雨菲：发烧');
    await peng.hears();
    at('10T16:18');
    await peng.presses('接班');
    await minute();
    at('10T16:20');
    await minute();
    const breaches = await scene.db.prisma.attendanceBreach.findMany({
      where: { personId: { in: [tang.id, peng.id] } },
    });
    expect(breaches, 'she was to come, and did not').toMatchObject([{ personId: tang.id, minutes: 20 }]);
    at('11T00:00');
    await minute();
    const lines = await loadMonth(
      scene.db.sql,
      '2026-06',
      {},
      scene.parts.policy().policy,
      scene.clock.now(),
    );
    const [missing, came] = [tang, peng].map(({ id }) => lines.find(({ person }) => person.id === id));
    expect(missing).toMatchObject({ absent: 1, attended: 0 });
    expect(came).toMatchObject({ absent: 0, attended: 1, late: { times: 0 } });
  });

  test('where the leader is among the missing, the duty manager is told and decides', async () => {
    const [ye, lin, han] = [
      await scene.colleague('1009'),
      await scene.colleague('2001'),
      await scene.colleague('7003'),
    ];
    at('11T07:45');
    await round();
    await ye.hears();
    await ye.says('其余无，完成交接');
    at('11T08:10');
    await round();
    const alert = await han.hears();
    expect(alert.buttons).toEqual(['放行周晓彤', '放行林静雯']);
    expect((await lin.says('放行林静雯：我病了')).text).toContain('不能决定自己的事');
    expect((await han.says('放行林静雯：发烧')).text).toContain('已记录：放行，林静雯未到');
    expect((await han.says('放行1001：路上堵车，乙班先顶')).text).toContain('已记录：放行，周晓彤未到');
    expect(await recordAt('11T08:00')).toMatchObject({ state: 'decided', decisions: [{}, {}] });
  });

  test('nobody decides about who is not there, and the words say so', async () => {
    const { lin } = await written();
    expect((await lin.says('放行韩立群：不来')).text).toContain('没有在这次交接里找到“韩立群”');
    expect((await lin.says('放行全部：停班')).text).toContain('不在待接班名单里');
  });
});
