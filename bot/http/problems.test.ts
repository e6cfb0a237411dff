import { expect, test } from 'vitest';
import { z } from 'zod';
import { LOCALES } from '../i18n/index.ts';
import { problemOf, withWords } from './problems.ts';
import { visible } from './visible.ts';

const schema = z.strictObject({
  name: z.string().min(2).max(5),
  note: z.string().min(1),
  count: z.number().int().min(1).max(9),
  day: z.iso.date(),
  kind: z.enum(['a', 'b']),
  list: z.array(z.string()).min(2).max(3),
  text: visible(10),
  id: z.uuid(),
});
const fine = {
  ...{ name: 'abc', note: 'x', count: 3, day: '2026-06-10', kind: 'a', list: ['a', 'b'], text: 'x' },
  id: '00000000-0000-7000-8000-000000000000',
};
const said = (change: object, locale: 'zh-CN' | 'en') => {
  const parsed = schema.safeParse({ ...fine, ...change }, { reportInput: true });
  const issues = parsed.success ? [] : parsed.error.issues;
  const { fields } = withWords({ fields: issues.map(problemOf) }, locale) as { fields: object[] };
  return fields;
};

test.each([
  [{ name: undefined }, 'name', '请填写此项。'],
  [{ name: 'a' }, 'name', '请至少填写 2 个字。'],
  [{ name: 'abcdef' }, 'name', '请不要超过 5 个字。'],
  [{ name: 7 }, 'name', '这一项的内容类型不对。'],
  [{ note: '' }, 'note', '请填写此项。'],
  [{ count: 'x' }, 'count', '请填写数字。'],
  [{ count: 1.5 }, 'count', '请填写数字。'],
  [{ count: 0 }, 'count', '不能小于 1。'],
  [{ count: 10 }, 'count', '不能大于 9。'],
  [{ day: '2026-02-30' }, 'day', '请填写有效的日期，例如 2026-06-10。'],
  [{ kind: 'c' }, 'kind', '请从给出的选项中选择。'],
  [{ kind: undefined }, 'kind', '请填写此项。'],
  [{ list: ['a'] }, 'list', '请至少填写 2 项。'],
  [{ list: ['a', 'b', 'c', 'd'] }, 'list', '最多填写 3 项。'],
  [{ list: ['a', 3] }, 'list.1', '这一项的内容类型不对。'],
  [{ text: '\u200b' }, 'text', '请填写此项。'],
  [{ id: 'x' }, 'id', '格式不对，请检查。'],
])('%j is told in words that a person would use', (change, path, problem) => {
  expect(said(change, 'zh-CN')).toEqual([{ path, problem }]);
  const [english] = said(change, 'en') as [{ path: string; problem: string }];
  expect(english).toEqual({ path, problem: expect.stringMatching(/^[A-Z][\x20-\x7e’]+\.$/) });
});

test('details without fields, or whose fields are names, stay as they are', () => {
  for (const locale of LOCALES)
    for (const details of [{ by: '张三' }, { where: 'body', fields: ['owner'] }])
      expect(withWords(details, locale)).toEqual(details);
});
