import english from './synonyms-en.ts';
import chinese from './synonyms-zh.ts';

/** 同义词 Groups of words or phrases that mean the same to those who ask; a word may stand in several groups. */
export type Synonyms = readonly (readonly string[])[];

/** Groups from text: one a line, its words separated by commas (also ，、). */
export function parseSynonyms(text: string): string[][] {
  const groups = text.split('\n').map((line) => line.split(/[,，、]/).map((word) => word.trim()));
  return groups.map((words) => words.filter((word) => word !== '')).filter((words) => words.length > 1);
}

/** The words of service desks everywhere, which need not be kept by anybody. */
export const COMMON: Synonyms = [...parseSynonyms(english), ...parseSynonyms(chinese)];
