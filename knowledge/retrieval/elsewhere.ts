import english from './elsewhere-en.ts';
import chinese from './elsewhere-zh.ts';
import type { Language } from './entry.ts';

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** Questions of other fields, by language: with them calibration learns what far-away unknown ones look like. */
export const ELSEWHERE: Record<Language, readonly string[]> = { en: lines(english), zh: lines(chinese) };
