import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kfKind, kind } from '../../../channels/wecom/channel.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage(kind);
  stage.platform.app.members.add('LiLei');
});
afterEach(() => stage.close());
const send = () => stage.channel.send?.(stage.delivery('LiLei', { text: '在吗' }));
const calls = () => [stage.platform.calls.gettoken ?? 0, stage.platform.calls['message/send'] ?? 0];

describe('the access_token', () => {
  it('is fetched once for many who wait, and kept for its time', async () => {
    await Promise.all([send(), send(), send()]);
    stage.pass(7200_000 - 5 * 60_000 - 1);
    await send();
    expect(calls()).toEqual([1, 4]);
    stage.pass(5 * 60_000 + 1);
    await send();
    expect(calls()).toEqual([2, 5]);
  });

  it('that the platform no longer knows is renewed once, and the message goes', async () => {
    await send();
    stage.platform.forgetToken();
    expect(await send()).toHaveProperty('externalIds');
    expect(calls()).toEqual([2, 3]);
  });

  it('that stays stale is no reason to go on asking', async () => {
    const stale = { errcode: 42001, errmsg: 'access_token expired' };
    stage.platform.next.set('message/send', [stale, stale, stale]);
    expect(await send()).toMatchObject({ retryAfter: 60_000 });
    expect(calls()).toEqual([2, 2]);
  });

  it('stands in no message for the log', async () => {
    stage.platform.next.set('message/send', ['cut']);
    const result = await send();
    expect(result).toMatchObject({ retryAfter: 1000 });
    expect(JSON.stringify(result)).not.toMatch(/access_token|127\.0\.0\.1|secret/);
  });
});

describe('what the platform answers', () => {
  it.each([
    [45009, { retryAfter: 60_000 }],
    [-1, { retryAfter: 1000 }],
    [60020, { retryAfter: 60_000 }],
    [60111, { permanent: 'message/send: 60111 told', address: 'unknown' }],
    [40031, { permanent: 'message/send: 40031 told', address: 'unknown' }],
    [60011, { permanent: 'message/send: 60011 told', address: 'blocked' }],
    [44004, { permanent: 'message/send: 44004 told' }],
  ])('%i', async (errcode, expected) => {
    stage.platform.next.set('message/send', [{ errcode, errmsg: 'told' }]);
    const result = await send();
    expect(result).toMatchObject(expected);
    if (!('address' in expected)) expect(result).not.toHaveProperty('address');
  });

  it.each(['HTTP 502', 'cut'] as const)('nothing (%s): again later, for it may have arrived', async (how) => {
    stage.platform.next.set('message/send', [how]);
    expect(await send()).toMatchObject({ retryAfter: 1000, uncertain: true });
    await stage.close();
    stage = await openStage(kind);
    stage.platform.next.set('gettoken', [how]);
    expect(await send()).not.toHaveProperty('uncertain');
  });
});

describe('check', () => {
  const found = async () => (await stage.channel.check?.())?.map(({ ok, text }) => `${ok} ${text}`);
  const hint = 'true 接收消息服务器配置: the URL is https://desk.example/channels/';

  it('says that all is right, and which URL to write where', async () => {
    expect(await found()).toEqual([
      'true CorpID, Secret and AgentId are right: the application is 「内部助手」.',
      `${hint}wecom/help`,
    ]);
  });

  it.each([
    [
      { secret: 'of-another-application' },
      'Secret is wrong, or of another application. WecomError: gettoken: 40001',
    ],
    [{ corpId: 'wx0000000000000000' }, 'CorpID is wrong. WecomError: gettoken: 40013'],
    [{ agentId: 7 }, 'AgentId is wrong. WecomError: agent/get: 40056'],
  ])('names the setting that is wrong: %o', async (settings, words) => {
    await stage.close();
    stage = await openStage(kind, { settings });
    expect((await found())?.[0]).toContain(`false ${words}`);
  });

  it('knows the customer-service accounts', async () => {
    await stage.close();
    stage = await openStage(kfKind);
    expect((await found())?.[0]).toBe(
      'true CorpID, Secret and open_kfid are right: the account is 「晨星电信」.',
    );
    await stage.close();
    stage = await openStage(kfKind, { settings: { openKfId: 'wkOther' } });
    expect((await found())?.[0]).toMatch(
      /^false open_kfid wkOther is not among the accounts of this Secret: wk.* 「晨星电信」\.$/,
    );
  });
});

it.each([
  [{ encodingAESKey: 'short' }, 'encodingAESKey'],
  [{ token: 'with-a-dash' }, 'token'],
  [{ agentId: '' }, 'agentId'],
  [{ api: 'https://user@evil.example' }, 'api'],
])('settings that cannot be are refused: %o', (odd, name) => {
  const right = {
    corpId: 'ww1234',
    secret: '12345678',
    token: 'abc',
    encodingAESKey: 'a'.repeat(43),
    agentId: 1,
  };
  expect(kind.settings.safeParse(right).success).toBe(true);
  expect(kind.settings.safeParse({ ...right, ...odd }).error?.issues[0]?.path).toEqual([name]);
});
