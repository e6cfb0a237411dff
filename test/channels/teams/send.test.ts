import { generateKeyPairSync, verify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MOODS } from '../../fakes/teams/connector.ts';
import type { Person } from '../../fakes/teams/person.ts';
import { Stage } from './stage.ts';

let stage: Stage;
let megan: Person;

async function begin(settings: Record<string, unknown> = {}): Promise<void> {
  stage = await Stage.open(settings);
  megan = stage.person();
  await megan.says('您好');
}
beforeEach(() => begin());
afterEach(() => stage.close());

const deliver = (text = '您好', more: Record<string, unknown> = {}) =>
  stage.deliver(megan.aadObjectId, text, more);

describe('what the platform refuses', () => {
  test.each<[string, [number, string, Record<string, string>?], unknown]>([
    ['busy, for a second', MOODS.busy, { retryAfter: 1000, reason: expect.stringContaining('Throttled') }],
    ['busy, for how long it doesn’t say', [429, 'Throttled'], { retryAfter: 0, reason: expect.any(String) }],
    [
      'two at once in one conversation',
      [412, 'PreconditionFailed'],
      { retryAfter: 0, reason: expect.any(String) },
    ],
    ['a bad gateway', MOODS.down, { retryAfter: 0, reason: expect.any(String), uncertain: true }],
    [
      'not registered, or its token refused',
      [401, 'BotNotRegistered'],
      { retryAfter: 60_000, reason: expect.any(String) },
    ],
    ['blocked by the user', MOODS.blocked, { permanent: expect.any(String), address: 'blocked' }],
    [
      'not installed',
      [403, 'ForbiddenOperationException'],
      { permanent: expect.any(String), address: 'blocked' },
    ],
    [
      'removed from the chat',
      [403, 'BotNotInConversationRoster'],
      { permanent: expect.any(String), address: 'blocked' },
    ],
    [
      'disabled by the admin',
      [403, 'BotDisabledByAdmin'],
      { permanent: expect.any(String), address: 'blocked' },
    ],
    ['no such conversation', MOODS.unknown, { permanent: expect.any(String), address: 'unknown' }],
    ['no permission for this', [403, 'NotEnoughPermissions'], { permanent: expect.any(String) }],
    ['too large', [413, 'MessageSizeTooBig'], { permanent: expect.any(String) }],
    ['not understood', [400, 'BadArgument'], { permanent: expect.any(String) }],
  ])('%s', async (_name, refusal, result) => {
    stage.connector.refusal = refusal;
    expect(await deliver()).toEqual(result);
    stage.connector.refusal = undefined;
    expect(await deliver()).toEqual({ externalIds: [expect.any(String)] });
    expect(stage.connector.posts).toHaveLength(1);
  });

  test('a connector that isn’t there', async () => {
    await deliver();
    await stage.connector.stop();
    expect(await deliver()).toMatchObject({
      retryAfter: 0,
      reason: expect.stringMatching(/ECONN(REFUSED|RESET)/),
    });
  });

  test('no token: the message waits for whoever sets it right, and nothing is sent', async () => {
    stage.connector.loginError = 'invalid_client';
    expect(await deliver()).toEqual({
      retryAfter: 60_000,
      reason: 'token: AADSTS7000215: Invalid client secret provided.',
    });
    stage.connector.loginError = undefined;
    expect(await deliver()).toEqual({ externalIds: [expect.any(String)] });
  });
});

test('a bot with a certificate proves itself by a signature that holds', async () => {
  await stage.close();
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await begin({
    MicrosoftAppPassword: undefined,
    CertificateThumbprint: '8D5F3A1B'.repeat(5),
    CertificatePrivateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  });
  expect(await deliver()).toEqual({ externalIds: [expect.any(String)] });
  const [head = '', claims = '', mark = ''] =
    stage.connector.grants[0]?.get('client_assertion')?.split('.') ?? [];
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
  expect(verify('sha256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(mark, 'base64url'))).toBe(
    true,
  );
  expect(read(head)).toMatchObject({
    alg: 'RS256',
    x5t: Buffer.from('8D5F3A1B'.repeat(5), 'hex').toString('base64url'),
  });
  expect(read(claims)).toMatchObject({
    iss: megan.appId,
    sub: megan.appId,
    aud: expect.stringContaining('/oauth2/v2.0/token'),
  });
});

test('the longest text that the product may hand over fits beside a card', async () => {
  const { maxText, size } = stage.channel.can;
  const line = '这是一句很长的话，写在最长的一条消息里。\n';
  let text = line;
  while ((size?.(text + line) ?? 0) <= maxText) text += line;
  const card = {
    title: '审批',
    text: '说明'.repeat(300),
    buttons: [{ title: '同意', token: 'abcdefghijklmnopqrst0' }],
  };
  expect(text.length).toBeGreaterThan(8000);
  expect(await deliver(text, { card })).toEqual({ externalIds: [expect.any(String)] });
});

describe('files', () => {
  const put = (id: string, name: string, type: string, bytes: Buffer) => {
    const [thread] = stage.host.threads.values();
    const size = bytes.length;
    stage.host.files.set(id, { id, name, type, size, conversationId: thread?.id ?? '', bytes });
    return { id, name, type, size };
  };

  test('a small picture is shown in the message, anything else is a link that works until it ends', async () => {
    const picture = put('p', 'map.png', 'image/png', Buffer.from('picture'));
    const paper = put('n', '通知<x>.pdf', 'application/pdf', Buffer.from('%PDF'));
    const actions = [{ title: '知道了' }];
    expect(await deliver('请看：', { files: [picture, paper], actions })).toEqual({
      externalIds: [expect.any(String)],
    });
    const activity = stage.connector.posts[0]?.activity;
    if (activity?.type !== 'message') throw new Error('no message');
    expect(activity.attachments?.[0]).toEqual({
      contentType: 'image/png',
      name: 'map.png',
      contentUrl: `data:image/png;base64,${Buffer.from('picture').toString('base64')}`,
    });
    const [, url = '', name] =
      /<a href="https:\/\/desk\.example([^"]*)">(.*)<\/a>$/.exec(activity.text ?? '') ?? [];
    expect(name).toBe('通知&lt;x&gt;.pdf');
    const got = await fetch(stage.origin + url);
    expect(await got.text()).toBe('%PDF');
    expect(got.headers.get('content-disposition')).toContain('attachment');
    expect((await fetch(`${stage.origin}${url}x`)).status).toBe(404);
    expect((await fetch(`${stage.origin}${url.replace('.', 'A.')}`)).status).toBe(404);
  });

  test('without a public address the file is named only', async () => {
    stage.publicUrl = undefined;
    await deliver('请看：', { files: [put('n', 'a.pdf', 'application/pdf', Buffer.from('%PDF'))] });
    expect(stage.connector.posts[0]?.activity).toMatchObject({ text: '请看：<br/>a.pdf' });
  });

  test('what came in is fetched: pictures with our token, files without, and nothing from elsewhere', async () => {
    const { connector, channel } = stage;
    const picture = `${connector.serviceUrl}v3/attachments/1/views/original`;
    const file = { contentType: 'application/vnd.microsoft.teams.file.download.info', name: '单据.pdf' };
    const attachments = [
      { contentType: 'text/html', content: '<p>请看</p>' },
      { contentType: 'image/png', contentUrl: picture },
      { ...file, content: { downloadUrl: 'https://contoso.sharepoint.com/download?tempauth=1' } },
    ];
    await megan.says('请看', { attachments });
    const files = [...stage.host.threads.values()][0]?.inbound.at(-1)?.files;
    expect(files).toEqual([
      { name: 'image', ref: picture },
      { name: '单据.pdf', ref: 'https://contoso.sharepoint.com/download?tempauth=1' },
    ]);
    connector.files.set('/amer/v3/attachments/1/views/original', Buffer.from('picture'));
    expect(String(await channel.fetchFile?.('teams:help', picture, 100))).toBe('picture');
    expect(connector.fetched[0]?.authorization).toMatch(/^Bearer /);
    await expect(channel.fetchFile?.('teams:help', picture, 3)).rejects.toThrow('larger than 3 bytes');
    for (const ref of ['https://evil.example/a', 'http://169.254.169.254/', 'file:///etc/passwd', 'x'])
      await expect(channel.fetchFile?.('teams:help', ref, 100)).rejects.toThrow('not trusted');
    const redirect = `${connector.origin}/files/elsewhere`;
    await expect(channel.fetchFile?.('teams:help', redirect, 100)).rejects.toThrow('not trusted');
  });
});

describe('check', () => {
  test('says what to enter at the platform when all is well', async () => {
    expect(await stage.channel.check?.()).toEqual([
      {
        account: 'teams:help',
        ok: true,
        text: 'Set "Messaging endpoint" of the Azure Bot to https://desk.example/channels/teams/help.',
      },
      { account: 'teams:help', ok: true, text: `MicrosoftAppId ${megan.appId} gets its access token.` },
      {
        account: 'teams:help',
        ok: true,
        text: expect.stringContaining('signing keys of the Bot Framework can be read'),
      },
    ]);
  });

  test('asks without being open', async () => {
    await stage.channel.close();
    expect((await stage.channel.check?.())?.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect((await megan.says('您好')).status).toBe(503);
  });

  test('and what is wrong when it isn’t', async () => {
    stage.publicUrl = 'http://desk.example';
    stage.connector.loginError = 'invalid_client';
    const [endpoint, token] = (await stage.channel.check?.()) ?? [];
    expect(endpoint).toMatchObject({
      ok: false,
      text: expect.stringContaining('http://desk.example/channels/teams/help'),
    });
    const wrong = 'AADSTS7000215: Invalid client secret provided. Look at MicrosoftAppPassword';
    expect(token).toMatchObject({ ok: false, text: expect.stringContaining(wrong) });
    stage.publicUrl = undefined;
    await stage.connector.stop();
    const [unknown, away, keys] = (await stage.channel.check?.()) ?? [];
    expect(unknown).toMatchObject({ ok: false, text: expect.stringContaining('PUBLIC_URL') });
    expect(away).toMatchObject({ ok: false, text: expect.stringContaining('was not reached') });
    expect(keys).toMatchObject({ ok: false });
  });
});
