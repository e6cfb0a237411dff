declare module 'pinyin-match/src/simplified_dict.js' {
  /** Toneless syllable → its simplified characters, the common ones first; a character may stand in several. */
  export const dict: Record<string, string>;
}
