import { expect, test } from 'vitest';
import { gist } from './summary.ts';

test('the gist of a hand-off is the open form, else what was asked, newest first', () => {
  expect(gist({ lastQuestions: ['怎样办理套餐变更', '流量'], entryIds: ['zh-a-004'] })).toBe(
    '流量 · 怎样办理套餐变更',
  );
  expect(gist({ lastQuestions: ['流量'], filledForm: { title: '投诉单', facts: [] } })).toBe('投诉单');
  expect(gist({})).toBe('');
  expect(gist(null)).toBe('');
});
