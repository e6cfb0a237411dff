import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

export type Locale = 'zh-CN' | 'en';
const texts: Record<Locale, Record<keyof typeof zhCN, string>> = { 'zh-CN': zhCN, en };

/** A text of ours, its placeholders filled. */
export function t(
  locale: Locale,
  key: keyof typeof zhCN,
  vars: Readonly<Record<string, string>> = {},
): string {
  return texts[locale][key].replace(/\{(\w+)\}/g, (_, name: string) => vars[name] ?? '').trim();
}
