import { LLMock } from '@copilotkit/aimock';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Customer, openScene, type Scene } from './customer.ts';

/** The whole pipeline with a model behind the knowledge: lease, replay, check, commit. */
const mock = new LLMock({ port: 0, logLevel: 'silent' });
const calls: string[] = [];
let scene: Scene;
let anna: Customer;
beforeAll(async () => {
  await mock.start();
  const model = {
    url: `${mock.url}/v1`,
    name: 'scripted',
    budgetMs: 2_000,
    onCall: (o: string) => void calls.push(o),
  };
  scene = await openScene('2026-06-10T10:00+08:00', { model });
}, 60_000);
afterAll(async () => {
  await scene.close();
  await mock.stop();
});
afterEach(() => {
  mock.reset();
  calls.length = 0;
});

const writes = (...texts: [string, string][]) => {
  const sentences = texts.map(([text, entryId]) => ({ text, entryId }));
  mock.on(
    { predicate: ({ messages }) => JSON.stringify(messages).includes('entries') },
    { content: JSON.stringify({ fits: true, sentences }) },
  );
};

describe('with a model', () => {
  test('an answer arrives checked, in its words, with all its sources and the entry’s button', async () => {
    anna = await scene.customer();
    writes(
      ['59元档每月含20GB国内通用流量和100分钟国内主叫。', 'zh-a-001'],
      ['现在办理还送一部手机。', 'zh-a-001'],
      ['老用户改办后，从下个月1日起生效。', 'zh-a-001'],
      ['发送短信TC到1002026，可以免费查询当前的套餐。', 'zh-a-008'],
    );
    const said = await anna.says('5G畅享套餐有哪些档位，价格是多少');
    expect(said.text).toBe(
      '59元档每月含20GB国内通用流量和100分钟国内主叫。老用户改办后，从下个月1日起生效。' +
        '发送短信TC到1002026，可以免费查询当前的套餐。',
    );
    expect(said).toMatchObject({
      outcome: 'answer',
      entryIds: ['zh-a-001', 'zh-a-008'],
      buttons: ['登记办理'],
    });
    expect(said.messages[0]?.data).toMatchObject({
      sources: [
        { id: 'zh-a-001', title: '5G畅享套餐有哪些档位，价格是多少' },
        { id: 'zh-a-008', title: '怎样查询当前使用的套餐' },
      ],
    });
    expect(await anna.turns()).toMatchObject([{ outcome: 'answer', failure: null }]);
  });

  test('a follow-up is completed by it, which is told what was answered, or offered, before', async () => {
    const cara = await scene.customer();
    let told = '';
    mock.on(
      {
        predicate: ({ messages }) => {
          const asked = JSON.stringify(messages.at(-1));
          if (asked.includes('history')) told = asked;
          return asked.includes('history');
        },
      },
      { content: '{"question":"副卡如何取消"}' },
    );
    await cara.says('如何办理副卡');
    expect(await cara.says('那这个要去掉怎么弄')).toMatchObject({ entryIds: ['zh-b-010'] });
    expect(told).toContain('如何办理副卡');
    expect(told).toMatch(/author[\\":]+bot/);
    const { buttons } = await cara.says('副卡');
    await cara.says('那这个要去掉怎么弄');
    expect(told).toContain(buttons[0]);
  });

  test('it hangs: the approved wording comes, once', async () => {
    const ben = await scene.customer();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    mock.on({ predicate: () => true }, async () => {
      await held;
      return {
        content: '{"fits":true,"sentences":[{"text":"59元档每月含20GB流量。","entryId":"zh-a-001"}]}',
      };
    });
    const said = await ben.says('5G畅享套餐有哪些档位，价格是多少');
    expect(said).toMatchObject({ outcome: 'answer', entryIds: ['zh-a-001'] });
    expect(said.messages).toHaveLength(1);
    expect(said.text).toContain('**59元**：20GB＋100分钟');
    await vi.waitFor(() => expect(calls).toEqual(['timeout']));
    release();
    expect(await ben.turns()).toMatchObject([{ outcome: 'answer', failure: null }]);
  });

  test('it turns customers away, or writes nothing but lies: the approved wording comes', async () => {
    const cleo = await scene.customer();
    mock.nextRequestError(429, { message: 'slow down' });
    expect((await cleo.says('5G畅享套餐有哪些档位，价格是多少')).text).toContain('**59元**：20GB＋100分钟');
    writes(['59元档每月含50GB流量。', 'zh-a-001'], ['前三个月免月费。', 'zh-a-001']);
    const dora = await scene.customer();
    expect((await dora.says('5G畅享套餐有哪些档位，价格是多少')).text).toContain('**59元**：20GB＋100分钟');
    expect(calls).toEqual(['rate_limited', 'ok']);
  });

  test('people’s numbers stay here', async () => {
    writes();
    await (await scene.customer()).says('我的号码13800138000怎么查话费余额');
    const sent = JSON.stringify(mock.getRequests().map(({ body }) => body));
    expect(sent).toContain('138****8000');
    expect(sent).not.toContain('13800138000');
  });

  test('what the bot does itself needs no model: a person, a form, the menu', async () => {
    const eve = await scene.customer();
    await eve.says('菜单');
    await eve.says('我要投诉');
    await eve.says('转人工');
    expect(calls).toEqual([]);
  });

  test('an offer that has ended is said to have ended, whatever a model would say', async () => {
    scene.clock.moveTo('2026-06-22T10:00+08:00');
    writes(['充100元返10元。', 'zh-a-050']);
    const said = await (await scene.customer()).says('6·18充话费返赠活动怎么参加');
    expect(said.text).toContain('6月20日');
    expect(said.text).not.toMatch(/返\d+元/);
    expect(calls).toEqual([]);
  });
});
