import { describe, expect, it } from 'vitest';
import type { Card, OutboundMessage } from '../../channel.ts';
import { frame, type Reader, serialise, toActivity } from './outbound.ts';

const reader: Reader = {
  user: 'dl_me',
  botName: '晨星通信',
  cards: 'adaptive',
  base: 'https://desk.example',
  fileUrl: (id) => `https://desk.example/files/${id}`,
};
const message: OutboundMessage = {
  id: 'c1|0000042',
  conversationId: 'c1',
  seq: 42,
  at: Date.parse('2026-06-10T10:00:00+08:00'),
  author: 'bot',
  kind: 'message',
  text: '套餐**内**流量可在营业厅查询。',
};
const card: Card = {
  title: '请假申请',
  text: '小王 申请事假',
  facts: [{ label: '日期', value: '6月12日 周五' }],
  buttons: [
    { title: '同意', token: 't1', style: 'primary' },
    { title: '驳回', token: 't2', style: 'danger' },
    { title: '查看排班', value: '排班' },
  ],
};

describe('a message becomes an Activity', () => {
  it('of the bot: with its words, outcome, sources and what it answers', () => {
    const data = { outcome: 'answer', entryIds: ['k7'], score: 0.93, replyToId: 'c1|0000041' };
    expect(toActivity({ ...message, data }, reader)).toEqual({
      type: 'message',
      id: 'c1|0000042',
      timestamp: '2026-06-10T02:00:00.000Z',
      channelId: 'directline',
      conversation: { id: 'c1' },
      from: { id: 'yingda', role: 'bot', name: '晨星通信' },
      text: message.text,
      textFormat: 'markdown',
      replyToId: 'c1|0000041',
      channelData: { yingda: { outcome: 'answer', entryIds: ['k7'], score: 0.93, author: 'bot' } },
    });
  });

  it('of an agent: by name, and as typed', () => {
    const activity = toActivity({ ...message, author: 'agent', name: '小李', text: '3*4*5' }, reader);
    expect(activity).toMatchObject({
      from: { id: 'agent', role: 'bot', name: '小李' },
      text: '3*4*5',
      textFormat: 'plain',
      channelData: { yingda: { author: 'agent' } },
    });
  });

  it('of oneself: under one’s own id, customer or colleague', () => {
    for (const author of ['customer', 'staff'] as const) {
      const activity = toActivity({ ...message, author, clientId: 'a7' }, reader);
      expect(activity).toMatchObject({ from: { id: 'dl_me', role: 'user' }, textFormat: 'plain' });
      expect(activity.channelData).toEqual({ clientActivityID: 'a7' });
    }
  });

  it('with choices to press, said as if typed', () => {
    const actions = [
      { title: '转人工' },
      { title: '留言', value: '留言/建单' },
      { title: '好', token: 't9' },
    ];
    expect(toActivity({ ...message, actions }, reader).suggestedActions).toEqual({
      to: ['dl_me'],
      actions: [
        { type: 'imBack', title: '转人工', value: '转人工' },
        { type: 'imBack', title: '留言', value: '留言/建单' },
        { type: 'postBack', title: '好', value: { token: 't9' } },
      ],
    });
  });

  it('or into an event, with its name', () => {
    const event = toActivity(
      { ...message, kind: 'event', data: { name: 'yingda/queue', position: 3 } },
      reader,
    );
    expect(event).toMatchObject({
      type: 'event',
      name: 'yingda/queue',
      channelData: { yingda: { position: 3 } },
    });
    expect(event).not.toHaveProperty('text');
  });
});

describe('a card', () => {
  it('is an Adaptive Card 1.5 whose buttons submit their token', () => {
    const activity = toActivity({ ...message, card }, reader) as { attachments: [Record<string, unknown>] };
    const [attachment] = activity.attachments;
    expect(attachment).toMatchObject({
      contentType: 'application/vnd.microsoft.card.adaptive',
      fallbackText: '请假申请\n小王 申请事假\n日期: 6月12日 周五',
      content: {
        type: 'AdaptiveCard',
        version: '1.5',
        fallbackText: '请假申请\n小王 申请事假\n日期: 6月12日 周五',
        body: [
          { type: 'TextBlock', text: '请假申请' },
          { type: 'TextBlock', text: '小王 申请事假' },
          { type: 'FactSet', facts: [{ title: '日期', value: '6月12日 周五' }] },
        ],
      },
    });
    expect((attachment.content as { actions: unknown }).actions).toEqual([
      { type: 'Action.Submit', title: '同意', data: { token: 't1' }, style: 'positive' },
      { type: 'Action.Submit', title: '驳回', data: { token: 't2' }, style: 'destructive' },
      { type: 'Action.Submit', title: '查看排班', data: '排班' },
    ]);
  });

  it('that is decided shows the outcome instead of its buttons', () => {
    for (const cards of ['adaptive', 'hero'] as const) {
      const decided = toActivity({ ...message, card: { ...card, outcome: '已同意' } }, { ...reader, cards });
      const said = JSON.stringify(decided);
      expect(said).toContain('已同意');
      expect(said).not.toContain('t1');
    }
  });

  it('is a hero card where the site asks for one', () => {
    expect(toActivity({ ...message, card }, { ...reader, cards: 'hero' }).attachments).toMatchObject([
      {
        contentType: 'application/vnd.microsoft.card.hero',
        content: {
          title: '请假申请',
          text: '小王 申请事假\n\n日期: 6月12日 周五',
          buttons: [
            { type: 'postBack', title: '同意', value: { token: 't1' } },
            { type: 'postBack', title: '驳回', value: { token: 't2' } },
            { type: 'imBack', title: '查看排班', value: '排班' },
          ],
        },
      },
    ]);
  });
});

describe('a frame', () => {
  it('ends at its last message, and never before where the reader stood', () => {
    const typing: OutboundMessage = { ...message, kind: 'typing', seq: 0, id: '' };
    expect(JSON.parse(frame([message, typing], reader, 7))).toMatchObject({
      activities: [{ type: 'message' }, { type: 'typing' }],
      watermark: '42',
    });
    expect(JSON.parse(frame([typing], reader, 7)).watermark).toBe('7');
    expect(JSON.parse(frame([], reader, 0))).toEqual({ activities: [], watermark: '0' });
  });

  it('writes a message once for all who watch, and again for somebody with another id', () => {
    const shared = { ...message, author: 'customer' as const };
    const first = serialise(shared, reader);
    shared.text = 'changed behind our back';
    expect(serialise(shared, { ...reader })).toBe(first);
    expect(serialise(shared, { ...reader, user: 'dl_other' })).toContain('dl_other');
  });
});
