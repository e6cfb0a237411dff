import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Card } from '../../../channels/channel.ts';
import type { Chat, Person } from '../../fakes/teams/person.ts';
import { adaptiveCard, type Outgoing } from '../../fakes/teams/rules.ts';
import { Stage } from './stage.ts';

let stage: Stage;
let megan: Person;
const group: Chat = { id: '19:leaders@thread.v2', conversationType: 'groupChat' };

const card: Card = {
  title: '请假审批',
  text: '王芳申请明天休年假。',
  facts: [{ label: '事由', value: '[点这里](https://evil.example)' }],
  buttons: [
    { title: '同意', token: 'abcdefghijklmnopqrst0', style: 'primary' },
    { title: '不同意', token: 'abcdefghijklmnopqrst1', style: 'danger' },
  ],
};

beforeEach(async () => {
  stage = await Stage.open();
  megan = stage.person();
});
afterEach(async () => {
  expect(stage.connector.faults).toEqual([]);
  await stage.close();
});

/** Says the card in a chat and opens it there, so that its buttons count. */
async function opened(chat: Chat, key: string): Promise<Drawn> {
  await megan.post(megan.activity(megan.mention('待我审批'), chat));
  const conversationId = [...stage.host.threads.values()].find((each) => each.key === key)?.id ?? '';
  for (const { token = '', title } of card.buttons ?? [])
    stage.host.cards.set(token, { conversationId, card, outcome: `已${title}` });
  expect(await stage.deliver(key, '', { card })).toEqual({ externalIds: [expect.any(String)] });
  return drawn(stage.connector.posts.at(-1)?.activity);
}

interface Drawn {
  refresh?: { action: Record<string, unknown>; userIds?: string[] };
  body: Record<string, unknown>[];
}

function drawn(activity: Outgoing | undefined): Drawn {
  const found =
    activity?.type === 'message' ? activity.attachments?.find((each) => 'content' in each) : undefined;
  return found && 'content' in found ? (found.content as unknown as Drawn) : { body: [] };
}

const actionsOf = ({ body }: Drawn) =>
  body.flatMap((each) => (each.actions ?? []) as Record<string, unknown>[]);
const texts = ({ body }: Drawn) => body.flatMap((each) => (each.text ? [each.text] : []));

test('a press is answered in its own request with the outcome, and a second one shows the same', async () => {
  const shown = await opened(megan.chat, megan.aadObjectId);
  expect(shown.refresh?.userIds).toEqual([megan.id]);
  const [agree, refuse] = actionsOf(shown);
  const first = await megan.executes(agree ?? {});
  expect(first).toMatchObject({
    http: 200,
    statusCode: 200,
    type: 'application/vnd.microsoft.card.adaptive',
  });
  const after = adaptiveCard.parse(first.value) as unknown as Drawn;
  expect(texts(after)).toContain('已同意');
  expect(actionsOf(after)).toEqual([]);
  expect(after.refresh).toBeUndefined();
  const second = await megan.executes(agree ?? {});
  expect(texts(second.value as unknown as Drawn)).toContain('已同意');
  expect(refuse).toMatchObject({ style: 'destructive', fallback: { type: 'Action.Submit' } });
});

test('who opens the group later sees the card as it stands, without pressing', async () => {
  const alex = stage.person('Alex');
  stage.connector.members.set(group.id, [megan.id, alex.id]);
  const shown = await opened(group, group.id);
  expect(shown.refresh?.userIds).toEqual([megan.id, alex.id]);
  const look = async () => {
    const seen = await alex.executes(shown.refresh?.action ?? {}, group, 'automatic');
    return adaptiveCard.parse(seen.value) as unknown as Drawn;
  };
  expect(actionsOf(await look())).toHaveLength(2);
  await megan.executes(actionsOf(shown)[0] ?? {}, group);
  expect(texts(await look())).toContain('已同意');
  expect(actionsOf(await look())).toEqual([]);
});

test('of a large group sixty are named; where members can’t be read the card comes all the same', async () => {
  stage.connector.members.set(
    group.id,
    Array.from({ length: 200 }, (_, at) => `29:${at}`),
  );
  expect((await opened(group, group.id)).refresh?.userIds).toHaveLength(60);
  stage.connector.members.clear();
  await stage.deliver(group.id, '', { card });
  const { refresh } = drawn(stage.connector.posts.at(-1)?.activity);
  expect(refresh).toBeDefined();
  expect(refresh).not.toHaveProperty('userIds');
});

test('the product is told who pressed, by the key of their own chat', async () => {
  const by: (string | undefined)[] = [];
  const press = stage.host.press.bind(stage.host);
  stage.host.press = (conversationId, token, about) => {
    by.push(about?.by);
    return press(conversationId, token, about);
  };
  const shown = await opened(group, group.id);
  const alex = stage.person('Alex');
  await alex.executes(actionsOf(shown)[0] ?? {}, group);
  await alex.says('您好');
  expect(by).toEqual([alex.aadObjectId]);
  expect([...stage.host.threads.values()].map(({ key }) => key)).toContain(by[0]);
});

test('an old client submits: it counts once too, and needs no mention', async () => {
  const shown = await opened(group, group.id);
  const { data } = (actionsOf(shown)[1]?.fallback ?? {}) as { data: unknown };
  expect((await megan.post(megan.activity({ text: undefined, value: data }, group))).status).toBe(200);
  expect((await megan.post(megan.activity({ text: undefined, value: data }, group))).status).toBe(200);
  const token = card.buttons?.[1]?.token ?? '';
  expect(stage.host.cards.get(token)?.card.outcome).toBe('已不同意');
  const stranger = await megan.post(megan.activity({ value: { token: 'nobody-knows-this-one' } }, group));
  expect(stranger.status).toBe(200);
});

test('a press that is refused says so in the presser’s language; one of another chat counts nothing', async () => {
  const shown = await opened(megan.chat, megan.aadObjectId);
  const alex = stage.person('Alex');
  const [agree] = actionsOf(shown);
  expect(await alex.executes(agree ?? {})).toMatchObject({
    http: 200,
    statusCode: 400,
    type: 'application/vnd.microsoft.error',
    value: { message: '这个按钮已经失效，请发消息重新办理。' },
  });
  expect(stage.host.cards.get(card.buttons?.[0]?.token ?? '')?.card.outcome).toBeUndefined();
  const english = megan.activity({
    type: 'invoke',
    name: 'adaptiveCard/action',
    locale: 'en-US',
    value: { action: { verb: 'press', data: {} } },
  });
  expect(await (await megan.post(english)).json()).toMatchObject({
    statusCode: 404,
    value: { message: 'This button no longer works. Please send a message to start again.' },
  });
  stage.host.press = async () => Promise.reject(new Error('database away'));
  expect(await megan.executes(agree ?? {})).toMatchObject({ http: 200, statusCode: 500 });
  expect(stage.errors).toEqual(['adaptiveCard/action press: Error: database away']);
  expect((await megan.post(megan.activity({ type: 'invoke', name: 'task/fetch' }))).status).toBe(501);
});

test('a decided card is redrawn where it stands', async () => {
  await opened(megan.chat, megan.aadObjectId);
  const [sent] = stage.connector.posts;
  const [thread] = stage.host.threads.values();
  const message = {
    ...(thread?.messages.at(-1) as never as object),
    card: { ...card, outcome: '已同意' },
  } as never;
  const address = stage.host.addresses.get(`teams:help ${megan.aadObjectId}`) ?? '';
  const delivery = { id: 'd', account: 'teams:help', address, message, attempt: 1 };
  expect(await stage.channel.update?.(delivery, sent?.id ?? '')).toEqual({ externalIds: [sent?.id] });
  expect(stage.connector.posts.at(-1)).toMatchObject({ kind: 'update', id: sent?.id });
  expect(texts(drawn(stage.connector.posts.at(-1)?.activity))).toContain('已同意');
  const gone = await stage.channel.update?.(delivery, '404');
  expect(gone).toEqual({ permanent: expect.stringContaining('ActivityNotFoundInConversation') });
});

test('nothing that a colleague wrote becomes a link in the card', async () => {
  const shown = await opened(megan.chat, megan.aadObjectId);
  expect(JSON.stringify(shown.body)).not.toContain('"[点这里]');
});

test('plain choices are suggested in a 1:1 chat and stand in a card in company; pressed, they are said', async () => {
  const actions = [{ title: '查班次' }, { title: '请假', value: '我要请假' }];
  await megan.says('菜单');
  await stage.deliver(megan.aadObjectId, '请选择：', { actions });
  expect(stage.connector.posts.at(-1)?.activity).toMatchObject({
    suggestedActions: {
      to: [megan.id],
      actions: [
        { type: 'imBack', title: '查班次', value: '查班次' },
        { type: 'imBack', title: '请假', value: '我要请假' },
      ],
    },
  });
  await megan.post(megan.activity(megan.mention('菜单'), group));
  await stage.deliver(group.id, '请选择：', { actions });
  const [, leave] = actionsOf(drawn(stage.connector.posts.at(-1)?.activity));
  const { msteams } = (leave?.data ?? {}) as { msteams: { text: string; value: unknown } };
  await megan.post(megan.activity({ text: msteams.text, value: msteams.value }, group));
  expect(stage.heard).toEqual(['菜单', '菜单', '我要请假']);
});

test('more than six choices go into rows of six', async () => {
  await megan.says('菜单');
  const actions = Array.from({ length: 14 }, (_, at) => ({ title: `选项${at + 1}` }));
  await stage.deliver(megan.aadObjectId, '请选择：', { actions });
  const shown = drawn(stage.connector.posts.at(-1)?.activity);
  expect(shown.body.map((each) => (each.actions as unknown[]).length)).toEqual([6, 6, 2]);
});
