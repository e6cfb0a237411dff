import { describe, expect, it } from 'vitest';
import { parseHtml } from '../../test/fakes/telegram/html.ts';
import type { OutboundMessage } from '../channel.ts';
import { cut, draw, sizeOf } from './format.ts';

const message = (more: Partial<OutboundMessage>): OutboundMessage => ({
  ...{ id: 'c|0000007', conversationId: 'c', seq: 7, at: 0, author: 'bot', kind: 'message', text: '' },
  ...more,
});
const texts = (more: Partial<OutboundMessage>) => draw(message(more)).map(({ html }) => parseHtml(html).text);
const keys = (more: Partial<OutboundMessage>) => draw(message(more)).at(-1)?.keyboard ?? [];

const leave = {
  title: '年假 3 天',
  text: '李娜，6 月 12 日起',
  facts: [{ label: '剩余', value: '5 天' }],
  buttons: [
    { title: '同意', token: 'abcdefghijklmnopqrst0' },
    { title: '不同意', token: 'abcdefghijklmnopqrst1' },
  ],
};

describe('a message', () => {
  it('of the bot is read as Markdown, of an agent as typed, under the name', () => {
    expect(texts({ text: '**好**' })).toEqual(['好']);
    expect(texts({ text: '**好** <b>', author: 'agent', name: '小王' })).toEqual(['小王\n**好** <b>']);
  });

  it('of files only has no words of its own', () => {
    expect(
      texts({ text: ' ', files: [{ id: 'f', name: 'a.pdf', type: 'application/pdf', size: 1 }] }),
    ).toEqual([]);
  });

  it('counts what it takes whether its marks are read or shown', () => {
    expect(sizeOf('**好**')).toBe(5);
    expect(sizeOf(`${'1、a\n'.repeat(3)}`)).toBe('1. a\n2. a\n3. a'.length);
  });
});

describe('buttons', () => {
  it('stand in a row while they are short', () => {
    expect(keys({ text: '?', actions: [{ title: '是' }, { title: '否' }] })).toEqual([
      [
        { text: '是', callback_data: 'v:是' },
        { text: '否', callback_data: 'v:否' },
      ],
    ]);
    expect(keys({ text: '?', actions: [{ title: '查询本月话费' }, { title: '办理国际漫游' }] })).toHaveLength(
      2,
    );
    expect(keys({ text: '?', actions: ['1', '2', '3', '4'].map((title) => ({ title })) })).toHaveLength(4);
  });

  it('carry at most 64 bytes: a token, a value, or where the value is to be found', () => {
    const long = '我'.repeat(21);
    const [data] = keys({ text: '?', actions: [{ title: '长', value: long }] }).flat();
    expect(data?.callback_data).toBe('i:7:0');
    const [fits] = keys({ text: '?', actions: [{ title: '长', value: long.slice(1) }] }).flat();
    expect(Buffer.byteLength(fits?.callback_data ?? '')).toBe(62);
    expect(
      keys({ card: leave })
        .flat()
        .map((key) => key.callback_data),
    ).toEqual(['t:abcdefghijklmnopqrst0', 't:abcdefghijklmnopqrst1']);
  });
});

describe('a card', () => {
  it('is a title, lines and buttons; once decided, its outcome and none', () => {
    expect(texts({ card: leave })).toEqual(['年假 3 天\n李娜，6 月 12 日起\n剩余: 5 天']);
    const decided = { ...leave, outcome: '王芳已同意' };
    expect(texts({ card: decided, text: '王芳已同意' })).toEqual([
      '年假 3 天\n李娜，6 月 12 日起\n剩余: 5 天\n王芳已同意',
    ]);
    expect(keys({ card: decided })).toEqual([]);
  });

  it('stands below other words, in a message of its own where both do not fit', () => {
    expect(texts({ card: leave, text: '请核对' })[0]).toMatch(/^请核对\n\n年假/);
    const [words, card] = draw(message({ card: leave, text: '长'.repeat(4090) }));
    expect(words?.keyboard).toBeUndefined();
    expect(card?.keyboard?.flat()).toHaveLength(2);
  });

  it('is cut where even alone it is too long', () => {
    const [text = ''] = texts({ card: { ...leave, text: '<🧑>'.repeat(2000) } });
    expect(text.length).toBeLessThanOrEqual(4096);
    expect(text).toMatch(/…\n剩余: 5 天$/);
    expect(cut('a🧑b', 3)).toBe('a…');
  });
});
