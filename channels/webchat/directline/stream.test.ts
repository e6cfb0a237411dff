import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../channels/channel.ts';
import {
  type Granted,
  listenAt,
  type WireClient,
  wireClient,
} from '../../../test/fakes/directline-client.ts';
import { echoBot, STAFF, startWebchat, type Webchat } from '../../../test/fakes/webchat-server.ts';

let webchat: Webchat;
let client: WireClient;
let me: Granted;
beforeAll(async () => {
  webchat = await startWebchat({ stream: { keepAliveMs: 100 } });
  echoBot(webchat.host);
  client = wireClient(webchat.url);
});
afterAll(() => webchat.stop());
beforeEach(async () => {
  me = await client.visitor();
});

const textsOf = (heard: { text?: string }[]) => heard.flatMap(({ text }) => (text ? [text] : []));
const streamUrlOf = async ({ conversationId, token }: Granted) =>
  String((await client.call('GET', `conversations/${conversationId}?watermark=`, { token })).body.streamUrl);

describe('the stream', () => {
  it('brings the own message back first, then the answer, with the place to go on from', async () => {
    const { body } = await client.call('POST', 'conversations', { token: me.token });
    const stream = await listenAt(body.streamUrl);
    await client.say(me, { type: 'message', text: '你好', channelData: { clientActivityID: 'c-1' } });
    await expect.poll(() => stream.heard).toHaveLength(2);
    expect(stream.heard).toMatchObject([
      { id: `${me.conversationId}|0000001`, text: '你好', channelData: { clientActivityID: 'c-1' } },
      { from: { id: 'yingda', role: 'bot', name: '晨星通信' }, text: '您说：你好' },
    ]);
    expect(stream.watermark).toBe('2');
    stream.close();
  });

  it('goes on after the watermark, without loss or repetition', async () => {
    for (let i = 1; i <= 130; i++) webchat.host.say(me.conversationId, `第 ${i} 条`);
    const stream = await client.listen(me, '27');
    await expect.poll(() => stream.heard).toHaveLength(103);
    expect(stream.heard[0].text).toBe('第 28 条');
    expect(stream.watermark).toBe('130');
    stream.close();
  });

  it('says nothing but an empty frame while nothing is said', async () => {
    const stream = await client.listen(me);
    await expect.poll(() => stream.frames.length).toBeGreaterThan(1);
    expect(new Set(stream.frames)).toEqual(new Set(['']));
    stream.close();
  });

  it('shows that an agent types, without moving the watermark back', async () => {
    const stream = await client.listen(me);
    webchat.host.say(me.conversationId, '请稍等', { author: 'agent', name: '小李' });
    await expect.poll(() => stream.heard).toHaveLength(1);
    webchat.host.typing(me.conversationId, '小李');
    await expect.poll(() => stream.heard).toHaveLength(2);
    expect(stream.heard[1]).toMatchObject({ type: 'typing', from: { id: 'agent', role: 'bot' } });
    expect(stream.heard[1]).not.toHaveProperty('id');
    expect(stream.watermark).toBe('1');
    stream.close();
  });

  it('of a colleague ends soon after they signed out', async () => {
    const conversationId = await webchat.host.thread(STAFF, 'person:1', 'zh-CN');
    const invited = (await webchat.channel.invite?.(conversationId, STAFF, 'person-1')) as unknown;
    const stream = await client.listen(invited as Granted);
    await expect.poll(() => stream.frames.length).toBeGreaterThan(1);
    expect(stream.socket.readyState).toBe(stream.socket.OPEN);
    webchat.host.left.add(conversationId);
    await once(stream.socket, 'close');
  });

  it('ends its oldest reader when one conversation has too many', async () => {
    const streams = await Promise.all(Array.from({ length: 10 }, () => client.listen(me)));
    const last = await client.listen(me);
    await expect.poll(() => streams.filter(({ socket }) => socket.readyState >= 2)).toHaveLength(1);
    for (const stream of [...streams, last]) stream.close();
  });

  it('ends after its longest time; who still has a token goes on where it was', async () => {
    const brief = await startWebchat({ stream: { keepAliveMs: 50, longestMs: 100 } });
    const { visitor, listen } = wireClient(brief.url);
    const there = await visitor();
    const stream = await listen(there);
    brief.host.say(there.conversationId, '一');
    const [code] = await once(stream.socket, 'close');
    expect(code).toBe(1000);
    brief.host.say(there.conversationId, '二');
    const next = await listen(there, stream.watermark);
    await expect.poll(() => textsOf(next.heard)).toEqual(['二']);
    await brief.stop();
  });

  it('is refused without its own token', async () => {
    const url = await streamUrlOf(me);
    const other = await client.visitor();
    const wrong = [
      url.replace(/&t=.*/, ''),
      url.replace(/&t=.*/, '&t=junk'),
      url.replace(/&t=.*/, `&t=${me.token}`),
      url.replace(me.conversationId, other.conversationId),
      url.replace('watermark=0', 'watermark=x'),
      url.replace('/stream', '/stream/x'),
    ];
    const answers = await Promise.all(
      wrong.map((address) => listenAt(address).catch((error) => error.message)),
    );
    expect(answers.map((answer) => String(answer).slice(-3))).toEqual([
      '401',
      '403',
      '403',
      '403',
      '400',
      '404',
    ]);
  });

  it('survives clients that hang up in the middle of asking', async () => {
    const { hostname, port } = new URL(webchat.url);
    for (let i = 0; i < 20; i++) {
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      const path = `/v3/directline/conversations/${me.conversationId}/stream?t=junk`;
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
      socket.resetAndDestroy();
    }
    expect((await client.say(me, { type: 'message', text: '还在吗' })).status).toBe(200);
  });
});

describe('a reader that doesn’t read', () => {
  it('costs little memory, is cut, and misses nothing when it comes back', async () => {
    const url = new URL(await streamUrlOf(me));
    const socket = connect(Number(url.port), url.hostname);
    const key = 'x3JJHMbDL1EzLkh9GBhXDw==';
    const ask = `Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}`;
    socket.write(
      `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nConnection: Upgrade\r\n${ask}\r\n\r\n`,
    );
    await once(socket, 'data');
    socket.pause();
    const ended = new Promise((done) => socket.once('close', done));
    socket.on('error', () => undefined);
    for (let i = 1; i <= 6000; i++) webchat.host.say(me.conversationId, `${i} ${'长'.repeat(1000)}`);
    // Six million characters were said; what waits for this reader is a small part of them.
    expect(webchat.waiting()).toBeGreaterThan(0);
    expect(webchat.waiting()).toBeLessThan(600_000);
    // A paused socket notices its end only when it reads again.
    await new Promise((done) => setTimeout(done, 600));
    socket.resume();
    await ended;
    const again = await client.listen(me, '5990');
    await expect.poll(() => again.heard).toHaveLength(10);
    again.close();
  });

  it('and only pauses is fed to the end', async () => {
    const calm = await startWebchat();
    const there = await wireClient(calm.url).visitor();
    const stream = await wireClient(calm.url).listen(there);
    stream.socket.pause();
    for (let i = 1; i <= 3000; i++) calm.host.say(there.conversationId, `${i} ${'长'.repeat(1000)}`);
    stream.socket.resume();
    await expect.poll(() => stream.watermark).toBe('3000');
    expect(textsOf(stream.heard).map((text) => Number.parseInt(text, 10))).toEqual(
      Array.from({ length: 3000 }, (_, i) => i + 1),
    );
    await calm.stop();
  });
});

describe('a card’s button', () => {
  const card: Card = {
    title: '请假申请',
    facts: [{ label: '日期', value: '6月12日 周五' }],
    buttons: [{ title: '同意', token: 'tok-agree', style: 'primary' }],
  };

  it('counts once: pressed twice, the card stands decided, drawn in place', async () => {
    const { conversationId } = me;
    const { id } = webchat.host.say(conversationId, '', { card });
    webchat.host.cards.set('tok-agree', { conversationId, card, outcome: '已同意' });
    const stream = await client.listen(me);
    await expect.poll(() => stream.heard).toHaveLength(1);
    const { data } = stream.heard[0].attachments[0].content.actions[0];
    const press = { type: 'message', text: '同意', value: data, channelData: { clientActivityID: 'p1' } };
    for (let times = 1; times <= 2; times++) {
      expect((await client.say(me, press)).status).toBe(200);
      await expect.poll(() => stream.heard).toHaveLength(1 + 2 * times);
    }
    expect(stream.heard[1]).toMatchObject({ from: { role: 'user' }, text: '同意' });
    expect(stream.heard[1].channelData).toEqual({ clientActivityID: 'p1' });
    expect(stream.heard[2]).toMatchObject({
      id,
      attachments: [{ fallbackText: expect.stringContaining('已同意') }],
    });
    expect(stream.heard[2].attachments[0].content).not.toHaveProperty('actions');
    expect(stream.heard.slice(3)).toEqual(
      stream.heard.slice(1, 3).map((it) => ({ ...it, timestamp: expect.any(String) })),
    );
    expect(stream.watermark).toBe('1');
    stream.close();
  });

  it('of somebody else’s card does nothing', async () => {
    const other = await client.visitor();
    webchat.host.cards.set('tok-other', { conversationId: other.conversationId, card, outcome: '已同意' });
    const { status, body } = await client.say(me, { type: 'message', value: { token: 'tok-other' } });
    expect({ status, code: body.error.code }).toEqual({ status: 404, code: 'NotFound' });
    expect(webchat.host.cards.get('tok-other')?.card.outcome).toBeUndefined();
    expect((await client.say(me, { type: 'message', value: { token: { $ne: 1 } } })).status).toBe(400);
  });

  it('passes a reason on', async () => {
    const { conversationId } = me;
    webchat.host.cards.set('tok-refuse', { conversationId, card, outcome: '已驳回' });
    await client.say(me, { type: 'message', value: { token: 'tok-refuse', note: '当天人手不足' } });
    expect(webchat.host.notes).toEqual(['当天人手不足']);
  });
});
