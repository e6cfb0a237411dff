import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPeers, type Peers, type StaffChat, WIRES } from './peers.ts';

/** One story, written once, played over the wire of each app. */
describe.each(WIRES)('over %s', (wire) => {
  let peers: Peers;
  const chats = new Map<string, StaffChat>();
  beforeAll(async () => {
    peers = await openPeers();
    for (const number of ['1001', '1002', '2001', '2002', '4001'])
      chats.set(number, await peers.chat(wire, number));
  }, 120_000);
  afterAll(async () => {
    await peers.close();
    expect(peers.connector.faults).toEqual([]);
  });
  const who = (number: string) => chats.get(number) as StaffChat;

  test('leave asked for by a sentence, granted on the card', async () => {
    const [agent, leader, head] = [who('1001'), who('2001'), who('4001')];
    await agent.says('我6月15日想请一天事假，家里有事');
    const summary = await agent.hears('家里有事');
    expect(summary.text).toContain('6月15日（周一）中班 16:00–24:00');
    await agent.presses('确认提交');
    await agent.hears('等待客服部主任 宋明哲审批');
    await leader.hears('周晓彤提交了请假单');
    const asked = await head.hears('请假审批 · 周晓彤');
    expect(asked.text).toContain('当班人手');
    await head.presses('同意');
    await agent.hears('您的请假已批准：事假 6月15日（周一）中班 16:00–24:00（1 天）');
    await head.sees(
      ({ text, buttons }) =>
        text.includes('请假审批 · 周晓彤') && /已由 宋明哲 于 .+ 同意/.test(text) && buttons.length === 0,
    );
  }, 60_000);

  test('a swap asked for by a sentence, agreed by all', async () => {
    const [agent, partner] = [who('1001'), who('1002')];
    await agent.says('后天的班想跟1002换一下');
    await agent.hears('您还哪一个班给对方');
    await agent.presses('6月13日（周六）中班 16:00–24:00');
    await agent.hears('请写一下换班的事由');
    await agent.says('送孩子入学报到');
    await agent.hears('事由: 送孩子入学报到');
    await agent.presses('确认提交');
    await agent.hears('等待何俊杰答复');
    await partner.hears('周晓彤想和您换班');
    await partner.presses('同意');
    for (const leader of [who('2001'), who('2002')]) {
      await leader.hears('送孩子入学报到');
      await leader.presses('同意');
    }
    await agent.hears('已生效');
    await partner.says('我的班次');
    await partner.hears('6月12日（周五）早班 08:00–16:00（换班）');
  }, 60_000);
});

describe('one colleague in three apps', () => {
  let peers: Peers;
  let copies: StaffChat[];
  beforeAll(async () => {
    peers = await openPeers();
    copies = [];
    for (const wire of WIRES) copies.push(await peers.chat(wire, '4001'));
  }, 90_000);
  afterAll(async () => {
    await peers.close();
    expect(peers.connector.faults).toEqual([]);
  });

  test('twenty presses at once and a restart: one decision, one answer, every copy drawn anew', async () => {
    const agent = await peers.chat('web', '1001');
    await agent.says('我6月15日想请一天事假，家里有事');
    await agent.hears('家里有事');
    await agent.presses('确认提交');
    const buttons = await Promise.all(
      copies.map(async (copy) => {
        const { buttons } = await copy.hears('请假审批 · 周晓彤');
        const found = buttons.find(({ title }) => title === '同意');
        if (!found) throw new Error('a card without its button');
        return found;
      }),
    );

    const outcome = /已由 宋明哲 于 .+ 同意/;
    const round = () =>
      Promise.all(
        Array.from({ length: 20 }, async (_, at) => {
          const [copy, button] = [copies[at % 3], buttons[at % 3]];
          return copy && button ? outcome.exec(await copy.press(button))?.[0] : undefined;
        }),
      );
    const [first, ...others] = await round();
    expect(first).toMatch(outcome);
    for (const answer of others) expect(answer).toBe(first);
    await peers.centre.restart();
    for (const answer of await round()) expect(answer).toBe(first);
    expect(await peers.centre.db.prisma.leaveDecision.count()).toBe(1);

    for (const copy of copies)
      await copy.sees(
        ({ text, buttons }) =>
          text.includes('请假审批 · 周晓彤') && text.includes(first ?? '?') && buttons.length === 0,
      );
    await agent.hears('您的请假已批准');
  }, 120_000);

  test('an app that could not be reached meanwhile gets the card as it stands', async () => {
    const agent = await peers.chat('web', '1001');
    const [web, telegram] = copies;
    const card = ({ text }: { text: string }) =>
      text.includes('请假审批') && text.includes('6月14日（周日）');
    peers.telegram.mood = 'down';
    await agent.says('我6月14日想请一天事假，家里有事');
    await agent.hears('时间: 6月14日（周日）中班');
    await agent.presses('确认提交');
    await web?.sees(card);
    await web?.presses('同意');
    expect((await telegram?.shown())?.filter(card)).toEqual([]);
    // As much later as the next attempt needs.
    await web?.sees((message) => card(message) && message.text.includes('接下来由客服中心主任'));
    peers.telegram.mood = 'fine';
    const shown = await telegram?.sees(card);
    expect(shown?.text).toMatch(/已由 宋明哲 于 .+ 同意/);
    expect(shown?.buttons).toEqual([]);
  }, 90_000);

  test('decided on the page: the copies in the apps are drawn anew as well', async () => {
    const agent = await peers.chat('web', '1001');
    const signedIn = await peers.centre.signedIn('4001');
    await agent.says('我6月22日想请一天事假，家里有事');
    await agent.hears('时间: 6月22日（周一）');
    await agent.presses('确认提交');
    const ask = async (path: string, body?: object) => {
      const init = body && { method: 'POST', body: JSON.stringify(body) };
      const headers = { ...signedIn, 'content-type': 'application/json', 'x-client-id': 'decided-on-page' };
      return (await fetch(`${peers.centre.url}/api/v1${path}`, { ...init, headers })).json();
    };
    const waitFor = (title: string, decided: boolean) =>
      Promise.all(
        copies.map((copy) =>
          copy.sees(({ text, buttons }) =>
            text.includes(title) &&
            text.includes('6月22日') &&
            /已由 宋明哲 于 .+ 同意/.test(text) === decided
              ? decided === (buttons.length === 0)
              : false,
          ),
        ),
      );
    await waitFor('请假审批 · 周晓彤', false);
    const { leaves } = await ask('/leaves?view=waiting');
    const after = await ask(`/leaves/${leaves[0].id}/decide`, { action: 'approve' });
    expect(after).toMatchObject({ state: 'approved' });
    await waitFor('请假审批 · 周晓彤', true);
  }, 90_000);
});
