import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setPresence } from '../../bot/desk/presence.ts';
import { fileStore } from '../../bot/files/store.ts';
import { readRows } from '../../bot/staff/roster/files/rows.ts';
import { type Colleague, openStaffScene, type StaffScene } from './staff.ts';

/** Team A on 10 June: 1001 周晓彤, 1003 沈佳怡 and their leader 2001 林静雯 have the early shift, 1005 comes at 16:00. */
let scene: StaffScene;
beforeAll(async () => {
  scene = await openStaffScene('2026-06-10T06:30+08:00');
}, 60_000);
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.reset();
  await scene.db.sql.query({
    text: 'TRUNCATE attendance, attendance_breach, desk_leave, roll_call, presence, handover, handover_item CASCADE',
  });
});

const at = (time: string) => scene.clock.moveTo(`2026-06-10T${time}+08:00`);
const round = () => scene.tick('attendance');
const rounds = () => Promise.all([round(), round(), round()]);
const rowOf = async ({ id }: Colleague) =>
  scene.db.prisma.attendance.findFirstOrThrow({ where: { personId: id }, orderBy: { dueFrom: 'asc' } });
const breachesOf = ({ id: personId }: Colleague) =>
  scene.db.prisma.attendanceBreach.findMany({ where: { personId } });
const acts = async () => {
  const rows = await scene.db.prisma.audit.findMany({ where: { action: { startsWith: 'attendance.' } } });
  return rows.map(({ action }) => action);
};

/** The early shift's three, who have signed on in time. */
async function onDuty(): Promise<{ zhou: Colleague; shen: Colleague; lin: Colleague }> {
  const [zhou, shen, lin] = [
    await scene.colleague('1001'),
    await scene.colleague('1003'),
    await scene.colleague('2001'),
  ];
  at('07:40');
  await round();
  for (const each of [zhou, shen, lin, await scene.colleague('1002')]) await each.says('签到');
  return { zhou, shen, lin };
}

describe('roll call', () => {
  test('ten minutes before the shift the leader gets the list, once, and marks who is there', async () => {
    const [zhou, shen, lin] = [
      await scene.colleague('1001'),
      await scene.colleague('1003'),
      await scene.colleague('2001'),
    ];
    at('07:45');
    await round();
    expect((await zhou.says('签到')).text).toBe('已签到：6月10日（周三）早班，07:45。');
    expect((await zhou.says('打卡')).text).toBe('您已经签到：6月10日（周三）早班，07:45。');
    await lin.hearsNothing();
    at('07:50');
    await rounds();
    const called = await lin.hears();
    expect(called.text).toBe('受理甲班点名：还有 2 人未到。');
    expect(called.facts).toEqual([
      '应到: 应到 3 人，已到 1 人',
      '名单: 周晓彤（1001）07:45 到\n沈佳怡（1003）未到\n林静雯（2001）未到',
    ]);
    expect(called.buttons, 'nobody marks themselves').toEqual(['沈佳怡到岗', '沈佳怡缺勤', '点名完成']);
    await scene.restart();
    const marked = await lin.presses('沈佳怡缺勤');
    expect(marked.facts[1]).toContain('沈佳怡（1003）点名缺勤');
    expect(marked.buttons).toEqual(['点名完成']);
    at('07:51');
    const own = called.card?.buttons?.find(({ title }) => title === '点名完成');
    const ended = await Promise.all([lin.press(own), lin.press(own), lin.press(own)]);
    expect(new Set(ended.map(({ outcome }) => outcome))).toEqual(
      new Set(['林静雯点名：应到 3 人，实到 1 人']),
    );
    await rounds();
    await lin.hearsNothing();
    expect((await lin.says('签到')).text).toContain(
      '《交接班制度》第1条：接班人员须提前 10 分钟到岗点名。比点名时间晚 1 分钟。',
    );
    at('08:12');
    const late = await shen.says('签到');
    expect(late.text).toContain('按违纪处理。迟到 12 分钟。');
    expect(late.text).not.toContain('已记违纪');
    expect(await rowOf(shen)).toMatchObject({
      state: 'on',
      lateMinutes: 12,
      rollCall: 'absent',
      onHow: 'self',
    });
    expect(await breachesOf(shen)).toEqual([]);
    expect((await acts()).filter((act) => act === 'attendance.roll_done')).toHaveLength(1);
  });

  test('the leader’s 到岗 signs on; a press after that changes nothing', async () => {
    const [shen, lin] = [await scene.colleague('1003'), await scene.colleague('2001')];
    at('07:50');
    await round();
    const called = await lin.hears();
    const present = called.card?.buttons?.find(({ title }) => title === '沈佳怡到岗');
    await Promise.all(Array.from({ length: 8 }, () => lin.press(present)));
    expect(await rowOf(shen)).toMatchObject({ state: 'on', onHow: 'leader', rollCall: 'present' });
    await lin.press(called.card?.buttons?.find(({ title }) => title === '沈佳怡缺勤'));
    expect(await rowOf(shen)).toMatchObject({ state: 'on', rollCall: 'present' });
    expect((await shen.says('签到')).text).toContain('您已经签到');
    expect((await shen.says('点名')).text).toBe('抱歉，您没有权限办理“点名”。');
  });
});

describe('late by twenty minutes', () => {
  test('is a breach on record, told once to both; an excuse with its reason takes it off the count', async () => {
    const [zhou, shen, lin] = [
      await scene.colleague('1001'),
      await scene.colleague('1003'),
      await scene.colleague('2001'),
    ];
    at('07:45');
    await round();
    await zhou.says('签到');
    await lin.says('签到');
    at('07:50');
    await round();
    await lin.hears();
    at('08:19');
    await rounds();
    await lin.hearsNothing();
    at('08:20');
    await rounds();
    const told = await lin.hears();
    expect(told.text).toContain('早班有违纪记录：\n沈佳怡：迟到 20 分钟');
    expect(await rowOf(shen), 'nobody ended the roll call').toMatchObject({ rollCall: 'absent' });
    expect((await shen.hears()).text).toContain('《请假制度》第9条：无故迟到 20 分钟及以上，按违纪处理。');
    await scene.restart();
    await rounds();
    await lin.hearsNothing();
    at('08:31');
    expect((await shen.says('签到')).text).toContain('迟到 31 分钟。已记违纪。');
    expect(await breachesOf(shen)).toMatchObject([{ kind: 'late', minutes: 31, state: 'recorded' }]);
    expect((await shen.says('免计沈佳怡：堵车')).text).toContain('没有权限');
    expect((await lin.presses('免计沈佳怡')).text).toContain('请写明原因');
    expect((await lin.says('免计沈佳怡：地铁故障')).text).toBe('已免计沈佳怡的迟到 31 分钟，原因：地铁故障');
    expect((await lin.says('免计沈佳怡：地铁故障')).text).toContain('没有待处理的违纪记录');
    expect((await lin.says('免计林静雯：地铁故障')).text).toContain('不能免计自己的');
    expect(await breachesOf(shen)).toMatchObject([{ state: 'excused', note: '地铁故障', excusedBy: lin.id }]);
    expect((await acts()).filter((act) => act === 'attendance.excuse')).toHaveLength(1);
  });

  test('who never comes was absent; with leave that is granted meanwhile there is nothing to come to', async () => {
    await onDuty();
    const tang = await scene.colleague('1005');
    at('15:30');
    await round();
    expect(await rowOf(tang)).toMatchObject({ state: 'expected' });
    await scene.db.sql.query({
      text: `INSERT INTO roster_override (id, shift_id, off_person_id, on_person_id, starts_at, ends_at, cause, cause_id, created_at)
        SELECT gen_random_uuid(), id, person_id, NULL, starts_at, ends_at, 'leave', gen_random_uuid(), now() FROM shift
        WHERE person_id = $1 AND starts_at = $2`,
      values: [tang.id, new Date('2026-06-10T16:00+08:00')],
    });
    at('16:25');
    await rounds();
    await tang.hearsNothing();
    expect(await rowOf(tang)).toMatchObject({ state: 'void' });
  });
});

describe('leaving the desk', () => {
  test('the leader permits it once, the time runs, a reminder comes, what is over is on record', async () => {
    const { zhou, lin } = await onDuty();
    at('10:00');
    expect((await zhou.says('离席15分钟，取快递')).text).toContain('批准前请不要离开');
    const asked = await lin.hears();
    expect(asked.card?.title).toBe('周晓彤申请离席');
    expect(asked.facts).toEqual(['时长: 15 分钟', '事由: 取快递', '申请时间: 6月10日（周三）10:00']);
    expect((await zhou.says('离席5分钟')).text).toContain('还在等班长答复');
    await scene.restart();
    const [permit, refuse] = asked.card?.buttons ?? [];
    const presses = await Promise.all(Array.from({ length: 10 }, () => lin.press(permit)));
    presses.push(await lin.press(refuse));
    expect(new Set(presses.map(({ outcome }) => outcome))).toEqual(
      new Set(['林静雯已准许，6月10日（周三）10:15 前回来']),
    );
    const told = await zhou.hears();
    expect(told.text).toBe('林静雯准许您离席 15 分钟，请在 10:15 前回来，回来后请告诉我。');
    at('10:14');
    await rounds();
    await zhou.hearsNothing();
    at('10:15');
    await rounds();
    expect((await zhou.hears()).text).toContain('准许的离席时间 10:15 已到');
    at('10:18');
    await rounds();
    await zhou.hearsNothing();
    expect((await zhou.says('回来了')).text).toBe('已记下，您 10:18 回到座位，超时 3 分钟。');
    expect((await zhou.says('回座位了')).text).toBe('您没有在离席。');
    expect(await breachesOf(zhou)).toEqual([]);
  });

  test('twenty minutes too long is a breach, while they are still away', async () => {
    const { zhou, lin } = await onDuty();
    at('10:00');
    await zhou.says('离席10分钟');
    await lin.hears();
    await lin.presses('准许');
    await zhou.hears();
    at('10:10');
    await round();
    await zhou.hears();
    at('10:30');
    await rounds();
    expect((await lin.hears()).text).toContain('周晓彤：离席超时 20 分钟');
    expect((await zhou.hears()).text).toContain('擅自离席 20 分钟及以上');
    at('10:33');
    expect((await zhou.says('我回来了')).text).toContain('超时 23 分钟');
    expect(await breachesOf(zhou)).toMatchObject([{ kind: 'away', minutes: 23 }]);
  });

  test('signing off ends an absence from the desk, at the end of the shift at the latest', async () => {
    const { zhou, lin } = await onDuty();
    at('15:50');
    await zhou.says('离席5分钟');
    await lin.hears();
    await lin.presses('准许');
    await zhou.hears();
    at('16:02');
    await zhou.says('签退');
    at('16:30');
    await rounds();
    expect(await scene.db.prisma.deskLeave.findFirstOrThrow()).toMatchObject({
      state: 'returned',
      overMinutes: 5,
    });
    expect(await breachesOf(zhou)).toEqual([]);
  });

  test('refused, taken back, not answered in time; a leader’s own is the duty manager’s', async () => {
    const { zhou, lin } = await onDuty();
    const han = await scene.colleague('7003');
    at('10:00');
    await zhou.says('离席');
    await lin.hears();
    expect((await lin.presses('不准')).card?.outcome).toBe('林静雯没有准许');
    expect((await zhou.hears()).text).toContain('请留在座位上');
    await zhou.says('离席5分钟');
    const again = await lin.hears();
    expect((await zhou.says('回来了')).text).toBe('已取消离席申请。');
    expect((await lin.press(again.card?.buttons?.[0])).outcome).toBe('本人已取消');
    await zhou.says('离席5分钟');
    const third = await lin.hears();
    at('10:10');
    await rounds();
    expect((await zhou.hears()).text).toContain('没有及时答复');
    expect((await lin.press(third.card?.buttons?.[0])).outcome).toBe('没有及时答复，已失效');
    await lin.says('离席5分钟，打印');
    expect((await han.hears()).card?.title).toBe('林静雯申请离席');
    await han.presses('准许');
    expect((await lin.hears()).text).toContain('韩立群准许您离席 5 分钟');
    expect((await scene.colleague('1005').then((tang) => tang.says('离席5分钟'))).text).toContain('请先签到');
    expect((await zhou.says('离席2小时')).text).toContain('一次离席最多 60 分钟。本次 120 分钟。');
  });
});

describe('going', () => {
  test('early only once it is confirmed, and not before those who come are at the desk', async () => {
    const { zhou } = await onDuty();
    const tang = await scene.colleague('1005');
    at('15:30');
    const early = await zhou.says('签退');
    expect(early.text).toContain('还有 30 分钟，现在签退记为早退');
    at('15:42');
    await zhou.says('签退');
    const unopened = await zhou.presses('确认签退');
    expect(unopened.text, 'the handover is not open yet').toContain('接班人员未到岗前，交班人员不得离岗');
    expect(await rowOf(zhou)).toMatchObject({ state: 'on' });
    at('15:45');
    await scene.tick('handovers');
    await zhou.hears();
    at('16:01');
    expect((await zhou.says('签退')).text).toContain(
      '《交接班制度》第4条：接班人员未到岗前，交班人员不得离岗。',
    );
    await zhou.says('其余无，完成交接');
    await tang.hears();
    await tang.says('接班');
    at('16:03');
    await round();
    expect(await rowOf(tang), 'who takes over has come').toMatchObject({
      state: 'on',
      onHow: 'handover',
      lateMinutes: 1,
    });
    expect((await zhou.says('签退')).text).toContain('已签退：6月10日（周三）早班，16:03');
    expect((await zhou.says('签退')).text).toContain('不用签退');
    expect(await rowOf(zhou)).toMatchObject({ state: 'off', earlyMinutes: 0, offHow: 'self' });
  });

  test('half an hour early, confirmed, is a breach', async () => {
    const { zhou, lin } = await onDuty();
    at('15:30');
    await zhou.says('签退');
    expect((await zhou.presses('确认签退')).text).toContain('早退 30 分钟。已记违纪。');
    await round();
    expect((await lin.hears()).text).toContain('周晓彤：早退 30 分钟');
    expect(await breachesOf(zhou)).toMatchObject([{ kind: 'early', minutes: 30 }]);
  });

  test('the console’s presence signs on and, after the shift, off', async () => {
    const zhou = await scene.colleague('1001');
    const set = (status: 'available' | 'offline') =>
      scene.db.transaction((unit) =>
        setPresence(unit, { personId: zhou.id, status, now: scene.clock.now() }, () => {}),
      );
    at('07:48');
    await set('available');
    at('07:49');
    await rounds();
    const row = await rowOf(zhou);
    expect(row).toMatchObject({ state: 'on', onHow: 'presence', lateMinutes: 0, rollCall: 'present' });
    expect(row.onAt).toEqual(new Date('2026-06-10T07:48+08:00'));
    at('15:50');
    await set('offline');
    await round();
    expect(await rowOf(zhou)).toMatchObject({ state: 'on' });
    at('16:00');
    await rounds();
    expect(await rowOf(zhou)).toMatchObject({ state: 'off', offHow: 'presence', earlyMinutes: 10 });
  });

  test('who leaves the console without asking is away; after twenty minutes that is one breach, whatever follows', async () => {
    const [zhou, lin] = [await scene.colleague('1001'), await scene.colleague('2001')];
    const set = (status: 'available' | 'offline') =>
      scene.db.transaction((unit) =>
        setPresence(unit, { personId: zhou.id, status, now: scene.clock.now() }, () => {}),
      );
    at('07:45');
    await set('available');
    await round();
    await lin.says('签到');
    at('15:30');
    await set('offline');
    at('15:49');
    await rounds();
    expect(await breachesOf(zhou)).toEqual([]);
    at('15:50');
    await rounds();
    expect((await zhou.hears()).text).toContain('擅自离席 20 分钟及以上');
    at('16:00');
    await rounds();
    expect(await rowOf(zhou)).toMatchObject({ state: 'off', earlyMinutes: 30 });
    expect(await breachesOf(zhou)).toMatchObject([{ kind: 'away', minutes: 30 }]);
  });

  test('a shift that ended hours ago is closed, and who never came was absent', async () => {
    const [zhou, he] = [await scene.colleague('1001'), await scene.colleague('1002')];
    at('07:40');
    await round();
    await zhou.says('签到');
    at('16:00');
    await rounds();
    expect(await rowOf(he)).toMatchObject({ state: 'absent', onAt: null });
    at('20:00');
    await rounds();
    expect(await rowOf(zhou)).toMatchObject({ state: 'off', offAt: null });
  });
});

describe('the month', () => {
  test('an agent reads their own; the leader gets the team’s sheet as a file', async () => {
    const { zhou, shen, lin } = await onDuty();
    at('10:00');
    await zhou.says('离席10分钟');
    await lin.hears();
    await lin.presses('准许');
    await zhou.hears();
    at('10:13');
    await zhou.says('回来了');
    at('15:30');
    await shen.says('签退');
    await shen.presses('确认签退');
    at('16:05');
    await zhou.says('签退');
    const own = await zhou.says('我的考勤');
    expect(own.text).toContain('您2026年06月的考勤：应出勤 1 班，实出勤 1 班');
    expect(own.text).toContain('离席 1 次，超时 3 分钟；违纪 0 次');
    const sheet = await lin.says('6月考勤表');
    expect(sheet.text).toBe(
      '2026年06月考勤表，共 6 人。\n· 沈佳怡：迟到 0 次共 0 分钟，旷工 0 班，违纪 1 次',
    );
    const said = (await scene.host().read(lin.conversationId, 0, 1000)).at(-1);
    const [file] = said?.files ?? [];
    expect(file?.name).toBe('考勤表-2026-06.xlsx');
    const found = await scene.host().file(lin.conversationId, file?.id ?? '');
    const [head, first, second] = await readRows(found?.bytes ?? Buffer.alloc(0));
    expect(head?.slice(0, 6)).toEqual(['工号', '姓名', '班组', '应出勤（班）', '实出勤（班）', '旷工（班）']);
    expect(first).toEqual([
      ...['1001', '周晓彤', '受理甲班', '1', '1', '0', '0', '0', '0', '0', '0', '0', '0'],
      ...['1', '13', '3', '0', '0', '0'],
    ]);
    expect(second?.slice(1, 3)).toEqual(['沈佳怡', '受理甲班']);
    expect(second?.slice(9, 11), 'left early').toEqual(['1', '30']);
    expect(await fileStore(scene.db).find(file?.id ?? '')).toMatchObject({
      owner: `conversation:${lin.conversationId}`,
    });
  });
});
