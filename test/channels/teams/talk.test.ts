import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Chat, Person } from '../../fakes/teams/person.ts';
import { Stage } from './stage.ts';

let stage: Stage;
let megan: Person;
const group: Chat = { id: '19:group@thread.v2', conversationType: 'groupChat' };
const channel: Chat = { id: '19:faults@thread.tacv2;messageid=1612', conversationType: 'channel' };

beforeEach(async () => {
  stage = await Stage.open();
  megan = stage.person();
});
afterEach(async () => {
  expect(stage.errors).toEqual([]);
  expect(stage.connector.faults).toEqual([]);
  await stage.close();
});

const said = () =>
  stage.connector.posts.map(({ activity }) => (activity.type === 'message' ? activity.text : '…'));

test('a colleague asks, is acknowledged, and is answered in the chat that the question came from', async () => {
  expect((await megan.says('我的班次')).status).toBe(200);
  expect(await stage.deliver(megan.aadObjectId, '您这周上早班。')).toEqual({
    externalIds: [expect.any(String)],
  });
  const [post] = stage.connector.posts;
  expect(post?.conversation).toBe(megan.chat.id);
  expect(post?.activity).toMatchObject({ type: 'message', text: '您这周上早班。', textFormat: 'xml' });
  expect(post?.activity.from).toMatchObject({ id: megan.bot });
});

test('a colleague who takes over speaks under their own name', async () => {
  await megan.says('转人工');
  await stage.deliver(megan.aadObjectId, '我是小李，<3 收到', { author: 'agent', name: '李班长' });
  expect(said()).toEqual(['<b>李班长</b><br/>我是小李，&lt;3 收到']);
});

test('acknowledged once it is written down, whatever becomes of the answer', async () => {
  stage.host.failure = new Error('database away');
  expect((await megan.says('您好', { id: '7' })).status).toBe(503);
  stage.errors.length = 0;
  stage.host.failure = undefined;
  expect((await megan.says('您好', { id: '7' })).status).toBe(200);
  expect((await megan.says('您好', { id: '7' })).status).toBe(200);
  expect(stage.heard).toEqual(['您好']);
});

test('the same message three times at once is one message', async () => {
  await Promise.all([1, 2, 3].map(() => megan.says('请假', { id: '42' })));
  expect(stage.heard).toEqual(['请假']);
});

test('one token for many messages, and a new one when it has run out', async () => {
  let at = Date.now();
  await stage.close();
  stage = await Stage.open({}, () => at);
  megan = stage.person();
  await megan.says('您好');
  await Promise.all(['一', '二', '三'].map((text) => stage.deliver(megan.aadObjectId, text)));
  expect(stage.connector.grants).toHaveLength(1);
  expect(Object.fromEntries(stage.connector.grants[0] ?? [])).toEqual({
    grant_type: 'client_credentials',
    client_id: megan.appId,
    client_secret: 'a secret of the test',
    scope: 'https://api.botframework.com/.default',
  });
  at += 56 * 60_000;
  await stage.deliver(megan.aadObjectId, '四');
  expect(stage.connector.grants).toHaveLength(2);
});

describe('in company', () => {
  test('it hears only what it is called for, without its own name', async () => {
    expect((await megan.post(megan.activity({ text: '中午吃什么' }, group))).status).toBe(200);
    expect(stage.host.threads.size).toBe(0);
    await megan.post(megan.activity(megan.mention('<at>Alex</at>&nbsp;的班次'), group));
    expect(stage.heard).toEqual(['@Alex 的班次']);
    await megan.post(megan.activity(megan.mention(''), group));
    expect(stage.heard).toHaveLength(1);
  });

  test('being named is not being called: another one of that name is somebody else', async () => {
    const entities = [{ type: 'mention', text: '<at>Yingda</at>', mentioned: { id: '29:somebody' } }];
    await megan.post(megan.activity({ text: '<at>Yingda</at> 你好', entities }, group));
    expect(stage.heard).toEqual([]);
  });

  test('a group is one conversation, each thread of a channel one of its own, a 1:1 chat its person’s', async () => {
    const alex = stage.person('Alex');
    await megan.post(megan.activity(megan.mention('一'), group));
    await alex.post(alex.activity(alex.mention('二'), group));
    await megan.post(megan.activity(megan.mention('三'), channel));
    await megan.says('四');
    const keys = [...stage.host.threads.values()].map(({ key, inbound }) => [key, inbound.length]);
    expect(keys).toEqual([
      [group.id, 2],
      [channel.id, 1],
      [megan.aadObjectId, 1],
    ]);
    await stage.deliver(channel.id, '好的');
    expect(stage.connector.posts.at(-1)?.conversation).toBe(channel.id);
  });
});

test('coming, typing, editing, deleting and restoring', async () => {
  const bot = { id: megan.bot };
  await megan.post(
    megan.activity({ type: 'conversationUpdate', id: undefined, membersAdded: [bot, { id: megan.id }] }),
  );
  await megan.post(megan.activity({ type: 'conversationUpdate', membersAdded: [{ id: '29:alex' }] }, group));
  await megan.post(megan.activity({ type: 'typing' }));
  await megan.says('后天请假', { id: '9' });
  const edited = { type: 'messageUpdate', id: '9', text: '明天请假', channelData: tenant('editMessage') };
  await megan.post(megan.activity(edited));
  await megan.post(
    megan.activity({ type: 'messageDelete', id: '9', channelData: tenant('softDeleteMessage') }),
  );
  await megan.post(megan.activity({ ...edited, channelData: tenant('undeleteMessage') }));
  await megan.post(megan.activity({ type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }));
  await megan.post(megan.activity({ type: 'event', name: 'application/vnd.microsoft.readReceipt' }));
  expect(stage.heard).toEqual(['后天请假', 'joined', 'typing', 'edit 明天请假', 'delete', 'edit 明天请假']);
  const signs = [...stage.host.threads.values()].flatMap((thread) => thread.signs);
  expect(
    signs.filter(({ kind }) => kind === 'edit' || kind === 'delete').map((each) => each.externalId),
  ).toEqual(['9', '9', '9']);
});

test('it shows that somebody is writing, and nobody minds when it can’t', async () => {
  await megan.says('您好');
  const address = stage.host.addresses.get(`teams:help ${megan.aadObjectId}`) ?? '';
  await stage.channel.typing?.('teams:help', address);
  expect(said()).toEqual(['…']);
  stage.connector.refusal = [502, 'ServiceError'];
  await stage.channel.typing?.('teams:help', address);
  await stage.channel.typing?.('teams:help', 'not an address');
});

test('an address that was kept before its host stopped being trusted is not answered, and gets no token', async () => {
  await megan.says('您好');
  const address = stage.host.addresses.get(`teams:help ${megan.aadObjectId}`) ?? '';
  const spy = vi.spyOn(globalThis, 'fetch');
  stage.host.addresses.set(
    `teams:help ${megan.aadObjectId}`,
    JSON.stringify({ ...JSON.parse(address), serviceUrl: 'https://evil.trafficmanager.net/' }),
  );
  expect(await stage.deliver(megan.aadObjectId, '您好')).toEqual({
    permanent: 'no address to answer at',
    address: 'unknown',
  });
  expect(spy).not.toHaveBeenCalled();
  expect(stage.connector.grants).toHaveLength(0);
  spy.mockRestore();
});

const tenant = (eventType: string) => ({ eventType, tenant: { id: '72f988bf-86f1-41af-91ab-2d7cd011db47' } });
