import { expect, it } from 'vitest';
import { buildIndex } from './index.ts';
import { withoutQuestionWords } from './question-words.ts';

it('finds the passage that is asked about, not the one that wonders in the same words', () => {
  const passages = [
    '鼓楼始建于明代洪武年间。',
    '到底是什么时候，他也说不清是什么。',
    '城墙今天开放。',
    '码头停运。',
  ];
  const entries = passages.map((body, i) => ({ id: `p${i}`, language: 'zh' as const, title: '', body }));
  const index = buildIndex(entries.map((one) => ({ ...one, questions: [] })));
  expect(index.search('鼓楼是什么時候建的')[0]?.entryId).toBe('p0');
  expect(index.search('什么')).toEqual([]);
});

it('leaves names alone', () => {
  expect(withoutQuestionWords('哪吒住在哪个城市')).toBe('哪吒住在 城市');
});
