import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Capabilities } from '../../../channels/channel.ts';
import { fitTo, meant } from './fit.ts';
import { plainText } from './plain.ts';
import { split } from './split.ts';

const rich: Capabilities = {
  ...{ push: true, buttons: true, cards: true, markdown: true, typing: true, maxText: 4096 },
};
const bare: Capabilities = {
  ...{ push: true, buttons: false, cards: false, markdown: false, typing: false, maxText: 280, brief: true },
};
const wellFormed = (text: string) => !/\p{Surrogate}/u.test(text);
const room = (max: number) => ({ max, size: (text: string) => text.length });

describe('split', () => {
  it('leaves what fits as it is', () => {
    expect(split('流量当月有效。', room(20))).toEqual(['流量当月有效。']);
  });

  it('cuts at the end of a paragraph before a sentence, and of a sentence before a clause', () => {
    expect(split('第一段的内容在这里。\n\n第二段也不短，还有一句。', room(20))).toEqual([
      '第一段的内容在这里。',
      '第二段也不短，还有一句。',
    ]);
    expect(split('先停机，再销户。需本人携带证件办理', room(12))).toEqual([
      '先停机，再销户。',
      '需本人携带证件办理',
    ]);
    expect(split('Bring your card. Then sign the form here', room(24))).toEqual([
      'Bring your card.',
      'Then sign the form here',
    ]);
  });

  it('never cuts inside a link, an emoji of several parts, or a flag', () => {
    const family = '👨‍👩‍👧‍👦';
    for (const text of [`请看 https://www.chenxing.example/plans?a=1 谢谢`, `${family}${family}`, '🇨🇳🇨🇳🇨🇳'])
      for (let max = 12; max < 45; max++) {
        const parts = split(text, room(max));
        for (const part of parts.join('\n').match(/\S*\/\S*/g) ?? [])
          if (max >= 38) expect(part).toContain('https://www.chenxing.example/plans?a=1');
        expect(parts.join('')).not.toMatch(/^\u200d|\u200d$/m);
        expect(parts.every((part) => !part.startsWith('\u200d') && wellFormed(part))).toBe(true);
      }
  });

  it('loses nothing, repeats nothing and keeps within the room, whatever is said', () => {
    const unit = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom('。', '！', '\n', '\n\n', ' ', '，', '话费', 'https://a.example/b?c=d', '👩🏽‍🚒'),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 60 }), fc.integer({ min: 30, max: 90 }), (units, max) => {
        const text = units.join('');
        const parts = split(text, room(max));
        expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(max);
        if (wellFormed(text)) expect(parts.every((part) => wellFormed(part))).toBe(true);
      }),
    );
  });
});

describe('plain text', () => {
  it('takes the marks out and keeps the addresses', () => {
    expect(plainText('## 资费\n**58 元**含 *30 GB*，见[官网](https://www.chenxing.example)')).toBe(
      '资费\n58 元含 30 GB，见官网 https://www.chenxing.example',
    );
    expect(plainText('| 档位 | 月费 |\n|---|---|\n| A | 58 |')).toBe('档位  月费\nA  58');
  });

  it('leaves alone what is no mark', () => {
    for (const text of ['拨 *100# 查询', 'my_own_name', '3 * 4 * 5', '- 一\n- 二'])
      expect(plainText(text)).toBe(text);
  });
});

describe('fitting', () => {
  const actions = [{ title: '办理套餐变更' }, { title: '转人工' }];

  it('gives a channel with everything everything, the buttons under the last part', () => {
    const long = '很长的一句话。'.repeat(800);
    const { parts, choices } = fitTo({ text: long, actions }, rich, 'zh-CN');
    expect(parts.map(({ text }) => text).join('')).toBe(long);
    expect(parts.map(({ actions: under }) => under?.length ?? 0)).toEqual([0, 2]);
    expect(choices).toEqual({});
  });

  it('takes the short wording and writes choices as numbers where there is little', () => {
    const { parts, choices } = fitTo(
      { text: '很长。'.repeat(100), short: '资费 58 元。', actions },
      bare,
      'zh-CN',
    );
    expect(parts).toEqual([{ text: '资费 58 元。\n请回复序号：\n1. 办理套餐变更\n2. 转人工' }]);
    expect(meant(' ２. ', choices)).toBe('转人工');
    expect(meant('22', choices)).toBe('22');
    expect(meant('2 号线', choices)).toBe('2 号线');
  });

  it('does not list twice what the text lists itself, and counts on', () => {
    const text = '您要问的是哪一个？\n1. 5G套餐资费\n2. 流量叠加包';
    const more = [{ title: '5G套餐资费' }, { title: '流量叠加包' }, { title: '都不是' }];
    const { parts, choices } = fitTo({ text, actions: more }, bare, 'zh-CN');
    expect(parts[0]?.text).toBe(`${text}\n回复 3：都不是`);
    expect(choices).toEqual({ 3: '都不是' });
  });

  it('gives no number to a choice where a number is asked for', () => {
    const { parts, choices } = fitTo(
      { text: '请留下联系电话。', actions: [{ title: '跳过' }], wordsOnly: true },
      bare,
      'zh-CN',
    );
    expect(parts[0]?.text).toBe('请留下联系电话。\n也可回复「跳过」。');
    expect(choices).toEqual({});
  });

  it('writes a card as lines, and its outcome instead of its buttons', () => {
    const card = {
      title: '请假申请',
      facts: [{ label: '时间', value: '6月12日' }],
      buttons: [{ title: '同意' }],
    };
    expect(fitTo({ text: '', card }, bare, 'zh-CN').parts[0]?.text).toBe(
      '请假申请\n时间：6月12日\n回复 1：同意',
    );
    const { buttons: _, ...decided } = { ...card, outcome: '已同意' };
    expect(fitTo({ text: '', card: decided }, bare, 'zh-CN').parts[0]?.text).toBe(
      '请假申请\n时间：6月12日\n已同意',
    );
  });
});
