import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHtml } from '../../test/fakes/telegram/html.ts';
import { escapeHtml, markdownHtml, visible } from './html.ts';

const shown = (markdown: string) => parseHtml(markdownHtml(markdown));

describe('an answer in Telegram', () => {
  it('keeps bold, emphasis, code and links', () => {
    const { text, entities } = shown('**59元**档见[资费](https://x.cn/a?b=1&c=2)，按 `*` 返回，*当日*生效');
    expect(text).toBe('59元档见资费，按 * 返回，当日生效');
    expect(entities).toEqual([
      { type: 'bold', offset: 0, length: 3 },
      { type: 'text_link', offset: 5, length: 2, url: 'https://x.cn/a?b=1&c=2' },
      { type: 'code', offset: 10, length: 1 },
      { type: 'italic', offset: 15, length: 2 },
    ]);
  });

  it('draws lists, tables and headings in signs', () => {
    expect(shown('# 套餐\n请选：\n- 甲\n- 乙\n\n3. 丙\n4. 丁').text).toBe(
      '套餐\n\n请选：\n• 甲\n• 乙\n3. 丙\n4. 丁',
    );
    expect(shown('|速率|月费|\n|---|---|\n|300M|49元|').text).toBe('速率：月费\n300M：49元');
    expect(shown('|a|b|c|\n|---|---|---|\n|1|2|3|').text).toBe('a | b | c\n1 | 2 | 3');
  });

  it('shows signs as they are', () => {
    const text = '1 < 2 & 3 > 2 "ok" <b>no</b> &amp;';
    expect(shown(text)).toEqual({ text, entities: [] });
    expect(parseHtml(escapeHtml(text)).text).toBe(text);
  });

  it('is taken by a strict reader, and counted as that reader counts, whatever is written', () => {
    const piece = fc.constantFrom(
      ...[
        '**',
        '*',
        '`',
        '[a](https://x.cn/"<&>)',
        '[',
        '](',
        ')',
        '|',
        '\n',
        '\n\n',
        '- ',
        '1、',
        '# ',
        '```\n',
      ],
      ...['|---|---|\n', 'https://a.cn/?x=1&y=<', '<b>', '</i>', '&lt;', '&', '>', '"', '话费', '🧑‍🚒', '\\'],
    );
    const anything = fc.oneof(
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary', maxLength: 60 }),
    );
    fc.assert(
      fc.property(anything, (source) => {
        const html = markdownHtml(source);
        expect(parseHtml(html).text).toBe(visible(html));
        for (const { url } of parseHtml(html).entities) expect(url ?? 'https://').toMatch(/^https:\/\//);
      }),
      { numRuns: 3000 },
    );
  });
});
