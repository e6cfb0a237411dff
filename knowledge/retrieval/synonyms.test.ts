import { describe, expect, it } from 'vitest';
import { analyse, KIND, kindOf } from './analyse.ts';
import { buildIndex, type Entry, parseSynonyms } from './index.ts';

const meaningsOf = (text: string): Set<number> => {
  const { hashes, length } = analyse(text);
  return new Set(hashes.subarray(0, length).filter((hash) => kindOf(hash) === KIND.meaning));
};
const share = (one: string, other: string): boolean =>
  [...meaningsOf(one)].some((meaning) => meaningsOf(other).has(meaning));

describe('words that mean the same', () => {
  it('are brought together in both languages, phrases too', () => {
    expect(share('退订', '取消')).toBe(true);
    expect(share('咋弄', '如何')).toBe(true);
    expect(share('terminated', 'cancelling')).toBe(true);
    expect(share('put money in', 'top-up')).toBe(true);
    expect(share('取消', '多少钱')).toBe(false);
  });

  it('come from the centre too', () => {
    const entries: Entry[] = ['停车', '食堂'].map((title) => ({
      ...{ id: title, language: 'zh', title },
      ...{ questions: [`${title}在哪`], body: '' },
    }));
    expect(buildIndex(entries).search('饭厅')).toEqual([]);
    const synonyms = parseSynonyms('食堂，饭厅、餐厅\n\n车位, 停车');
    expect(buildIndex(entries, { synonyms }).search('饭厅')[0]?.entryId).toBe('食堂');
    expect(buildIndex(entries, { synonyms }).search('车位')[0]?.entryId).toBe('停车');
  });

  it('are read a group a line; a word alone is no group', () => {
    expect(parseSynonyms('a, b\n\n c \n,d，e、\n')).toEqual([
      ['a', 'b'],
      ['d', 'e'],
    ]);
  });
});

describe('English contractions', () => {
  it('are written out, whether or not their apostrophe was typed', () => {
    const terms = (text: string) => {
      const { hashes, length } = analyse(text);
      return [...hashes.subarray(0, length)];
    };
    for (const text of ["I can't pay", 'I cant pay', 'I cannot pay', 'I can’t pay'])
      expect(terms(text)).toEqual(terms('I can not pay'));
    expect(terms("it won't, they'll")).toEqual(terms('it will not, they will'));
    expect(terms("what's my dad's cart")).not.toEqual(terms('what is my dad is cart'));
    expect(terms('I want a tent')).toHaveLength(terms('I want a tent!').length);
  });
});

describe('characters that sound alike', () => {
  it('still find their entry', () => {
    const entries: Entry[] = ['宽带移机', '账单查询', '彩铃退订'].map((title) => ({
      ...{ id: title, language: 'zh', title },
      ...{ questions: [], body: '' },
    }));
    const index = buildIndex(entries);
    expect(index.search('宽代怡机')[0]?.entryId).toBe('宽带移机');
    expect(index.search('菜玲推定')[0]?.entryId).toBe('彩铃退订');
  });
});
