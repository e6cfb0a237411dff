import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Granted, type WireClient, wireClient } from '../../../test/fakes/directline-client.ts';
import { OTHER, startWebchat, type Webchat } from '../../../test/fakes/webchat-server.ts';

let webchat: Webchat;
let client: WireClient;
let me: Granted;
beforeAll(async () => {
  webchat = await startWebchat({
    limits: { generate: { perMinute: 1e6, burst: 1e6 }, activities: { perMinute: 60, burst: 40 } },
  });
  client = wireClient(webchat.url);
});
afterAll(() => webchat.stop());
beforeEach(async () => {
  me = await client.visitor();
});

const say = (activity: object) => client.say(me, activity);
const thread = () => {
  const found = webchat.host.threads.get(me.conversationId);
  if (!found) throw new Error('no thread');
  return found;
};
const refused = (status: number, code: string) => ({
  status,
  body: { error: { code, message: expect.any(String) } },
});

describe('a message', () => {
  it('is answered with its id in the conversation', async () => {
    expect(await say({ type: 'message', text: '你好' })).toMatchObject({
      status: 200,
      body: { id: `${me.conversationId}|0000001` },
    });
    expect(await say({ type: 'message', text: '😀' })).toMatchObject({
      body: { id: `${me.conversationId}|0000002` },
    });
    expect(thread().messages.map(({ text }) => text)).toEqual(['你好', '😀']);
  });

  it('may carry what Microsoft’s clients send besides', async () => {
    const { status } = await say({
      type: 'message',
      id: 'claimed',
      from: { id: 'dl_somebody-else', name: 'Eve', role: 'bot' },
      conversation: { id: 'another' },
      channelId: 'webchat',
      text: 'Hello',
      textFormat: 'plain',
      locale: 'en-US',
      attachments: [],
      entities: [{ type: 'ClientCapabilities', requiresBotState: true }],
      channelData: { clientActivityID: 'a1', clientTimestamp: '2026-06-10T02:00:00Z', speech: {} },
      localTimezone: 'Asia/Shanghai',
    });
    expect(status).toBe(200);
    expect(thread().inbound).toEqual([
      {
        conversationId: me.conversationId,
        kind: 'message',
        text: 'Hello',
        locale: 'en-US',
        externalId: 'a1',
      },
    ]);
    const { body } = await client.call('GET', `conversations/${me.conversationId}/activities`, {
      token: me.token,
    });
    const claims = JSON.parse(Buffer.from(me.token.split('.')[1] ?? '', 'base64url').toString());
    expect(body.activities[0].from).toEqual({ id: claims.user, role: 'user' });
    expect(body.activities[0].channelData).toEqual({ clientActivityID: 'a1' });
  });

  it('sent twenty times at once under one client id is one message', async () => {
    const activity = { type: 'message', text: '只说一次', channelData: { clientActivityID: 'same' } };
    const ids = await Promise.all(Array.from({ length: 20 }, async () => (await say(activity)).body.id));
    expect(new Set(ids)).toEqual(new Set([`${me.conversationId}|0000001`]));
    expect(thread().messages).toHaveLength(1);
  });

  it('has at most 4,000 UTF-16 code units', async () => {
    expect((await say({ type: 'message', text: '字'.repeat(4000) })).status).toBe(200);
    expect(await say({ type: 'message', text: '字'.repeat(4001) })).toMatchObject(
      refused(413, 'MessageTooLong'),
    );
    expect((await say({ type: 'message', text: '😀'.repeat(2000) })).status).toBe(200);
    expect((await say({ type: 'message', text: '😀'.repeat(2001) })).status).toBe(413);
  });

  it('that shows nothing is refused', async () => {
    for (const text of ['', ' \n\t\u3000', '\u200b\u200d\ufeff', '\ufe0f', '\0', null, undefined]) {
      expect(await say({ type: 'message', text })).toMatchObject(refused(400, 'EmptyMessage'));
    }
    expect(thread().messages).toEqual([]);
  });

  it('loses what no database can store', async () => {
    await say({ type: 'message', text: 'a\0b\ud800c', value: { 'k\0': ['\udc00'], deep: { n: 1 } } });
    expect(thread().inbound).toMatchObject([{ text: 'ab\ufffdc', value: { k: ['\ufffd'], deep: { n: 1 } } }]);
  });

  it('with a file in it is refused: files are uploaded', async () => {
    const attachments = [{ contentType: 'image/png', contentUrl: 'data:image/png;base64,AAAA' }];
    expect(await say({ type: 'message', text: '看图', attachments })).toMatchObject(
      refused(415, 'AttachmentsNotSupported'),
    );
    expect(thread().messages).toEqual([]);
  });

  it('is refused in Chinese to who reads Chinese', async () => {
    const { token, conversationId } = me;
    const headers = { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' };
    const body = { type: 'message', text: '' };
    const answer = await client.call('POST', `conversations/${conversationId}/activities`, {
      token,
      headers,
      body,
    });
    expect(answer.body.error.message).toMatch(/^消息内容为空/);
  });

  it('is slowed down where a program writes', async () => {
    const answers = [];
    for (let i = 0; i < 45; i++) answers.push((await say({ type: 'message', text: String(i) })).status);
    expect(answers.slice(0, 40)).toEqual(Array(40).fill(200));
    expect(answers).toContain(429);
  });
});

describe('nonsense', () => {
  const post = (body: string) =>
    client.call('POST', `conversations/${me.conversationId}/activities`, { token: me.token, body });

  it('is called what it is', async () => {
    expect(await post('{"type":"message"')).toMatchObject(refused(400, 'MalformedData'));
    expect(await post('[]')).toMatchObject(refused(400, 'MissingProperty'));
    expect(await post('null')).toMatchObject(refused(400, 'MissingProperty'));
    expect(await post('{"text":"hi"}')).toMatchObject(refused(400, 'MissingProperty'));
    expect(await post('{"type":"message","text":{}}')).toMatchObject(refused(400, 'BadArgument'));
    expect(await post('{"type":"invoke"}')).toMatchObject(refused(400, 'NotSupported'));
    expect(
      await post(`{"type":"message","value":{"a":${'['.repeat(5000)}${']'.repeat(5000)}}}`),
    ).toMatchObject(refused(400, 'BadArgument'));
    const long = { type: 'message', text: 'x', channelData: { clientActivityID: 'x'.repeat(201) } };
    expect(await say(long)).toMatchObject(refused(400, 'BadArgument'));
  });

  it('of more than 64 KB is not read to its end', async () => {
    const body = JSON.stringify({ type: 'message', text: 'x', entities: 'x'.repeat(70_000) });
    expect(await post(body)).toMatchObject(refused(413, 'BodyTooLarge'));
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode(' '.repeat(10_000))),
    });
    const url = `${webchat.url}/v3/directline/conversations/${me.conversationId}/activities`;
    const headers = { authorization: `Bearer ${me.token}` };
    const sent = fetch(url, { method: 'POST', headers, body: endless, duplex: 'half' } as RequestInit);
    // The answer may be lost when we hang up on who goes on talking; what matters is that we do.
    expect(
      await sent.then(
        (answer) => answer.status,
        () => 413,
      ),
    ).toBe(413);
    expect((await say({ type: 'message', text: '还在' })).status).toBe(200);
  });

  it('in the house is not explained to strangers', async () => {
    webchat.host.failure = new Error('password of the database is 1234');
    const answer = await say({ type: 'message', text: 'x' });
    webchat.host.failure = undefined;
    expect(answer).toMatchObject(refused(500, 'ServiceError'));
    expect(JSON.stringify(answer.body)).not.toContain('1234');
    expect(webchat.errors.splice(0)).toHaveLength(1);
  });
});

describe('what is no message', () => {
  it('typing reaches the other side and is not kept', async () => {
    expect((await say({ type: 'typing' })).status).toBe(200);
    expect(thread().signs).toMatchObject([{ kind: 'typing' }]);
    expect(thread().messages).toEqual([]);
  });

  it('of events only our own "joined" is passed on', async () => {
    for (const name of ['webchat/join', 'anything', undefined]) {
      expect((await say({ type: 'event', name, value: { language: 'zh-CN' } })).body.id).toMatch(
        /\|0000000$/,
      );
    }
    expect((await say({ type: 'conversationUpdate', membersAdded: [] })).status).toBe(200);
    expect(thread().signs).toEqual([]);
    await say({ type: 'event', name: 'yingda/joined', locale: 'en' });
    expect(thread().signs).toMatchObject([{ kind: 'joined', locale: 'en' }]);
  });
});

describe('a conversation', () => {
  it('is nobody else’s, whatever watermark, id or token is tried', async () => {
    await say({ type: 'message', text: '我的秘密' });
    const eve = await client.visitor();
    const stranger = await client.visitor('other');
    const paths = ['', '/activities', '/activities?watermark=0', '/activities?watermark=999', '?watermark='];
    const seen = new Set<string>();
    for (const { token } of [eve, stranger, { token: 'junk' }, { token: `${me.token}x` }]) {
      for (const id of [me.conversationId, 'there-is-none', '..', '%2e%2e']) {
        for (const path of paths) {
          const { status, body } = await client.call('GET', `conversations/${id}${path}`, { token });
          if (status !== 404) seen.add(JSON.stringify({ status, body }));
        }
      }
    }
    expect([...seen].map((answer) => JSON.parse(answer))).toEqual([
      { status: 403, body: { error: { code: 'TokenInvalid', message: expect.any(String) } } },
    ]);
    const posted = await client.call('POST', `conversations/${me.conversationId}/activities`, {
      token: eve.token,
      body: { type: 'message', text: 'Eve was here' },
    });
    expect(posted.status).toBe(403);
    expect(thread().messages).toHaveLength(1);
  });

  it('needs a token at all', async () => {
    const { status, body } = await client.call('GET', `conversations/${me.conversationId}/activities`);
    expect({ status, code: body.error.code }).toEqual({ status: 401, code: 'MissingToken' });
  });

  it('of a site that was closed is closed', async () => {
    const there = await client.visitor('other');
    const list = webchat.host.accountList;
    const later = await startWebchat();
    later.host.accountList = later.host.accountList.filter(({ id }) => id !== OTHER.id);
    expect(list).toContain(OTHER);
    expect((await wireClient(later.url).say(there, { type: 'typing' })).status).toBe(403);
    await later.stop();
  });

  it('is read page by page, from any watermark', async () => {
    for (let i = 1; i <= 120; i++) webchat.host.say(me.conversationId, `消息 ${i}`);
    const poll = async (watermark: string) => {
      const path = `conversations/${me.conversationId}/activities?watermark=${watermark}`;
      return (await client.call('GET', path, { token: me.token })).body;
    };
    const first = await poll('');
    expect(first).toMatchObject({ activities: { length: 100 }, watermark: '100' });
    const rest = await poll(first.watermark);
    expect(rest).toMatchObject({ activities: { length: 20 }, watermark: '120' });
    expect(await poll('120')).toEqual({ activities: [], watermark: '120' });
    for (const odd of ['-1', 'x', '1e9', '1'.repeat(40)])
      expect((await poll(odd)).error.code).toBe('BadArgument');
  });
});
