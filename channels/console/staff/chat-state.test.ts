import { describe, expect, it } from 'vitest';
import { cardOf, heard, notSaid, said, saying } from './chat-state.ts';
import type { Activity } from './wire.ts';

const mine = (text: string, clientActivityID: string): Activity => ({
  ...{ type: 'message', text, channelData: { clientActivityID } },
});
const echo = (activity: Activity, id: string): Activity => ({
  ...{ ...activity, id, from: { role: 'user' }, timestamp: '2026-06-10T02:00:00Z' },
});
const card = (body: object[], actions: object[] = []): Activity => ({
  ...{ type: 'message', id: 'k|1', from: { role: 'bot' }, text: '' },
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { type: 'AdaptiveCard', body, actions },
    },
  ],
});
const submit = { type: 'Action.Submit', title: '同意', data: { token: 't1' }, style: 'positive' };

describe('the staff chat', () => {
  it('shows what I write at once, and its echo in the same place', () => {
    const typed = saying([], mine('我的班次', 'c1'));
    expect(typed).toMatchObject([{ text: '我的班次', mine: true, state: 'sending' }]);
    const echoed = heard(said(typed, 'c1'), [echo(mine('我的班次', 'c1'), 'k|1')]);
    expect(echoed).toMatchObject([{ id: 'k|1', mine: true, state: 'said' }]);
  });

  it('keeps what failed, and sends it again as the same', () => {
    const typed = saying([], mine('请假', 'c1'));
    const lost = notSaid(typed, 'c1', '连接不上');
    expect(lost).toMatchObject([{ state: 'failed', why: '连接不上' }]);
    expect(saying(lost, mine('请假', 'c1'))).toHaveLength(1);
  });

  it('shows a sheet that was sent, by its name', () => {
    const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    const sheet = {
      contentType,
      contentUrl: '/v3/directline/conversations/k/files/f?s=1',
      name: '考勤表.xlsx',
    };
    const picture = { contentType: 'image/png', contentUrl: '/p', name: '图.png' };
    const [line] = heard([], [{ ...{ type: 'message', id: 'k|1' }, attachments: [sheet, picture] }]);
    expect(line?.files).toEqual([
      { name: '考勤表.xlsx', url: sheet.contentUrl, picture: false },
      { name: '图.png', url: '/p', picture: true },
    ]);
    expect(line?.cards).toEqual([]);
  });

  it('redraws a card in its place when it is decided', () => {
    const open = heard([], [card([{ type: 'TextBlock', text: '请假单', weight: 'Bolder' }], [submit])]);
    expect(open[0]?.cards[0]?.buttons).toEqual([{ title: '同意', data: { token: 't1' }, style: 'positive' }]);
    const after = heard(
      [...open, ...saying([], mine('同意', 'c2'))],
      [
        card([
          { type: 'TextBlock', text: '请假单', weight: 'Bolder' },
          { type: 'TextBlock', text: '已同意', weight: 'Bolder' },
        ]),
      ],
    );
    expect(after).toHaveLength(2);
    expect(after[0]?.cards[0]).toMatchObject({
      buttons: [],
      texts: [{ text: '请假单' }, { text: '已同意' }],
    });
  });

  it('leaves typing signs and elements that it cannot draw out', () => {
    expect(heard([], [{ type: 'typing' }])).toEqual([]);
    expect(cardOf({ body: [{ type: 'Image', url: 'x' }], actions: [{ type: 'Action.OpenUrl' }] })).toEqual({
      ...{ texts: [], facts: [], buttons: [] },
    });
    expect(cardOf(undefined)).toEqual({ texts: [], facts: [], buttons: [] });
  });
});
