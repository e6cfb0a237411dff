import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fileStore } from '../../bot/files/store.ts';
import { createAudit } from '../../bot/people/audit.ts';
import { createSealing } from '../../bot/people/sealing.ts';
import { defaultPolicy } from '../../bot/policy/default.ts';
import { dailyKnowledge, noticeJobs } from '../../bot/staff/notices/jobs.ts';
import { assertNoticesRead, mark, unreadMustReads } from '../../bot/staff/notices/receipts.ts';
import {
  correctNotice,
  type NoticePost,
  publishNotice,
  remindNotice,
  type Written,
  withdrawNotice,
} from '../../bot/staff/notices/send.ts';
import { countsOf, readersOf } from '../../bot/staff/notices/store.ts';
import { setStanding } from '../../knowledge/index.ts';
import { pdf } from '../fakes/pictures.ts';
import { openStaffScene, type StaffScene } from './staff.ts';

/** 通告 as colleagues live them, in their chats; the leader publishes as the console does. */
const NOBODY = { everyone: false, teams: [], jobTypes: [], roles: [], persons: [] };
const { policy } = defaultPolicy();
let scene: StaffScene;
let post: NoticePost;
let leader = '';
beforeAll(async () => {
  scene = await openStaffScene();
  const audit = createAudit({ clock: scene.clock, sealing: createSealing(Buffer.alloc(32, 1)) });
  post = { audit, vault: scene.vault, wake: scene.wake };
  leader = (await scene.db.prisma.person.findUniqueOrThrow({ where: { number: '2001' } })).id;
}, 60_000);
afterAll(() => scene.close());
beforeEach(async () => {
  await scene.reset();
  await scene.db.prisma.noticeReceipt.deleteMany();
  await scene.db.prisma.notice.deleteMany();
});

const now = () => scene.clock.now();
async function publish(to: string[], more: Partial<Written> = {}): Promise<string> {
  const persons = await Promise.all(to.map(async (number) => (await scene.colleague(number)).id));
  const written = {
    title: '话费查询口径',
    text: '今日起统一口径。',
    files: [],
    mustRead: true,
    validUntil: null,
  };
  const notice = { ...written, audience: { ...NOBODY, persons }, ...more };
  return (await scene.db.transaction((unit) => publishNotice(unit, post, notice, leader, now()))) ?? '';
}
const counts = (id: string) => countsOf(scene.db.sql, id);

describe('one notice', () => {
  test('is delivered, then confirmed with a press; a second press and a button elsewhere count no more', async () => {
    const agent = await scene.colleague('1001');
    const id = await publish(['1001', '1002']);
    const told = await agent.hears();
    expect(told.text).toBe('有一则新通告：话费查询口径');
    expect(told.card).toMatchObject({ title: '通告：话费查询口径', text: '今日起统一口径。' });
    expect(told.buttons).toEqual(['查看', '已阅知悉']);
    expect(await counts(id)).toMatchObject({ audience: 2, opened: 0, confirmed: 0 });
    expect(await unreadMustReads(scene.db.sql, agent.id, now())).toEqual([{ id, title: '话费查询口径' }]);
    const pressed = await agent.presses('已阅知悉');
    expect(pressed.card?.outcome).toMatch(/^已阅知悉（6月10日（周三）10:00）/);
    expect(pressed.buttons).toEqual([]);
    expect(await counts(id)).toMatchObject({ opened: 1, confirmed: 1 });
    expect(await unreadMustReads(scene.db.sql, agent.id, now())).toEqual([]);
    expect((await agent.says('有什么通知')).text).toBe('没有未读的通告。');
  });

  test('its attachment comes with it, and can be fetched in the chat that it was sent to alone', async () => {
    const [agent, other] = [await scene.colleague('1001'), await scene.colleague('1002')];
    const file = { name: '口径.pdf', bytes: pdf(), owner: `person:${leader}`, retention: 'notice' as const };
    const { id } = await scene.db.transaction((unit) => fileStore(scene.db).put(unit, file, now()));
    await publish(['1001'], { files: [{ id, name: '话费口径.pdf' }] });
    const told = await agent.hears();
    expect(told.facts).toContain('附件: 话费口径.pdf');
    const [message] = (await scene.host().read(agent.conversationId, 0, 1000)).slice(-1);
    expect(message?.files).toEqual([
      { id, name: '话费口径.pdf', type: 'application/pdf', size: pdf().length },
    ]);
    expect((await scene.host().file(agent.conversationId, id))?.bytes).toEqual(pdf());
    expect(await scene.host().file(other.conversationId, id)).toBeUndefined();
  });

  test('a long one must be opened before it can be confirmed', async () => {
    const agent = await scene.colleague('1001');
    const id = await publish(['1001'], { text: '很长。'.repeat(200) });
    await agent.hears();
    const early = await agent.presses('已阅知悉');
    expect(early.card?.text).toContain('请先看完全文');
    expect(early.card?.text).toContain('很长。'.repeat(200));
    expect(await counts(id)).toMatchObject({ opened: 1, confirmed: 0 });
    expect((await agent.presses('已阅知悉')).card?.outcome).toContain('已阅知悉');
    expect(await counts(id)).toMatchObject({ opened: 1, confirmed: 1 });
  });

  test('one that needs no confirmation is done when it is opened', async () => {
    const agent = await scene.colleague('1001');
    const id = await publish(['1001'], { mustRead: false });
    expect((await agent.hears()).buttons).toEqual(['查看']);
    expect((await agent.presses('查看')).card?.outcome).toBe('已查看');
    expect(await counts(id)).toEqual({ audience: 1, delivered: 1, opened: 1, confirmed: 0 });
  });

  test('corrected, it must be read again; the old card says so', async () => {
    const agent = await scene.colleague('1001');
    const id = await publish(['1001']);
    const old = await agent.hears();
    const oldButton = old.card?.buttons?.at(-1);
    await agent.presses('已阅知悉');
    const audience = { ...NOBODY, persons: [agent.id] };
    const next = {
      title: '话费查询口径',
      text: '更正：明日起。',
      files: [],
      mustRead: true,
      validUntil: null,
      audience,
    };
    await scene.db.transaction((unit) =>
      correctNotice(unit, post, { ...next, id, version: 1 }, leader, now()),
    );
    const again = await agent.hears();
    expect(again.text).toContain('已更正，请重新阅读');
    expect(await counts(id)).toEqual({ audience: 1, delivered: 1, opened: 0, confirmed: 0 });
    // The first version was confirmed; its button keeps its own answer and confirms nothing of the new one.
    expect((await agent.press(oldButton)).outcome).toContain('已阅知悉');
    expect(await counts(id)).toMatchObject({ confirmed: 0 });
    const stale = scene.db.transaction((unit) =>
      correctNotice(unit, post, { ...next, id, version: 1 }, leader, now()),
    );
    await expect(stale).rejects.toMatchObject({ code: 'version_changed' });
  });

  test('withdrawn, nobody has to read it; its button says so', async () => {
    const agent = await scene.colleague('1001');
    const id = await publish(['1001']);
    const { card } = await agent.hears();
    await scene.db.transaction((unit) => withdrawNotice(unit, post, id, leader, now()));
    expect((await agent.hears()).text).toBe('通告“话费查询口径”已撤回。');
    expect((await agent.press(card?.buttons?.[1])).outcome).toBe('已撤回');
    expect(await unreadMustReads(scene.db.sql, agent.id, now())).toEqual([]);
  });

  test('reminds by policy once each, from any process, and by the leader', async () => {
    const agent = await scene.colleague('1001');
    const id = await publish(['1001']);
    await agent.hears();
    scene.clock.advance(121 * 60_000);
    await Promise.all([1, 2, 3].map(() => noticeJobs(scene.db, post, policy, now())));
    expect((await agent.hears()).text).toBe('请阅读通告“话费查询口径”，阅读后请点“已阅知悉”。');
    await noticeJobs(scene.db, post, policy, now());
    await agent.hearsNothing();
    const remind = () => scene.db.transaction((unit) => remindNotice(unit, post, { id, by: leader }, now()));
    expect(await remind()).toBe(0);
    scene.clock.advance(11 * 60_000);
    expect(await remind()).toBe(1);
    expect((await agent.hears()).text).toContain('请阅读通告');
  });

  test('before a shift reminds who really comes, not who gave it away or has leave', async () => {
    const [tang, peng, luo] = [
      await scene.colleague('1005'),
      await scene.colleague('1006'),
      await scene.colleague('1004'),
    ];
    const startsAt = new Date('2026-06-10T16:00+08:00');
    // 彭浩然 has the shift of 唐雨菲; 罗子轩 is on leave.
    for (const [off, on, cause] of [
      [tang, peng, 'give'],
      [luo, null, 'leave'],
    ] as const)
      await scene.db.sql.query({
        text: `INSERT INTO roster_override (id, shift_id, off_person_id, on_person_id, starts_at, ends_at, cause, cause_id, created_at)
          SELECT gen_random_uuid(), id, person_id, $2, starts_at, ends_at, $3, gen_random_uuid(), $4 FROM shift
          WHERE person_id = $1 AND starts_at = $4`,
        values: [off.id, on?.id ?? null, cause, startsAt],
      });
    scene.clock.moveTo('2026-06-10T15:20+08:00');
    await publish(['1004', '1005', '1006']);
    for (const each of [tang, peng, luo]) await each.hears();
    scene.clock.moveTo('2026-06-10T15:30+08:00');
    await scene.tick('notices');
    expect((await peng.hears()).text).toContain('请阅读通告');
    await tang.hearsNothing();
    await luo.hearsNothing();
    await scene.tick('notices');
    await peng.hearsNothing();
  });

  test('keeps an agent from taking over only where the policy says so', async () => {
    const agent = await scene.colleague('1001');
    const id = await publish(['1001']);
    const block = { notices: { ...policy.notices, blockTakingOver: true } };
    await assertNoticesRead(scene.db.sql, policy, agent.id, now());
    await expect(assertNoticesRead(scene.db.sql, block, agent.id, now())).rejects.toMatchObject({
      code: 'notices_unread',
      details: { notices: [{ id, title: '话费查询口径' }] },
    });
    await mark(scene.db.sql, 'confirmed', { noticeId: id, personId: agent.id, version: 1 }, now());
    await assertNoticesRead(scene.db.sql, block, agent.id, now());
  });
});

test('a new colleague gets what is valid; an ended one reaches nobody', async () => {
  const team = await scene.db.prisma.team.findFirstOrThrow({ where: { name: '受理甲班' } });
  const audience = { ...NOBODY, teams: [team.id] };
  const id = await publish([], { audience });
  const ended = await publish([], { audience, title: '旧', validUntil: now() + 1000 });
  const before = (await counts(id)).audience;
  scene.clock.advance(2000);
  const hired = {
    number: '1098',
    name: '新来',
    role: 'agent',
    jobType: 'hotline',
    passwordHash: '',
    teamId: team.id,
  };
  const personId = '018f0000-0000-7000-8000-000000001098';
  await scene.db.prisma.person.create({ data: { ...hired, id: personId, createdAt: new Date(now()) } });
  await noticeJobs(scene.db, post, policy, now());
  expect((await counts(id)).audience).toBe(before + 1);
  expect((await counts(ended)).audience).toBe(before);
  expect((await readersOf(scene.db.sql, id, undefined)).map(({ number }) => number)).toContain('1098');
});

test('the knowledge of a day goes out once, at its time', async () => {
  scene.clock.moveTo('2026-06-10T08:05+08:00');
  const entry = await scene.db.prisma.entry.findFirstOrThrow({ where: { state: 'published' } });
  await scene.db.prisma.entry.updateMany({
    data: { createdAt: new Date('2026-01-01T00:00Z'), validTo: null },
  });
  const daily = () => scene.db.transaction((unit) => dailyKnowledge(unit, post, policy, now()));
  await daily();
  expect(await scene.db.prisma.notice.count()).toBe(0);
  await scene.db.prisma.entry.update({
    where: { id: entry.id },
    data: { createdAt: new Date(now() - 3_600_000) },
  });
  await Promise.all([daily(), daily(), daily()]);
  const [notice, ...more] = await scene.db.prisma.notice.findMany();
  expect(more).toEqual([]);
  expect(notice).toMatchObject({ title: '6月10日（周三）知识库更新', authorId: null, mustRead: false });
  expect(notice?.text).toContain(entry.title);
});

test('an entry that is back after the staff were told that it is gone goes out as added', async () => {
  scene.clock.moveTo('2026-06-10T08:05+08:00');
  await scene.db.prisma.entry.updateMany({
    data: { createdAt: new Date('2026-01-01T00:00Z'), validTo: null },
  });
  const entry = await scene.db.prisma.entry.findFirstOrThrow({ where: { state: 'published' } });
  const by = { authorId: null, note: '', expected: entry.revision };
  const hoursAgo = (hours: number) => now() - hours * 3_600_000;
  await scene.db.transaction((unit) =>
    setStanding(unit, entry.id, { ...by, state: 'withdrawn' }, hoursAgo(30)),
  );
  await scene.db.transaction((unit) =>
    setStanding(unit, entry.id, { ...by, state: 'published', expected: entry.revision + 1 }, hoursAgo(2)),
  );
  await scene.db.transaction((unit) => dailyKnowledge(unit, post, policy, now()));
  const notice = await scene.db.prisma.notice.findFirstOrThrow();
  expect(notice.text).toBe(`新增：\n· ${entry.title}`);
});

test('whatever is pressed, delivered ≥ opened ≥ confirmed, for the audience only, and each once', async () => {
  const people = await scene.db.prisma.person.findMany({
    where: { active: true },
    take: 6,
    orderBy: { number: 'asc' },
  });
  const step = fc.record({
    who: fc.integer({ min: 0, max: 5 }),
    what: fc.constantFrom('delivered' as const, 'opened' as const, 'confirmed' as const),
    version: fc.integer({ min: 1, max: 2 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const id = await publish([], {
        audience: { ...NOBODY, persons: people.slice(0, 4).map((one) => one.id) },
      });
      const confirmed = new Set<string>();
      await Promise.all(
        steps.map(async ({ who, what, version }) => {
          const personId = people[who]?.id ?? '';
          const done = await mark(scene.db.sql, what, { noticeId: id, personId, version }, now());
          expect(done).toBe(who < 4 && version === 1);
          if (done && what === 'confirmed') confirmed.add(personId);
        }),
      );
      const all = await counts(id);
      expect(all.audience).toBe(4);
      expect(all.delivered).toBeGreaterThanOrEqual(all.opened);
      expect(all.opened).toBeGreaterThanOrEqual(all.confirmed);
      expect(all.confirmed).toBe(confirmed.size);
    }),
    { numRuns: 15 },
  );
});
