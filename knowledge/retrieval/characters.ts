import traditionalToSimplified from 'opencc-js/dict/TSCharacters';

/** What a UTF-16 code unit does to the text around it. */
export const SEPARATOR = 0;
/** Letters and digits of scripts that separate words. */
export const WORD = 1;
/** Scripts written without spaces: each character stands alone and pairs with its neighbour. */
export const IDEOGRAPH = 2;

const IDEOGRAPHIC = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;
const LETTER = /[\p{L}\p{N}\p{M}]/u;

function classOf(character: string): number {
  if (!LETTER.test(character)) return SEPARATOR;
  return IDEOGRAPHIC.test(character) ? IDEOGRAPH : WORD;
}

const classes = new Uint8Array(0x10000).fill(255);

/** Class of one code unit; surrogates (rare ideographs, emoji) separate. Filled on first use of each. */
export function characterClass(code: number): number {
  const known = classes[code] as number;
  if (known !== 255) return known;
  const found = classOf(String.fromCharCode(code));
  classes[code] = found;
  return found;
}

function foldTable(): Uint16Array {
  const table = Uint16Array.from({ length: 0x10000 }, (_, code) => code);
  for (const pair of traditionalToSimplified.split('|')) {
    const [from, to] = pair.split(' ');
    if (from?.length === 1 && to?.length === 1) table[from.charCodeAt(0)] = to.charCodeAt(0);
  }
  return table;
}

/**
 * Traditional → simplified by single characters (OpenCC's TSCharacters). Phrases are left out on purpose:
 * both sides pass through the same table, so a wrong choice (乾 → 干) matches itself.
 */
export const simplified: Uint16Array = foldTable();

/** A text in simplified characters, one code unit for one, so that every index still holds. */
export function toSimplified(text: string): string {
  return text.replace(/[^\0-\u007f]/g, (unit) =>
    String.fromCharCode(simplified[unit.charCodeAt(0)] as number),
  );
}
