import { describe, expect, it } from 'vitest';
import { buildIndex, type Entry, RetrievalIndex } from './index.ts';
import { rewriteOf } from './rewrite.ts';

const entry = (id: string, title: string, questions: string[] = []): Entry => ({
  ...{ id, language: /\p{sc=Han}/u.test(title) ? 'zh' : 'en', title, questions, body: '' },
});
const entries = [
  entry('data', '流量套餐怎么买', ['流量套餐价格']),
  entry('board', '宽带怎么办理'),
  entry('bill', '账单怎么查'),
  entry('trunk', 'How to buy a data bundle'),
];
const first = (index: RetrievalIndex, text: string) => index.search(text)[0]?.entryId;

describe('synonyms that change', () => {
  it('name the entries to be read again, and no others', () => {
    const index = buildIndex(entries);
    const plan = ['流量套餐', '加油包'];
    const pack = ['data pack', 'data bundle'];
    // The entry has the word that the group is named after: it is read as before.
    expect(index.setSynonyms([plan])).toEqual([]);
    expect(index.setSynonyms([plan, pack])).toEqual(['trunk']);
    expect(index.setSynonyms([plan, pack])).toEqual([]);
    expect(index.setSynonyms([['加油包', '流量套餐'], pack])).toEqual(['data']);
    expect(index.setSynonyms([])).toEqual(['data', 'trunk']);
  });

  it('find the entry at once after it was read again, and no longer when they are gone', () => {
    const index = buildIndex(entries);
    const take = (synonyms: string[][]) => {
      const ids = index.setSynonyms(synonyms);
      for (const each of entries) if (ids.includes(each.id)) index.upsert(each);
    };
    expect(index.search('加油包')).toEqual([]);
    take([['加油包', '流量套餐']]);
    expect(first(index, '加油包')).toBe('data');
    take([]);
    expect(index.search('加油包')).toEqual([]);
  });

  it('leave the index as if it had been built with them: the same content, the same scores', () => {
    const groups = [
      ['账单', '话费单'],
      ['加油包', '流量套餐'],
    ];
    const changed = buildIndex(entries);
    const ids = changed.setSynonyms(groups);
    for (const each of entries) if (ids.includes(each.id)) changed.upsert(each);
    changed.train();
    const built = buildIndex(entries, { synonyms: groups });
    expect(changed.fingerprint).toBe(built.fingerprint);
    for (const text of ['加油包', '话费单', '怎么办理']) {
      const [mine, theirs] = [changed.search(text), built.search(text)];
      expect(mine.map(({ entryId }) => entryId)).toEqual(theirs.map(({ entryId }) => entryId));
      // Terms have other numbers, and are added up in their order.
      mine.forEach(({ score }, i) => {
        expect(score).toBeCloseTo(theirs[i]?.score ?? Number.NaN, 6);
      });
    }
    expect(changed.fingerprint).not.toBe(buildIndex(entries).fingerprint);
  });

  it('are written down with what was learned, and taken back', async () => {
    const built = buildIndex(entries, { synonyms: [['加油包', '流量套餐']] });
    const back = await RetrievalIndex.thaw(await built.freeze());
    expect(back.fingerprint).toBe(built.fingerprint);
    expect(first(back, '加油包')).toBe('data');
    expect(back.setSynonyms([])).toEqual(['data']);
  });
});

describe('a question with a synonym is read as with the first word of its group', () => {
  const read = rewriteOf([
    ['流量包', '冲浪包', '5g加油包'],
    ['data bundle', 'data pack', 'sim'],
    ['流量', '数据'],
  ]);
  it.each([
    ['冲浪包怎么买', '流量包怎么买'],
    ['流量包和数据', '流量包和流量'],
    ['5g加油包几块钱', '流量包几块钱'],
    ['what are data packs?', 'what are data bundle?'],
    ['a simple sim', 'a simple data bundle'],
    ['没有这些词', '没有这些词'],
    ['', ''],
  ])('%s → %s', (text, result) => {
    expect(read(text)).toBe(result);
  });
});
