const VOWEL = /[aeiouy]/;

function undouble(word: string): string {
  const last = word.charCodeAt(word.length - 1);
  const doubled = last === word.charCodeAt(word.length - 2) && !'lsz'.includes(word.at(-1) ?? '');
  return doubled ? word.slice(0, -1) : word;
}

function withoutSuffix(word: string, suffix: string): string | undefined {
  if (!word.endsWith(suffix)) return undefined;
  const stem = word.slice(0, -suffix.length);
  return stem.length >= 3 && VOWEL.test(stem) ? stem : undefined;
}

function singular(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word;
}

/**
 * A light English stemmer: plurals, -ing, -ed, -ly and a silent e. Lower-case ASCII in, never empty out.
 * Lighter than Porter (1980) on purpose: character n-grams catch the rest, and short stems collide.
 */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  const base = singular(word);
  const cut = withoutSuffix(base, 'ing') ?? withoutSuffix(base, 'ed') ?? withoutSuffix(base, 'ly');
  const bare = cut === undefined ? base : undouble(cut);
  return bare.length > 4 && bare.endsWith('e') ? bare.slice(0, -1) : bare;
}
