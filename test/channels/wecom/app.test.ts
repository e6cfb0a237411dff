import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../channels/channel.ts';
import { kind } from '../../../channels/wecom/channel.ts';
import { readXml } from '../../../channels/wecom/xml.ts';
import { AGENT } from '../../fakes/wecom/app.ts';
import { CORP } from '../../fakes/wecom/platform.ts';
import { sign, unseal } from '../../fakes/wecom/sealing.ts';
import { heard, openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage(kind);
  stage.platform.app.members.add('LiLei');
});
afterEach(async () => {
  expect(stage.platform.app.faults).toEqual([]);
  await stage.close();
});

let messages = 0;
const from = (fields: Record<string, string | number>) =>
  stage.caller.post({ FromUserName: 'LiLei', AgentID: AGENT, MsgId: String(++messages), ...fields });
const event = (fields: Record<string, string | number>) =>
  stage.caller.post({ FromUserName: 'LiLei', AgentID: AGENT, MsgType: 'event', ...fields });
const shown = () => stage.platform.shown.map(({ kind, text, buttons }) => [kind, text, ...buttons]);
const inbound = () => [...stage.host.threads.values()].flatMap((thread) => thread.inbound);
const send = (message: Parameters<Stage['delivery']>[1], more?: Parameters<Stage['delivery']>[2]) =>
  stage.channel.send?.(stage.delivery('LiLei', message, more));

describe('a colleague writes', () => {
  it('and is one person however their UserID is written', async () => {
    await from({ MsgType: 'text', Content: '请假' });
    await from({ FromUserName: 'lilei', MsgType: 'text', Content: '三天' });
    expect(heard(stage.host)).toEqual(['lilei: 请假', 'lilei: 三天']);
  });

  it('marks and entities, even the end of CDATA, arrive as typed', async () => {
    const Content = '<b>&amp; &lt;!ENTITY x> ]]> <!DOCTYPE html> & 007';
    await from({ MsgType: 'text', Content });
    expect(inbound()[0]?.text).toBe(Content);
  });

  it('a repeat changes nothing', async () => {
    await from({ MsgType: 'text', Content: '一次', MsgId: '77' });
    await from({ MsgType: 'text', Content: '一次', MsgId: '77' });
    expect(heard(stage.host)).toEqual(['lilei: 一次']);
  });

  it('a picture comes by reference, and is fetched within a limit', async () => {
    stage.platform.media.set('m1', { name: '', type: 'image', bytes: Buffer.from('a picture') });
    await from({ MsgType: 'image', PicUrl: 'https://wx.example/1', MediaId: 'm1' });
    expect(inbound()[0]?.files).toEqual([{ name: 'image', ref: 'm1' }]);
    expect(await stage.channel.fetchFile?.('wecom:help', 'm1', 9)).toEqual(Buffer.from('a picture'));
    await expect(stage.channel.fetchFile?.('wecom:help', 'm1', 8)).rejects.toThrow('more than 8 bytes');
    await expect(stage.channel.fetchFile?.('wecom:help', 'gone', 8)).rejects.toThrow('40007');
  });

  it('a voice is answered within the request: please write', async () => {
    const response = await from({ MsgType: 'voice', MediaId: 'v1', Format: 'amr' });
    const { Encrypt = '', MsgSignature, TimeStamp = '', Nonce = '' } = readXml(await response.text());
    expect(MsgSignature).toBe(sign(CORP.token, TimeStamp, Nonce, Encrypt));
    const reply = readXml(unseal(Encrypt, CORP, CORP.corpId));
    expect(reply).toMatchObject({
      ToUserName: 'LiLei',
      MsgType: 'text',
      Content: expect.stringContaining('请用文字'),
    });
    expect(inbound()).toEqual([]);
  });

  it('who opens the application has joined; a menu of the application says its KEY', async () => {
    await event({ Event: 'enter_agent', EventKey: '' });
    await event({ Event: 'click', EventKey: '我的班表' });
    await event({ Event: 'LOCATION', Latitude: '23.1' });
    const [thread] = stage.host.threads.values();
    expect(thread?.signs.map(({ kind }) => kind)).toEqual(['joined']);
    expect(heard(stage.host)).toEqual(['lilei: 我的班表']);
  });

  it('what another application got is not ours', async () => {
    expect((await from({ MsgType: 'text', Content: '错门', AgentID: AGENT + 1 })).status).toBe(401);
    expect((await stage.caller.post({ MsgType: 'text', Content: '无名', MsgId: '1' })).status).toBe(400);
    expect(inbound()).toEqual([]);
  });
});

describe('a colleague is written to', () => {
  const card: Card = {
    title: '请假申请',
    facts: [
      { label: '申请人', value: '王芳' },
      { label: '天数', value: '2 天' },
    ],
    buttons: [
      { title: '同意', token: 'T'.repeat(21), style: 'primary' },
      { title: '不同意', token: 'F'.repeat(21), style: 'danger' },
    ],
  };

  it('a card that fits is one card, and the press decides it', async () => {
    await from({ MsgType: 'text', Content: '待办' });
    const [thread] = stage.host.threads.values();
    const conversationId = thread?.id ?? '';
    stage.host.cards.set('T'.repeat(21), { conversationId, card, outcome: '已同意' });
    await send({ card, text: '' });
    expect(shown()).toEqual([['message', '请假申请\n申请人：王芳\n天数：2 天', '同意', '不同意']]);
    const [drawn] = stage.platform.shown;
    const ResponseCode = stage.platform.app.code(drawn?.id ?? '');
    const press = {
      Event: 'template_card_event',
      EventKey: drawn?.keys[0]?.key ?? '',
      TaskId: drawn?.id ?? '',
      ResponseCode,
    };
    expect((await event(press)).status).toBe(200);
    await expect.poll(() => shown().at(-1)).toEqual(['update', '请假申请\n已同意\n申请人：王芳\n天数：2 天']);
    // The platform sends it again: its code is used up, and only the log hears of that.
    expect((await event(press)).status).toBe(200);
    await expect.poll(() => stage.errors.length).toBe(1);
    expect(stage.platform.app.faults.splice(0)).toEqual(['response_code is used or over']);
  });

  it('a press that counts no more is answered with why, in words', async () => {
    await from({ MsgType: 'text', Content: '待办' });
    await send({ card, text: '' });
    const press = () =>
      event({
        Event: 'template_card_event',
        EventKey: `t:${'T'.repeat(21)}`,
        TaskId: 'x',
        ResponseCode: 'r',
      });
    expect((await press()).status).toBe(200);
    await expect.poll(() => shown().at(-1)).toEqual(['message', expect.stringContaining('已经失效')]);
    stage.host.refusal = 403;
    expect((await press()).status).toBe(200);
    await expect.poll(() => shown().at(-1)).toEqual(['message', expect.stringContaining('现在不能办理')]);
    stage.host.refusal = 503;
    expect((await press()).status).toBe(503);
    expect(stage.errors).toHaveLength(1);
  });

  it('a card that doesn’t is told in words, with its buttons below', async () => {
    const reasons = Array.from({ length: 90 }, (_, n) => ({
      label: `说明${n}`,
      value: '因家中有事需要处理',
    }));
    const result = await send({ text: '有一条新申请', card: { ...card, facts: reasons } });
    const [first, second, last] = shown();
    expect(first?.[1]).toMatch(/^有一条新申请\n请假申请\n说明0：因家中有事需要处理\n/);
    expect(second?.[1]).toMatch(/说明89：因家中有事需要处理$/);
    expect(last).toEqual(['message', '请假申请', '同意', '不同意']);
    expect(result).toMatchObject({
      externalIds: [expect.anything(), expect.anything(), expect.stringMatching(/^card:/)],
    });
  });

  it('choices: six to a card, the text on the first one', async () => {
    const actions = ['一', '二', '三', '四', '五', '六', '七'].map((title) => ({
      title,
      value: `选${title}`,
    }));
    await send({ text: '请选择班次', actions });
    expect(shown()).toEqual([
      ['message', '请选择班次', '一', '二', '三', '四', '五', '六'],
      ['message', '…', '七'],
    ]);
    await event({
      Event: 'template_card_event',
      EventKey: stage.platform.shown[1]?.keys[0]?.key ?? '',
      TaskId: 'x',
    });
    expect(heard(stage.host)).toEqual(['lilei: 选七']);
  });

  it('a card decided elsewhere is drawn anew once; after 72 hours the outcome is said instead', async () => {
    const result = await send({ card });
    const id = (result as { externalIds: string[] }).externalIds[0] ?? '';
    const decided = stage.delivery('LiLei', { card: { ...card, outcome: '王芳已撤回' } });
    expect(await stage.channel.update?.(decided, id)).toEqual({ externalIds: [id] });
    expect(shown().at(-1)).toEqual(['update', '请假申请\n王芳已撤回\n申请人：王芳\n天数：2 天']);
    const later = await send({ card });
    stage.pass(72 * 3600_000);
    const late = (later as { externalIds: string[] }).externalIds[0] ?? '';
    await stage.channel.update?.(stage.delivery('LiLei', { card: { ...card, outcome: '已过期' } }), late);
    expect(shown().at(-1)).toEqual(['message', '请假申请：已过期']);
    expect(stage.platform.app.faults.splice(0)).toEqual(['response_code is used or over']);
  });

  it('files go as pictures where they can', async () => {
    const file = { id: 'f1', name: '班表.pdf', type: 'application/pdf', size: 12 };
    const picture = { id: 'f2', name: '现场.png', type: 'image/png', size: 12 };
    for (const each of [file, picture])
      stage.host.files.set(each.id, { ...each, conversationId: 'none', bytes: Buffer.from('twelve bytes') });
    await send({ text: '附件', files: [file, picture] });
    expect(shown()).toEqual([
      ['message', '[file] 班表.pdf'],
      ['message', '[image] 现场.png'],
      ['message', '附件'],
    ]);
  });

  it('what arrived before a failure is not sent again', async () => {
    const delivery = stage.delivery('LiLei', { text: '长'.repeat(200), actions: [{ title: '好' }] });
    stage.platform.next.set('message/send', []);
    const answers = stage.platform.next.get('message/send') ?? [];
    answers.push({ errcode: 0, errmsg: 'ok', msgid: 'first' }, { errcode: -1, errmsg: 'system busy' });
    expect(await stage.channel.send?.(delivery)).toMatchObject({ retryAfter: 1000 });
    const again = await stage.channel.send?.({ ...delivery, attempt: 2 });
    expect(again).toEqual({ externalIds: ['first', expect.stringMatching(/^card:/)] });
    expect(shown()).toEqual([['message', '请选择', '好']]);
  });
});

describe('who cannot be reached', () => {
  it.each([
    [
      'is not in the address book',
      'Nobody',
      {},
      { permanent: expect.stringContaining('81013'), address: 'unknown' },
    ],
    ['is named as invalid in a success', 'LiLei', { invaliduser: 'lilei' }, { address: 'unknown' }],
    ['has no licence', 'LiLei', { unlicenseduser: 'lilei' }, { address: 'blocked' }],
  ])('%s', async (_, to, answer, expected) => {
    if (Object.keys(answer).length > 0)
      stage.platform.next.set('message/send', [{ errcode: 0, errmsg: 'ok', msgid: 'm', ...answer }]);
    expect(await stage.channel.send?.(stage.delivery(to, { text: '在吗' }))).toMatchObject(expected);
  });
});
