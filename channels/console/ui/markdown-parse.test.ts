import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBlocks, parseInline } from './markdown-parse.ts';

describe('the small Markdown of answers', () => {
  it('reads paragraphs, lists and headings', () => {
    expect(parseBlocks('五档：\n\n- **59元**\n- 99元\n\n1. 打开\n2. 确认\n\n# 说明\n次月生效')).toEqual([
      { kind: 'paragraph', text: '五档：' },
      { kind: 'list', ordered: false, items: ['**59元**', '99元'] },
      { kind: 'list', ordered: true, items: ['打开', '确认'] },
      { kind: 'heading', text: '说明' },
      { kind: 'paragraph', text: '次月生效' },
    ]);
  });

  it('marks variables, and links to https only', () => {
    expect(parseInline('拨 {hotline}，[官网](https://a.example/x) 或 [坏](javascript:alert)')).toEqual([
      { kind: 'text', text: '拨 ' },
      { kind: 'variable', text: '{hotline}' },
      { kind: 'text', text: '，' },
      { kind: 'link', text: '官网', href: 'https://a.example/x' },
      { kind: 'text', text: ' 或 [坏](javascript:alert)' },
    ]);
    expect(parseInline('见 https://a.example/x。好')[1]).toEqual({
      ...{ kind: 'link', text: 'https://a.example/x', href: 'https://a.example/x' },
    });
  });

  it('loses no word of any text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a好*`[\]() ]{0,60}$/), (text) => {
        const shown = parseInline(text).map((part) => (part.kind === 'break' ? '' : part.text));
        const words = (of: string) => of.replace(/[*`[\]() ]/g, '');
        expect(words(shown.join(''))).toBe(words(text));
      }),
    );
  });

  it('takes no longer over a text of nothing but open marks', () => {
    const began = performance.now();
    for (const mark of ['*', '**', '`', '[', '{a', '[a](https://'])
      parseInline(mark.repeat(8000 / mark.length));
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
