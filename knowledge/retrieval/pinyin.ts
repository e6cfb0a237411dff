import { dict } from 'pinyin-match/src/simplified_dict.js';

/** Toneless syllables (拼音) and the simplified characters read so, common ones first. */
export const SYLLABLES: readonly (readonly [syllable: string, characters: string])[] = Object.entries(dict);

function soundTable(): Uint16Array {
  const table = new Uint16Array(0x10000);
  const rank = new Float64Array(0x10000).fill(Number.POSITIVE_INFINITY);
  for (const [at, [, characters]] of SYLLABLES.entries()) {
    for (let i = 0; i < characters.length; i++) {
      const code = characters.charCodeAt(i);
      if (i >= (rank[code] as number)) continue;
      rank[code] = i;
      table[code] = at + 1;
    }
  }
  return table;
}

/**
 * Simplified character → number of its syllable, 0 if none. Of several readings the one under which it is listed
 * first: a wrong choice is the same in entry and question.
 */
export const sound: Uint16Array = soundTable();
