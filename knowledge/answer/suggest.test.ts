import { expect, test } from 'vitest';
import type { Cited, Reply } from '../reply.ts';
import type { Model } from './model.ts';
import { suggestQuestions } from './suggest.ts';

const entry = {
  id: 'zh-1',
  language: 'zh' as const,
  title: '彩铃怎么开通和取消',
  body: '5元/月',
  questions: ['怎么关掉彩铃？'],
};
const writes = (...questions: string[]) => ({ suggest: async () => questions }) as unknown as Model;
const answeredBy = (id: string): Reply => ({
  outcome: 'answer',
  score: 0.9,
  entry: { id, title: `条目${id}` } as Cited,
});
const suggested = (model: Model, ask: (question: string) => Reply) =>
  suggestQuestions(model, entry, ask, new AbortController().signal);

test('what the entry has already is marked, whatever its punctuation, script and width', async () => {
  const model = writes('怎么關掉彩鈴', '彩铃怎么开通和取消！', '彩铃每月多少钱');
  expect(await suggested(model, () => answeredBy('zh-1'))).toEqual([
    { text: '怎么關掉彩鈴', known: true, other: null },
    { text: '彩铃怎么开通和取消！', known: true, other: null },
    { text: '彩铃每月多少钱', known: false, other: null },
  ]);
});

test('what another entry answers today is marked with it; what is only offered or unknown is free', async () => {
  const replies: Record<string, Reply> = {
    套餐多少钱: answeredBy('zh-2'),
    铃声: { outcome: 'choices', score: 0.3, entries: [] },
    叮咚: { outcome: 'unknown', score: 0, nearestId: 'zh-2' },
  };
  const marked = await suggested(writes(...Object.keys(replies)), (question) => replies[question] as Reply);
  expect(marked.map(({ other }) => other)).toEqual([{ id: 'zh-2', title: '条目zh-2' }, null, null]);
});

test('blank, doubled and endless ones are left out, and there are ten at most', async () => {
  const many = Array.from({ length: 30 }, (_, i) => `问法${i}`);
  const model = writes(' ', '？', '问'.repeat(201), '问法\n0', ...many);
  const found = await suggested(model, () => answeredBy('zh-1'));
  expect(found).toHaveLength(10);
  expect(found.map(({ text }) => text).slice(0, 3)).toEqual(['问法 0', '问法1', '问法2']);
});
