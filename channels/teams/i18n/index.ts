import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** The channel's words in the language of whoever pressed; Chinese where Teams names none that we have. */
export const say = (locale: string | undefined, key: keyof typeof zhCN): string =>
  (/^en\b/i.test(locale ?? '') ? en : zhCN)[key];
