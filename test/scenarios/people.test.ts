import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { release, take } from '../../bot/conversation/ownership.ts';
import { hot, uuidv7 } from '../../prisma/client.ts';
import { type Customer, openScene, type Scene } from './customer.ts';

let scene: Scene;
let anna: Customer;
beforeAll(async () => {
  scene = await openScene();
}, 60_000);
afterAll(() => scene.close());
beforeEach(async () => {
  scene.clock.moveTo('2026-06-10T10:00+08:00');
  anna = await scene.customer();
});

const episode = async ({ conversationId }: Customer) => {
  const found = await scene.centre.db.prisma.episode.findFirst({ where: { conversationId, closedAt: null } });
  return found as NonNullable<typeof found>;
};
const colleague = async () => {
  const found = await scene.centre.db.prisma.person.findUnique({ where: { number: '1001' } });
  return found as NonNullable<typeof found>;
};
async function change(move: typeof take | typeof release, { conversationId }: Customer) {
  const { id, name } = await colleague();
  const { db, pipeline } = scene.centre;
  const now = new Date(scene.clock.now());
  const words = { text: '接入或结束', data: {} };
  await db.transaction((unit) => move(unit, conversationId, { id, name }, words, now));
  pipeline.nudge();
}
const taken = (customer: Customer) => change(take, customer);
const givenBack = (customer: Customer) => change(release, customer);
/** Empties the queue, so that positions are those of this test. */
const nobodyWaits = () =>
  scene.centre.db.sql.query({
    text: `UPDATE episode SET owner = 'bot', queued_at = NULL WHERE owner = 'queue'`,
  });

test.each(['转人工', '人工', 'human agent'])('%s reaches the queue at any moment', async (words) => {
  await anna.says('怎样查询话费余额');
  expect((await anna.says(words)).outcome).toBe('handoff');
  expect(await episode(anna)).toMatchObject({
    ...{ owner: 'queue', queue: 'general', reason: 'asked' },
    summary: { lastQuestions: ['怎样查询话费余额'], entryIds: ['zh-a-026'] },
  });
});

test('from within a form, with what was filled in, at the complaint desk', async () => {
  await anna.says('我要投诉');
  await anna.says('1');
  await anna.says('五月账单里多扣了二十元会员费，我的号码 13800138000');
  await anna.says('转人工');
  const { queue, summary } = await episode(anna);
  expect(queue).toBe('complaint');
  expect(summary).toMatchObject({
    filledForm: {
      title: '投诉单',
      facts: [
        { label: '类型', value: '资费争议' },
        { label: '情况说明', value: '五月账单里多扣了二十元会员费，我的号码 138****8000' },
      ],
    },
  });
});

test('the position is told, words are passed on once, and the queue can be left', async () => {
  await nobodyWaits();
  expect((await anna.says('你们没听懂，转人工')).text).toContain('下一位就是您');
  scene.clock.advance(1000);
  const ben = await scene.customer();
  const waiting = await ben.says('转人工');
  expect(waiting.text).toContain('您前面还有 1 位');
  expect(waiting.buttons).toEqual(['取消排队']);
  expect((await ben.says('我的宽带断了')).text).toContain('已经转告客服');
  expect((await ben.says('三天了')).messages).toEqual([]);
  expect((await ben.turns()).slice(-2).map((t) => t.outcome)).toEqual(['queued', 'queued']);
  for (const impatient of ['还要等多久', '人工', '怎么没人理我，转人工', '菜单'])
    expect((await ben.says(impatient)).text, impatient).toContain('您前面还有 1 位');
  await ben.presses('取消排队');
  expect((await episode(ben)).owner).toBe('bot');
  expect((await ben.says('怎样查询话费余额')).outcome).toBe('answer');
});

test('once an agent has it the bot says nothing; words from elsewhere wait', async () => {
  await anna.says('我要投诉');
  await taken(anna);
  const { conversationId } = anna;
  const { sql } = scene.centre.db;
  const word = { id: uuidv7(0), conversationId, kind: 'say', data: { text: '您的工单有新进展。' } };
  await hot.wake(sql, word, new Date(scene.clock.now()));
  expect((await anna.says('你好', '有人吗')).messages).toEqual([]);
  expect((await anna.turns()).at(-1)?.outcome).toBe('agent');
  await givenBack(anna);
  const back = await anna.says('怎样查询话费余额');
  expect(back.messages.map((m) => m.text)[0]).toBe('您的工单有新进展。');
  expect(back.entryIds).toEqual(['zh-a-026']);
});

test('outside the desk’s hours a message is offered instead, or waiting where the policy says so', async () => {
  const hours = 'hours: [{ days: [1, 2, 3, 4, 5], from: "08:00", to: "20:00" }]';
  await scene.policy((text) => text.replace('hours: always', hours));
  scene.clock.moveTo('2026-06-10T21:00+08:00');
  const closed = await anna.says('转人工');
  expect(closed).toMatchObject({ outcome: 'handoff', buttons: ['留言/建单'] });
  expect(closed.text).toContain('人工服务时间：周一至周五 08:00–20:00');
  expect((await episode(anna)).owner).toBe('bot');
  expect((await anna.presses('留言/建单')).text).toContain('留言');

  await scene.policy((text) =>
    text.replace('hours: always', hours).replace('outside: leaveMessage', 'outside: queue'),
  );
  const ben = await scene.customer();
  expect((await ben.says('人工')).text).toContain('（服务时间：周一至周五 08:00–20:00）');
  expect((await episode(ben)).owner).toBe('queue');
  await scene.policy((text) => `${text}\n# as it was\n`);
});

test('a turn that fails for good ends with the people, said once', async () => {
  await anna.says('我要投诉');
  scene.breakTurns(100);
  const saying = anna.says('资费争议');
  // The worker tries again a little later each time; the clock has to go with it.
  const timer = setInterval(() => {
    scene.clock.advance(1000);
    scene.centre.pipeline.nudge();
  }, 20);
  const said = await saying.finally(() => clearInterval(timer));
  scene.breakTurns(0);
  expect(said.messages.map((m) => m.text)).toEqual([expect.stringContaining('已为您转接人工')]);
  expect(await episode(anna)).toMatchObject({ owner: 'queue', queue: 'complaint', reason: 'turn_failed' });
  expect((await anna.turns()).at(-1)).toEqual({ outcome: 'handoff', failure: 'turn_failed' });
});
