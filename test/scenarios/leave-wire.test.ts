import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Centre, openDemoCentre } from '../setup/centre.ts';

/** The served product, as browsers meet it: sign-in, token, Direct Line, a button's token. */
let centre: Centre;
beforeAll(async () => {
  centre = await openDemoCentre();
}, 60_000);
afterAll(() => centre.close());

interface Activity {
  from: { role: string };
  text?: string;
  attachments?: { content: { body: { text?: string }[]; actions?: { title: string; data: unknown }[] } }[];
}

async function chat(number: string) {
  const headers = await centre.signedIn(number);
  const invited = await fetch(`${centre.url}/api/v1/staff/directline-token`, { method: 'POST', headers });
  const { conversationId, token } = (await invited.json()) as Record<string, string>;
  const address = `${centre.url}/v3/directline/conversations/${conversationId}/activities`;
  const authorization = `Bearer ${token}`;
  const read = async () => {
    const got = await fetch(address, { headers: { authorization } });
    return ((await got.json()) as { activities: Activity[] }).activities;
  };
  return {
    read,
    async send(activity: object) {
      const body = JSON.stringify({ type: 'message', from: { id: 'anybody' }, ...activity });
      const sent = await fetch(address, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body,
      });
      return { status: sent.status, body: (await sent.json()) as { card?: { outcome?: string } } };
    },
    /** The newest activity that has this in its words. */
    async sees(part: string): Promise<Activity> {
      for (let i = 0; i < 500; i++) {
        const found = (await read()).findLast(
          (each) => each.from.role === 'bot' && JSON.stringify(each).includes(part),
        );
        if (found) return found;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`${number} never sees ${part}`);
    },
  };
}

test('leave over the wire: asked, approved by a button, told; a reload shows the decided card', async () => {
  const [agent, head] = [await chat('1001'), await chat('4001')];
  await agent.send({ text: '我后天想请一天事假，家里有事' });
  await agent.sees('确认提交');
  await agent.send({ text: '确认提交' });
  const card = await head.sees('请假审批');
  const button = card.attachments?.[0]?.content.actions?.find(({ title }) => title === '同意');
  expect(button?.data).toEqual({ token: expect.stringMatching(/^[\w-]{21,22}$/) });

  const outcome = '已由 宋明哲 于 6月10日（周三）10:00 同意';
  const pressed = await head.send({ text: '同意', value: button?.data });
  expect(pressed).toMatchObject({ status: 200, body: { card: { outcome } } });
  await agent.sees('您的请假已批准');
  expect(await head.send({ text: '同意', value: button?.data })).toMatchObject({
    body: { card: { outcome } },
  });

  const reloaded = await head.sees('请假审批');
  expect(reloaded.attachments?.[0]?.content.actions).toBeUndefined();
  expect(JSON.stringify(reloaded)).toContain(outcome);
  expect(await agent.send({ value: button?.data })).toMatchObject({ status: 404 });
});
