import { describe, expect, test } from 'vitest';
import * as en from './en/index.ts';
import { fillPlaceholders, isTextKey, localeOf, t } from './index.ts';
import * as zhCN from './zh-CN/index.ts';

type Areas = Record<string, Record<string, string>>;
const source: Areas = { ...zhCN };
const translated: Areas = { ...en };
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

test('English has exactly the areas of Chinese', () => {
  expect(Object.keys(translated).sort()).toEqual(Object.keys(source).sort());
});

describe.each(Object.keys(source))('area %s', (area) => {
  test('has the same keys in both languages', () => {
    expect(Object.keys(translated[area] ?? {}).sort()).toEqual(Object.keys(source[area] ?? {}).sort());
  });

  test('has the same placeholders in both languages, and no empty text', () => {
    for (const [key, text] of Object.entries(source[area] ?? {})) {
      const other = translated[area]?.[key] ?? '';
      expect(placeholders(other), `${area}.${key}`).toEqual(placeholders(text));
      expect(text.trim() && other.trim(), `${area}.${key}`).toBeTruthy();
      // Chinese words that the reader must type may stay, in 「」.
      expect(other.replace(/「[^」]*」/g, ''), `${area}.${key} is not translated`).not.toMatch(
        /[\u4e00-\u9fff]/,
      );
    }
  });
});

test('a text is found by its address', () => {
  expect(t('zh-CN', 'leave.kind_sick')).toBe('病假');
  expect(t('en', 'leave.kind_sick')).toBe('sick leave');
  expect(isTextKey('leave.kind_sick')).toBe(true);
  expect(isTextKey('leave.nothing')).toBe(false);
  expect(isTextKey('leave')).toBe(false);
});

test('placeholders are filled once, and a value is never read as a placeholder', () => {
  expect(fillPlaceholders('{a}、{b}、{c}', { a: '{b}', b: 2 })).toBe('{b}、2、{c}');
});

test.each([
  ['zh-Hans-CN', 'zh-CN'],
  ['en-GB', 'en'],
  ['EN', 'en'],
  ['fr', 'zh-CN'],
  [undefined, 'zh-CN'],
] as const)('language tag %s is served in %s', (tag, locale) => {
  expect(localeOf(tag)).toBe(locale);
});
