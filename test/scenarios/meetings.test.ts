import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createSealing } from '../../bot/people/sealing.ts';
import { contentOf, meetingById } from '../../bot/staff/meetings/record.ts';
import { sealOf } from '../../bot/staff/seal.ts';
import { openStaffScene, type StaffScene } from './staff.ts';

/** Team A on 10 June: 1001, 1003 and their leader 2001 go at 16:00, 1005 comes. 4001 chairs the weekly meeting. */
let scene: StaffScene;
beforeAll(async () => {
  scene = await openStaffScene();
}, 60_000);
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.reset();
  await scene.db.sql.query({ text: 'TRUNCATE meeting, meeting_person RESTART IDENTITY CASCADE' });
});

const at = (time: string) => scene.clock.moveTo(`2026-06-${time}+08:00`);
const round = () => scene.tick('meetings');
const who = (...numbers: string[]) => Promise.all(numbers.map((number) => scene.colleague(number)));
/** The number by which people call the meeting of this kind of a team, or of the centre. */
async function numberOf(kind: string, teamName?: string) {
  const team = teamName && (await scene.db.prisma.team.findUniqueOrThrow({ where: { name: teamName } }));
  const where = { kind, teamId: team ? team.id : null };
  return (await scene.db.prisma.meeting.findFirstOrThrow({ where })).no;
}

test('before the shift: announced with the agenda, written by chat, published, confirmed, sealed', async () => {
  const [lin, tang, zhou] = await who('2001', '1005', '1001');
  if (!lin || !tang || !zhou) throw new Error('who?');
  at('10T15:00');
  await zhou.says('遗留问题：幸福小区断网');
  at('10T15:20');
  await Promise.all([round(), round()]);
  const opened = await tang.hears();
  expect(opened.text).toContain('受理甲班 班前会 6月10日（周三）15:50，议程已按近期个案拟好');
  expect(opened.facts).toContain('主持: 林静雯');
  expect(opened.facts.join('\n')).toMatch(/遗留问题：#\d+ 幸福小区断网/);
  await lin.hears();
  await round();
  await tang.hearsNothing();
  const no = await numberOf('before', '受理甲班');
  expect((await lin.says(`写纪要 ${no}：强调三声服务`)).text).toBe('会议还没有开始。');
  at('10T15:50');
  expect((await lin.says('写纪要：强调三声服务')).text).toContain('已记入纪要');
  await lin.says('决定：断网来电统一回复“抢修中”');
  expect((await tang.says(`写纪要 ${no}：我来写`)).text).toContain('没有权限');
  expect((await lin.presses(`发布纪要 ${no}`)).text).toContain('纪要已发布并封存');
  const minutes = await tang.hears();
  expect(minutes.text).toContain('纪要已发布，请阅读确认');
  expect(minutes.facts).toContain('纪要: 强调三声服务');
  expect(minutes.facts).toContain('决定: 1. 断网来电统一回复“抢修中”');
  expect(minutes.facts).toContain('未阅: 唐雨菲');
  expect((await tang.presses('已阅知悉')).card?.outcome).toBe('已阅知悉（6月10日（周三）15:50）');
  expect((await lin.says(`写纪要 ${no}：补一句`)).text).toContain('已经发布封存');

  at('11T10:00');
  const past = await tang.says('昨天的班前会纪要');
  expect(past.facts).toContain('纪要: 强调三声服务');
  expect(past.facts.join('\n')).not.toContain('未阅');
  const { id } = await scene.db.prisma.meeting.findUniqueOrThrow({ where: { no } });
  const sealed = async () => {
    const record = await meetingById(scene.db.sql, id);
    if (!record) throw new Error('no such meeting');
    const content = { object: 'meeting', id, content: contentOf(record) };
    return sealOf(scene.db.sql, createSealing(Buffer.alloc(32, 1)), content);
  };
  expect(await sealed()).toBe('intact');
  await scene.db.sql.query({ text: `UPDATE meeting SET minutes = '无'` });
  expect(await sealed()).toBe('changed');
});

test('the weekly meeting of the leaders: hard cases, one uniform answer that reaches every agent', async () => {
  const [lin, song, zhou] = await who('2001', '4001', '1001');
  if (!lin || !song || !zhou) throw new Error('who?');
  const { sql } = scene.db;
  await sql.query({
    text: `INSERT INTO ticket (id, number, last8, kind, category, description, contact_sealed, contact_masked, dispatch_due_at,
        due_at, state, created_by, created_at)
      VALUES (gen_random_uuid(), 'TS2026060100000001', '00000001', 'complaint', 'other', '账单', '', '', $1, $1, 'dispatched', 'bot', $1)`,
    values: [new Date('2026-06-01T15:00+08:00')],
  });
  await sql.query({
    text: `INSERT INTO ticket_step (id, ticket_id, kind, actor_kind, created_at)
      SELECT gen_random_uuid(), ticket.id, s.kind, 'system', s.at FROM ticket,
        (VALUES ('dispatch', $1::timestamptz), ('answer', $2), ('dispatch', $3)) s (kind, at)`,
    values: ['01T16:00', '08T10:00', '09T10:00'].map((time) => new Date(`2026-06-${time}+08:00`)),
  });
  await sql.query({
    text: `INSERT INTO unanswered (id, conversation_id, seq, text, language, score, created_at)
      VALUES (gen_random_uuid(), gen_random_uuid(), 1, '携号转网要多久？我的号码13800138000', 'zh', 0, $1)`,
    values: [new Date('2026-06-09T10:00+08:00')],
  });
  at('11T15:00');
  await round();
  const opened = await song.hears();
  await lin.hears();
  await sql.query({ text: 'DELETE FROM ticket_step' });
  await sql.query({ text: 'DELETE FROM ticket' });
  await sql.query({ text: 'DELETE FROM unanswered' });
  const agenda = opened.facts.join('\n');
  expect(agenda).toContain('最久未结工单：TS2026060100000001（10 天）');
  expect(agenda).toContain('退回重办工单：TS2026060100000001');
  expect(agenda).toContain('没能答复的问题（定统一口径）：携号转网要多久？我的号码138****8000');
  await zhou.hearsNothing();
  at('12T15:30');
  await song.says('决定：携号转网统一答复“1小时内生效”');
  await song.says('发布纪要');
  expect((await lin.hears()).text).toContain('周例会');
  const told = await zhou.hears();
  expect(told.facts).toContain('决定: 1. 携号转网统一答复“1小时内生效”');
  expect((await zhou.presses('已阅知悉')).card?.outcome).toContain('已阅知悉');
});

test('the clock: minutes that are not there, minutes that are not read', async () => {
  const [lin, tang] = await who('2001', '1005');
  if (!lin || !tang) throw new Error('who?');
  at('10T15:20');
  await round();
  await tang.hears();
  await lin.hears();
  at('10T19:50');
  await Promise.all([round(), round()]);
  expect((await lin.hears()).text).toContain('班前会 6月10日（周三）15:50的纪要还没有发布');
  const no = await numberOf('before', '受理甲班');
  await lin.says(`写纪要 ${no}：无异常`);
  await lin.says(`发布纪要 ${no}`);
  await tang.hears();
  at('11T15:10');
  await round();
  expect((await lin.hears()).text).toContain('周例会');
  at('11T19:50');
  await Promise.all([round(), round()]);
  expect((await tang.hears()).text).toContain('的纪要您还没有确认已阅');
  expect((await lin.hears()).text).toContain('还没有确认已阅的同事：唐雨菲');
  expect((await tang.says('会议')).buttons).toEqual(['已阅知悉']);
});
