import { en } from './en.ts';
import { type Texts, zhCN } from './zh-CN.ts';

export type Locale = 'zh-CN' | 'en';
export type { Texts };

/** First of the wishes that names a language we have; Chinese when none does. */
export function pickLocale(...wishes: (string | undefined)[]): Locale {
  for (const wish of wishes) {
    if (/^zh\b/i.test(wish ?? '')) return 'zh-CN';
    if (/^en\b/i.test(wish ?? '')) return 'en';
  }
  return 'zh-CN';
}

export const textsOf = (locale: Locale): Texts => (locale === 'en' ? en : zhCN);

/** Fills `{count}` and the like. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
