import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse, KIND, kindOf, MAX_CHARACTERS } from './analyse.ts';
import { stem } from './stem.ts';

const termsOf = (text: string): number[] => {
  const { hashes, length } = analyse(text);
  return [...hashes.subarray(0, length)];
};
const countOf = (text: string, kind: number): number =>
  termsOf(text).filter((hash) => kindOf(hash) === kind).length;

describe('text analysis', () => {
  it('sees the same question however it was typed', () => {
    const plain = termsOf('我要查詢話費5G');
    expect(termsOf('我要查询话费5g')).toEqual(plain);
    expect(termsOf('我要查询话费５Ｇ')).toEqual(plain);
    expect(termsOf('我要\u200b查询\ufeff话费\u202e5G')).toEqual(plain);
  });

  it('takes Chinese as single characters and pairs, within a run', () => {
    expect(countOf('查话费', KIND.character)).toBe(3);
    expect(countOf('查话费', KIND.pair)).toBe(2);
    expect(countOf('查，话费', KIND.pair)).toBe(1);
  });

  it('takes English as stems, pairs of stems and character n-grams', () => {
    expect(countOf('my cards', KIND.word)).toBe(2);
    expect(countOf('my cards', KIND.wordPair)).toBe(1);
    // " my " has two 3-grams and one 4-gram; " cards " five, four and three.
    expect(countOf('my cards', KIND.gram)).toBe(2 + 1 + 5 + 4 + 3);
  });

  it('brings forms of one English word together', () => {
    expect(['charges', 'charged', 'charging', 'charge'].map(stem)).toEqual(Array(4).fill(stem('charge')));
    expect(stem('stopped')).toBe(stem('stops'));
    expect(stem('companies')).toBe('company');
    const stable = ['is', 'glass', 'bus', 'thing', '5g'];
    expect(stable.map(stem)).toEqual(stable);
  });

  it('finds nothing in texts without letters', () => {
    expect(termsOf('')).toEqual([]);
    expect(termsOf('😀👍🏽 …!? \u200d')).toEqual([]);
  });

  it('cuts what is too long', () => {
    expect(countOf('费'.repeat(50_000), KIND.character)).toBe(MAX_CHARACTERS);
  });

  it('never throws, and takes invisible characters for nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(termsOf(`\u200b\ufeff${text}\u202c`)).toEqual(termsOf(text));
      }),
    );
  });
});
