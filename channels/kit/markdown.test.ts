import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from './markdown.ts';
import { type Inline, parseInline, safeHref } from './markdown-inline.ts';

const words = (inline: Inline): string =>
  'children' in inline ? inline.children.map(words).join('') : inline.kind === 'break' ? '\n' : inline.text;
const links = (inlines: Inline[]): string[] =>
  inlines.flatMap((one) => [
    ...(one.kind === 'link' ? [one.href] : []),
    ...('children' in one ? links(one.children) : []),
  ]);
const allInlines = (source: string) =>
  parseMarkdown(source).flatMap((block) => {
    if (block.kind === 'list') return block.items.flat();
    if (block.kind === 'table') return [...block.head.flat(), ...block.rows.flat(2)];
    return block.kind === 'code' ? [] : block.children;
  });

describe('an approved answer in Markdown', () => {
  it('reads bold, a list and the paragraph after it', () => {
    const blocks = parseMarkdown('共两档：\n\n- **59元**：20GB\n- **99元**：40GB\n\n国内接听免费。');
    expect(blocks.map((block) => block.kind)).toEqual(['paragraph', 'list', 'paragraph']);
    expect(blocks[1]).toMatchObject({
      ordered: false,
      items: [[{ kind: 'strong' }, { text: '：20GB' }], {}],
    });
  });

  it('reads a list right under its sentence, and numbers that begin elsewhere', () => {
    const [sentence, list] = parseMarkdown('请核对：\n3. 套外费用\n4. 叠加包');
    expect(sentence).toMatchObject({ kind: 'paragraph' });
    expect(list).toMatchObject({ kind: 'list', ordered: true, start: 3 });
  });

  it('does not take prices and dates for list numbers', () => {
    expect(parseMarkdown('3.5元一天')[0]).toMatchObject({ kind: 'paragraph' });
    expect(parseMarkdown('59、99元两档')[0]).toMatchObject({ kind: 'paragraph' });
  });

  it('reads a table with its head', () => {
    const [table] = parseMarkdown('|速率|月费|\n|---|---|\n|300M|49元|\n|500M|69元|');
    expect(table).toMatchObject({ kind: 'table', head: [[{ text: '速率' }], [{ text: '月费' }]] });
    expect(table?.kind === 'table' && table.rows.length).toBe(2);
  });

  it('keeps line breaks within a paragraph, and code as it is', () => {
    expect(parseInline('第一行\n第二行')).toMatchObject([
      { text: '第一行' },
      { kind: 'break' },
      { text: '第二行' },
    ]);
    expect(parseInline('按 `*` 返回')).toMatchObject([
      { text: '按 ' },
      { kind: 'code', text: '*' },
      { text: ' 返回' },
    ]);
    expect(parseMarkdown('```\n**a**\n```')).toEqual([{ kind: 'code', text: '**a**' }]);
  });

  it('makes a bare address pressable, without the Chinese full stop behind it', () => {
    expect(links(parseInline('见 https://example.com/a?b=1。谢谢'))).toEqual(['https://example.com/a?b=1']);
  });

  it('leaves unclosed marks and masked numbers as text', () => {
    expect(parseInline('**没有收尾')).toEqual([{ kind: 'text', text: '**没有收尾' }]);
    expect(words({ kind: 'strong', children: parseInline('136****0000') })).toBe('136****0000');
  });
});

describe('what a hostile answer can do', () => {
  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'http://example.com',
    '//example.com',
    'https://a@evil.example',
    ' https:',
  ])('is not a link: %s', (address) => {
    expect(safeHref(address)).toBeNull();
    expect(links(parseInline(`[点这里](${address})`))).toEqual([]);
  });

  it('keeps HTML as text', () => {
    const html = '<img src=x onerror=alert(1)><script>alert(1)</script>';
    expect(allInlines(html).map(words).join('')).toBe(html);
  });

  it('never throws, never links but to https, never loses a word', () => {
    const piece = fc.constantFrom(
      '**',
      '*',
      '`',
      '[',
      '](',
      ')',
      '|',
      '\n',
      '- ',
      '1. ',
      '#',
      '```',
      '|---|---|',
      'https://a.cn/',
      'x',
      '话费',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const source = pieces.join('');
        const inlines = allInlines(source);
        for (const href of links(inlines)) expect(href).toMatch(/^https:\/\//);
        const told = parseMarkdown(source)
          .map((block) => JSON.stringify(block))
          .join('');
        const count = (text: string) => text.split('话费').length;
        if (!source.includes(']('))
          expect(count(told)).toBeGreaterThanOrEqual(count(source.replace(/```.*/g, '')));
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['**a', '[', '`', '|', '*', '[a](', '- - '])('reads 4,000 characters of %j at once', (mark) => {
    const began = performance.now();
    parseMarkdown(mark.repeat(4000 / mark.length));
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
