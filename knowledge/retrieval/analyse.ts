import { characterClass, IDEOGRAPH, SEPARATOR, simplified, WORD } from './characters.ts';
import { inFull } from './contractions.ts';
import { sound } from './pinyin.ts';
import { stem } from './stem.ts';
import { COMMON, type Synonyms } from './synonyms.ts';

/** Longer texts are cut: what a customer wants stands at the beginning, and a query must stay short. */
export const MAX_CHARACTERS = 4_000;

/** The low three bits of a term's hash say what it is, so that weights need no table of terms. */
export const KIND = {
  character: 0,
  pair: 1,
  word: 2,
  wordPair: 3,
  gram: 4,
  meaning: 5,
  sound: 6,
  meaningPair: 7,
} as const;
export const kindOf = (hash: number): number => hash & 7;

const NON_ASCII = /[^\u0020-\u007e]/;
/** Zero-width and direction marks, which customers' keyboards and copied texts leave inside words. */
const INVISIBLES = /\p{Cf}|\p{Variation_Selector}|[\u115f\u1160\u3164]/gu;
const IDEOGRAPHS = /[\u2e80-\u9fff\uf900-\ufaff]/;
const GRAM_SIZES = [3, 4, 5];

/**
 * Text as the index sees it: NFKC, lower case, invisible characters gone, traditional folded to simplified.
 * Never throws; lone surrogates and other waste become separators later.
 */
export function normalise(text: string): string {
  const cut = text.length > MAX_CHARACTERS ? text.slice(0, MAX_CHARACTERS) : text;
  if (!NON_ASCII.test(cut)) return inFull(cut.toLowerCase());
  // Invisible characters go first: left inside, they would keep NFKC from joining what belongs together.
  const plain = cut.replace(INVISIBLES, '').normalize('NFKC').toLowerCase();
  if (!IDEOGRAPHS.test(plain)) return inFull(plain);
  let out = '';
  for (let i = 0; i < plain.length; i++)
    out += String.fromCharCode(simplified[plain.charCodeAt(i)] as number);
  return out;
}

/** Growing list of term hashes, reused from text to text so that a query allocates nothing. */
export type Terms = { hashes: Int32Array; length: number };
export const newTerms = (capacity = 256): Terms => ({ hashes: new Int32Array(capacity), length: 0 });

function push(terms: Terms, hash: number, kind: number): void {
  if (terms.length === terms.hashes.length) {
    const larger = new Int32Array(terms.length * 2);
    larger.set(terms.hashes);
    terms.hashes = larger;
  }
  terms.hashes[terms.length++] = (hash & ~7) | kind;
}

// FNV-1a with a final mix: the low bits are given to the kind, so the high ones must be good.
const mix = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);
function finish(hash: number): number {
  const h = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
const SEED = 0x811c9dc5 | 0;

function hashOf(text: string, from: number, to: number): number {
  let hash = SEED;
  for (let i = from; i < to; i++) hash = mix(hash, text.charCodeAt(i));
  return finish(hash);
}

function grams(terms: Terms, text: string, from: number, to: number): void {
  const at = (i: number) => (i < from || i >= to ? 0x20 : text.charCodeAt(i));
  for (const size of GRAM_SIZES) {
    // The word's ends count as characters, so that beginnings and endings are told from middles.
    for (let start = from - 1; start + size <= to + 1; start++) {
      let hash = SEED + size;
      for (let i = start; i < start + size; i++) hash = mix(hash, at(i));
      push(terms, finish(hash), KIND.gram);
    }
  }
}

function ideographs(terms: Terms, text: string, from: number, to: number, lexicon: Lexicon): void {
  for (let i = from; i < to; i++) {
    push(terms, hashOf(text, i, i + 1), KIND.character);
    if (i + 1 < to) {
      push(terms, hashOf(text, i, i + 2), KIND.pair);
      const [first, second] = [sound[text.charCodeAt(i)], sound[text.charCodeAt(i + 1)]];
      if (first && second) push(terms, finish(mix(mix(SEED, first), second)), KIND.sound);
    }
    let hash = SEED;
    for (let end = i; end < to && end < i + LONGEST; end++) {
      hash = mix(hash, text.charCodeAt(end));
      meanings(terms, finish(hash), lexicon);
    }
  }
}

/** Words and phrases by hash → the groups of synonyms that they stand in. */
export type Lexicon = ReadonlyMap<number, number[]>;
/** Of a Chinese synonym, in characters, and of an English one, in words. */
const LONGEST = 5;
const WINDOW = 3;

function meanings(terms: Terms, hash: number, lexicon: Lexicon): void {
  for (const group of lexicon.get(hash) ?? []) {
    push(terms, group, KIND.meaning);
    let near = 0;
    for (let at = terms.length - 2; at >= 0 && near < WINDOW; at--) {
      const other = terms.hashes[at] as number;
      if (kindOf(other) !== KIND.meaning) continue;
      near++;
      if ((other & ~7) !== group)
        push(
          terms,
          finish(Math.min(other & ~7, group) ^ Math.imul(Math.max(other & ~7, group), 0x9e3779b1)),
          KIND.meaningPair,
        );
    }
  }
}

/** Groups of synonyms, ready for analysis. */
export function lexiconOf(groups: Synonyms): Lexicon {
  const lexicon = new Map<number, number[]>();
  groups.forEach((words, at) => {
    const group = finish(mix(SEED, at + 1)) & ~7;
    for (const word of words) {
      const hash = phraseHash(normalise(word));
      const known = lexicon.get(hash) ?? [];
      if (!known.includes(group)) lexicon.set(hash, [...known, group]);
    }
  });
  return lexicon;
}

function phraseHash(text: string): number {
  if (characterClass(text.charCodeAt(0)) === IDEOGRAPH) return hashOf(text, 0, text.length);
  let phrase = 0;
  for (const word of text.split(/[^\p{L}\p{N}\p{M}]+/u)) {
    const stemmed = stem(word);
    const hash = hashOf(stemmed, 0, stemmed.length);
    phrase = phrase === 0 ? hash : finish(mix(phrase, hash));
  }
  return phrase;
}

/** The words of service desks everywhere. */
export const COMMON_LEXICON: Lexicon = lexiconOf(COMMON);

function endOfRun(text: string, from: number, kind: number): number {
  let end = from + 1;
  while (end < text.length && characterClass(text.charCodeAt(end)) === kind) end++;
  return end;
}

/**
 * Appends the terms of a normalised text, repeated as often as they occur: characters and pairs for scripts
 * without spaces; stems, pairs of neighbouring stems and character 3–5-grams for the others.
 */
export function appendTerms(terms: Terms, text: string, lexicon = COMMON_LEXICON): void {
  let [previous, before] = [0, 0];
  for (let i = 0; i < text.length; ) {
    const kind = characterClass(text.charCodeAt(i));
    if (kind === SEPARATOR) {
      i++;
      continue;
    }
    const end = endOfRun(text, i, kind);
    if (kind === IDEOGRAPH) {
      ideographs(terms, text, i, end, lexicon);
      previous = before = 0;
    } else if (kind === WORD) {
      const word = stem(text.slice(i, end));
      const hash = hashOf(word, 0, word.length);
      push(terms, hash, KIND.word);
      if (previous !== 0) push(terms, finish(mix(previous, hash)), KIND.wordPair);
      meanings(terms, hash, lexicon);
      if (previous !== 0) meanings(terms, finish(mix(previous, hash)), lexicon);
      if (before !== 0) meanings(terms, finish(mix(finish(mix(before, previous)), hash)), lexicon);
      [before, previous] = [previous, hash];
      grams(terms, text, i, end);
    }
    i = end;
  }
}

/** Terms of a raw text, into `into` (emptied first). */
export function analyse(text: string, into: Terms = newTerms(), lexicon = COMMON_LEXICON): Terms {
  into.length = 0;
  appendTerms(into, normalise(text), lexicon);
  return into;
}
