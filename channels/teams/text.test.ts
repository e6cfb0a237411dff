import { describe, expect, test } from 'vitest';
import { bytesOf, teamsText } from './text.ts';

describe('our markdown, as Teams shows it', () => {
  test.each<[string, string, string]>([
    ['lines stay lines', '第一行\n第二行', '第一行\n\n第二行'],
    ['paragraphs aren’t torn further apart', '一\n\n\n二', '一\n\n二'],
    ['a heading is a bold line', '## 怎么办理\n打开 **App**', '**怎么办理**\n\n打开 **App**'],
    ['a heading that is bold already', '# **要点**', '**要点**'],
    ['lists and links stay', '- [官网](https://a.cn)\n- 门店', '- [官网](https://a.cn)\n\n- 门店'],
    ['a table is lines', '| 套餐 | 月费 |\n|---|---|\n| A | 38元 |', '套餐 · 月费\n\nA · 38元'],
    ['code is left as it is', '看：\n```\na <b\n\nc\n```\n完', '看：\n\n```\na <b\n\nc\n```\n\n完'],
    ['nobody is mentioned by what somebody typed', '<at>everyone</at> <b>', '&lt;at>everyone&lt;/at> &lt;b>'],
    ['an open fence is no code', '```\n<at>x', '```\n\n&lt;at>x'],
    ['nothing', '', ''],
  ])('%s', (_name, markdown, text) => {
    expect(teamsText(markdown)).toBe(text);
  });

  test('the size is that of what is sent, in UTF-16', () => {
    expect(bytesOf('好')).toBe(2);
    expect(bytesOf('🙂')).toBe(4);
    expect(bytesOf('a\nb')).toBe(8);
  });
});
