import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestClock, testClock } from '../../bot/clock.ts';
import { take } from '../../bot/conversation/ownership.ts';
import type { Turn } from '../../bot/conversation/turn.ts';
import { type Centre, openCentre } from './centre.ts';

/** Another machine that the bot asks: it answers when the test lets it. */
class OtherMachine {
  readonly asked: string[] = [];
  readonly #open = new Map<string, { answer(text: string): void; fail(why: string): void }>();

  readonly work = (question: string) => () =>
    new Promise<string>((answer, reject) => {
      this.asked.push(question);
      this.#open.set(question, { answer, fail: (why) => reject(new Error(why)) });
    });

  async hears(question: string) {
    await expect.poll(() => this.#open.has(question), { interval: 5 }).toBe(true);
    const open = this.#open.get(question);
    if (!open) throw new Error('unreachable');
    return open;
  }
}

let machine: OtherMachine;
let clock: TestClock;
let centre: Centre;

/** Asks the other machine about questions that end with ?, and echoes the rest. */
async function respond(turn: Turn): Promise<void> {
  for (const { text, seq } of turn.heard) {
    if (!text.endsWith('?')) {
      turn.say('answer', `echo ${text}`);
      continue;
    }
    await turn.unit.sql.query({
      text: `INSERT INTO unanswered (id, conversation_id, seq, text, language, score, created_at)
        VALUES (gen_random_uuid(), $1, $2, $3, 'zh', 0, now())`,
      values: [turn.conversation.id, seq, text],
    });
    turn.say('answer', await turn.remote(text, machine.work(text), () => `instead of ${text}`));
  }
}

const turnsOf = (conversationId: string) =>
  centre.db.prisma.turn.findMany({ where: { conversationId }, orderBy: { fromSeq: 'asc' } });

describe('a turn that asks another machine', () => {
  const failures: unknown[] = [];
  beforeAll(async () => {
    clock = testClock('2026-06-10T10:00+08:00');
    centre = await openCentre({ now: clock.now, respond, onError: (error) => void failures.push(error) });
  });
  afterAll(() => centre.close());
  beforeEach(() => {
    machine = new OtherMachine();
    failures.length = 0;
  });

  it('is committed once with the answer; meanwhile the bot types, and others are served', async () => {
    const [customer, other] = [await centre.visitor(), await centre.visitor()];
    const signs: string[] = [];
    const unfollow = centre.host.follow(customer.conversationId, 0, (messages) =>
      signs.push(...messages.filter(({ kind }) => kind === 'typing').map(({ author }) => author)),
    );
    await customer.says('多少钱?');
    const question = await machine.hears('多少钱?');
    await other.says('你好');
    expect(await other.hears(2)).toEqual(['customer: 你好', 'bot: echo 你好']);
    expect(await customer.transcript()).toEqual(['customer: 多少钱?']);
    question.answer('三十元');
    expect(await customer.hears(2)).toEqual(['customer: 多少钱?', 'bot: 三十元']);
    expect(await turnsOf(customer.conversationId)).toMatchObject([{ fromSeq: 1n, toSeq: 1n, failure: null }]);
    // What was written before the wait was undone and written again.
    expect(
      await centre.db.prisma.unanswered.count({ where: { conversationId: customer.conversationId } }),
    ).toBe(1);
    expect(signs).toEqual(['bot']);
    unfollow();
  });

  it('takes what stands in when the machine fails, and the customer hears nothing of it', async () => {
    const customer = await centre.visitor();
    await customer.says('还有吗?');
    (await machine.hears('还有吗?')).fail('429');
    expect(await customer.hears(2)).toEqual(['customer: 还有吗?', 'bot: instead of 还有吗?']);
    expect(failures.map(String)).toEqual(['Error: 429']);
  });

  it('several questions of one turn are asked one after the other, each once', async () => {
    const customer = await centre.visitor();
    await customer.says('一?');
    const first = await machine.hears('一?');
    // Comes while the bot waits: the same turn answers it.
    await customer.says('二?');
    first.answer('1');
    (await machine.hears('二?')).answer('2');
    const said = ['customer: 一?', 'customer: 二?', 'bot: 1', 'bot: 2'];
    expect(await customer.hears(4)).toEqual(said);
    expect(machine.asked).toEqual(['一?', '二?']);
    expect(await turnsOf(customer.conversationId)).toMatchObject([{ fromSeq: 1n, toSeq: 2n }]);
  });

  it('says nothing when an agent took the conversation while the machine thought', async () => {
    const [customer, agent] = [await centre.visitor(), await centre.agent('王')];
    await customer.says('在吗?');
    const question = await machine.hears('在吗?');
    const words = { text: '王 接入', data: {} };
    await centre.db.transaction((unit) =>
      take(unit, customer.conversationId, agent, words, new Date(clock.now())),
    );
    question.answer('不该说出来');
    await expect.poll(() => turnsOf(customer.conversationId)).toMatchObject([{ outcome: 'agent' }]);
    expect(await customer.transcript()).toEqual(['customer: 在吗?', 'system: 王 接入']);
  });

  it('after a crash another process plays the turn when the lease has ended, and the first one says nothing more', async () => {
    const customer = await centre.visitor();
    await customer.says('断了?');
    const lost = await machine.hears('断了?');
    const heir = machine;
    machine = new OtherMachine();
    const second = await centre.another();
    clock.moveTo(new Date(clock.now() + 14_000).toISOString());
    await second.parts.db.prisma.turn.count();
    expect(machine.asked).toEqual([]);
    clock.moveTo(new Date(clock.now() + 2_000).toISOString());
    second.nudge();
    (await machine.hears('断了?')).answer('接上了');
    expect(await customer.hears(2)).toEqual(['customer: 断了?', 'bot: 接上了']);
    lost.answer('太迟');
    await customer.says('好');
    expect(await customer.hears(4)).toEqual([
      'customer: 断了?',
      'bot: 接上了',
      'customer: 好',
      'bot: echo 好',
    ]);
    expect(heir.asked).toEqual(['断了?']);
  });
});

describe('a machine that hangs', () => {
  beforeAll(async () => {
    machine = new OtherMachine();
    centre = await openCentre({ respond, remotePatienceMs: 200 });
  });
  afterAll(() => centre.close());

  it('costs its time and no more: all that is asked then is answered by what stands in', async () => {
    const customer = await centre.visitor();
    await customer.says('甲?');
    await customer.says('乙?');
    const said = await customer.hears(4);
    expect(said.filter((line) => line.startsWith('bot'))).toEqual([
      'bot: instead of 甲?',
      'bot: instead of 乙?',
    ]);
  });
});

describe('stopping', () => {
  it('does not wait for the other machine: what stands in is said before the end', async () => {
    machine = new OtherMachine();
    centre = await openCentre({ respond });
    const customer = await centre.visitor();
    await customer.says('关门了?');
    await machine.hears('关门了?');
    await centre.pipeline.stop();
    expect(await customer.transcript()).toEqual(['customer: 关门了?', 'bot: instead of 关门了?']);
    await centre.close();
  });
});
