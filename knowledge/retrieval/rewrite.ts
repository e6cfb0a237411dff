import { characterClass, WORD } from './characters.ts';
import type { Synonyms } from './synonyms.ts';

/** Writes a centre's own synonyms as the first word of their group, in a normalised text. */
export type Rewrite = (text: string) => string;

export const asItStands: Rewrite = (text) => text;

type Rule = { word: string; instead: string };

/**
 * From groups of normalised words. The longest word counts where several begin; of two groups with the same word the
 * first. A word in Latin letters must stand alone, its plural included, so that `sim` leaves `simple` alone.
 */
export function rewriteOf(groups: Synonyms): Rewrite {
  const rules = new Map<string, Rule>();
  for (const [instead = '', ...others] of groups)
    for (const word of [instead, ...others]) if (!rules.has(word)) rules.set(word, { word, instead });
  if (rules.size === 0) return asItStands;
  const byFirst = new Map<string, Rule[]>();
  for (const rule of [...rules.values()].sort((a, b) => b.word.length - a.word.length)) {
    const first = rule.word.charAt(0);
    byFirst.set(first, [...(byFirst.get(first) ?? []), rule]);
  }
  return (text) => {
    let out = '';
    let done = 0;
    for (let at = 0; at < text.length; at++) {
      const rule = byFirst.get(text.charAt(at))?.find(({ word }) => endOf(text, at, word) > 0);
      if (!rule) continue;
      out += text.slice(done, at) + rule.instead;
      done = endOf(text, at, rule.word);
      at = done - 1;
    }
    return done === 0 ? text : out + text.slice(done);
  };
}

/** Where a word that begins at `at` ends; 0 if it doesn't stand there. */
function endOf(text: string, at: number, word: string): number {
  if (!text.startsWith(word, at)) return 0;
  const isLetter = (index: number) => characterClass(text.charCodeAt(index)) === WORD;
  if (isLetter(at) && at > 0 && isLetter(at - 1)) return 0;
  const end = at + word.length;
  if (!isLetter(end - 1)) return end;
  const ends = [
    end,
    ...['s', 'es'].filter((plural) => text.startsWith(plural, end)).map((p) => end + p.length),
  ];
  return ends.find((one) => one >= text.length || !isLetter(one)) ?? 0;
}
