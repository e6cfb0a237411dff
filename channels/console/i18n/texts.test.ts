import { expect, test } from 'vitest';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

const keys = Object.keys(zhCN) as (keyof typeof zhCN)[];
const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();

test('both languages say the same things, with the same blanks to fill', () => {
  expect(Object.keys(en).sort()).toEqual([...keys].sort());
  for (const key of keys) expect([key, ...blanks(en[key])]).toEqual([key, ...blanks(zhCN[key])]);
});

test('English holds no Chinese, and nothing is left empty', () => {
  expect(keys.filter((key) => /\p{Script=Han}/u.test(en[key]))).toEqual([]);
  expect(keys.filter((key) => !en[key].trim() || !zhCN[key].trim())).toEqual([]);
});
