import { describe, expect, test } from 'vitest';
import { answerText, bytesOf, spokenText } from './text.ts';

describe('an answer, as Teams shows it', () => {
  test.each<[string, string, string]>([
    ['lines stay lines', '第一行\n第二行', '第一行<br/>第二行'],
    ['a heading is a bold line', '## 怎么办理\n打开 **App**', '<b>怎么办理</b><br/><br/>打开 <b>App</b>'],
    ['a list is drawn in signs', '材料：\n- 身份证\n- 号码', '材料：<br/>• 身份证<br/>• 号码'],
    ['a table is lines', '| 套餐 | 月费 |\n|---|---|\n| A | 38元 |', '<b>套餐：月费</b><br/>A：38元'],
    ['links stay', '[官网](https://a.cn/?a=1&b=2)', '<a href="https://a.cn/?a=1&amp;b=2">官网</a>'],
    ['code keeps its lines', '```\na <b\n\nc\n```', '<pre>a &lt;b\n\nc</pre>'],
    ['nobody is mentioned by what somebody typed', '<at>everyone</at>', '&lt;at&gt;everyone&lt;/at&gt;'],
    ['nothing', '', ''],
  ])('%s', (_name, markdown, text) => {
    expect(answerText(markdown)).toBe(text);
  });

  test('a person’s words are no Markdown, and stand under their name', () => {
    expect(spokenText('2*3*4\n<b>', '李 & 王')).toBe('<b>李 &amp; 王</b><br/>2*3*4<br/>&lt;b&gt;');
  });

  test('the size is that of what is sent, in UTF-16', () => {
    expect(bytesOf('好')).toBe(2);
    expect(bytesOf('🙂')).toBe(4);
    expect(bytesOf('a\nb')).toBe(14);
  });
});
