import { describe, expect, it } from 'vitest';
import { buttonsOf, cardOf } from './cards.ts';

const adaptive = (content: object) =>
  cardOf({ contentType: 'application/vnd.microsoft.card.adaptive', content });

describe('the buttons of a message', () => {
  it('say their value, their title standing for what is not for reading', () => {
    const [imBack, post, data] = buttonsOf([
      { type: 'imBack', title: '宽带', value: '办理宽带' },
      { type: 'postBack', title: '转人工', value: 'handoff' },
      { type: 'postBack', title: '第一项', value: { pick: 1 } },
    ]);
    expect(imBack).toEqual({ title: '宽带', says: { type: 'message', text: '办理宽带' } });
    expect(post).toMatchObject({
      says: { text: 'handoff', channelData: { messageBack: { displayText: '转人工' } } },
    });
    expect(data).toMatchObject({ says: { text: '第一项', value: { pick: 1 } } });
  });

  it('open https pages only, and are left out without a title', () => {
    expect(
      buttonsOf([{ type: 'openUrl', title: '官网', value: 'javascript:alert(1)' }, { type: 'imBack' }]),
    ).toEqual([]);
    expect(buttonsOf([{ type: 'openUrl', title: '官网', value: 'https://example.com' }])).toEqual([
      { title: '官网', href: 'https://example.com/' },
    ]);
  });
});

describe('a card', () => {
  it('of Adaptive kind shows its texts, facts and submits, also inside a container', () => {
    const card = adaptive({
      body: [
        { type: 'TextBlock', text: '请核对' },
        { type: 'Container', items: [{ type: 'FactSet', facts: [{ title: '类别', value: '资费' }] }] },
      ],
      actions: [{ type: 'Action.Submit', title: '提交', data: { confirm: true } }],
    });
    expect(card).toEqual({
      texts: ['请核对'],
      facts: [{ title: '类别', value: '资费' }],
      buttons: [{ title: '提交', says: { type: 'message', text: '提交', value: { confirm: true } } }],
    });
  });

  it('with a plain string as data says that string', () => {
    const card = adaptive({ actions: [{ type: 'Action.Submit', title: '宽带', data: '办理宽带' }] });
    expect(card?.buttons).toEqual([{ title: '宽带', says: { type: 'message', text: '办理宽带' } }]);
  });

  it('that holds more than we draw is told by its fallback text', () => {
    const body = [
      { type: 'TextBlock', text: '一' },
      { type: 'Input.Text', id: 'x' },
    ];
    expect(adaptive({ body, fallbackText: '请直接回复文字。' })).toMatchObject({
      texts: ['请直接回复文字。'],
    });
    expect(adaptive({ body, speak: '请说' })).toMatchObject({ texts: ['请说'] });
    expect(adaptive({ body })).toMatchObject({ texts: ['一'] });
  });

  it.each([null, 'x', 7, { body: 'x', actions: 3 }, { body: [null, 1, []] }])(
    'of nonsense is no card: %j',
    (content) => {
      expect(adaptive(content as object)).toBeNull();
    },
  );

  it('of Hero kind has title, text and buttons', () => {
    const content = {
      title: '主菜单',
      text: '请选择',
      buttons: [{ type: 'imBack', title: '套餐', value: '套餐' }],
    };
    expect(cardOf({ contentType: 'application/vnd.microsoft.card.hero', content })).toMatchObject({
      title: '主菜单',
      texts: ['请选择'],
      buttons: [{ title: '套餐' }],
    });
  });
});
