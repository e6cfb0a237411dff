import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildIndex, type Entry, type Language, type RetrievalIndex } from './index.ts';

const seed = (language: Language): Entry[] =>
  readFileSync(`prisma/seed/entries.${language}.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => ({ ...JSON.parse(line), language }));

const entries = [...seed('zh'), ...seed('en')];
const entry = (
  id: string,
  title: string,
  questions: string[],
  body = '',
  language: Language = 'zh',
): Entry => ({
  id,
  language,
  title,
  questions,
  body,
});
const first = (index: RetrievalIndex, text: string): string | undefined => index.search(text)[0]?.entryId;

describe("the demo centre's knowledge", () => {
  let index: RetrievalIndex;
  beforeAll(() => {
    index = buildIndex(entries);
  });

  it.each([
    ['流量不够用了怎么加', 'zh-a-010'],
    ['轉人工', 'zh-c-012'],
    ['sim卡要puk码', 'zh-b-007'],
    ['how do I check my balance?', 'en-004'],
    ['my internet is not working', 'en-016'],
  ])('answers %s', (question, id) => {
    const { outcome, hits, score } = index.decide(question);
    expect({ outcome, ids: hits.map((hit) => hit.entryId) }).toEqual({ outcome: 'answer', ids: [id] });
    expect(score).toBeGreaterThan(0.4);
  });

  it('offers two or three entries when a question is unclear', () => {
    const { outcome, hits } = index.decide('宽带怎么收费');
    expect(outcome).toBe('choices');
    expect(hits.map((hit) => hit.entryId)).toContain('zh-b-033');
    expect(hits.length).toBeLessThanOrEqual(3);
  });

  it.each(['套餐', '流量', '密码？'])('asks back at a bare word: %s', (word) => {
    expect(index.decide(word).outcome).toBe('choices');
  });

  it.each(['', '   ', '😀', '?', 'qwrtzpfg', 'do you sell pizza', 'what is the weather like today'])(
    'does not pretend to know %j',
    (question) => {
      expect(index.decide(question).outcome).toBe('unknown');
    },
  );

  it('answers a bare product name in either language, but no English sentence by Chinese entries', () => {
    expect(index.decide('IPTV').hits[0]?.entryId).toMatch(/^zh-b-04[45]$/);
    expect(first(index, 'esim')).toBe('en-010');
    expect(index.search('esim', { language: 'zh' })[0]?.entryId).toMatch(/^zh-b-00[56]$/);
    for (const { entryId } of index.search('how do I watch television at home'))
      expect(entryId).toMatch(/^en-/);
  });

  it('leaves out what a filter leaves out', () => {
    const filter = (id: string) => id !== 'zh-c-012';
    expect(index.search('转人工', { filter, limit: 10 }).map((hit) => hit.entryId)).not.toContain('zh-c-012');
    expect(index.decide('转人工', { filter: () => false })).toEqual({
      outcome: 'unknown',
      hits: [],
      score: 0,
    });
  });

  it('survives any text', () => {
    const odd = [
      '\u202e文本\u202c',
      '(.*)+$^[',
      '{"$gt":""}',
      '中'.repeat(4_000),
      'word '.repeat(2_000),
      '\ud83d',
      'مرحبا',
    ];
    for (const text of odd) expect(['answer', 'choices', 'unknown']).toContain(index.decide(text).outcome);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const { score, hits } = index.decide(text);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        for (const hit of hits) expect(Number.isFinite(hit.score)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('changes', () => {
  it('does not find a withdrawn entry any more', () => {
    const index = buildIndex(entries);
    expect(first(index, '我要转人工')).toBe('zh-c-012');
    expect(index.remove('zh-c-012')).toBe(true);
    expect(index.search('我要转人工', { limit: 20 }).map((hit) => hit.entryId)).not.toContain('zh-c-012');
    expect(index.remove('zh-c-012')).toBe(false);
    expect(index.size).toBe(entries.length - 1);
  });

  it('finds a new entry at once, before it has been learned', () => {
    const index = buildIndex(entries);
    index.upsert(entry('new', '卫星通话怎么开通', ['手机能打卫星电话吗'], '卫星通话10元/月。'));
    expect(index.stale).toBe(true);
    expect(first(index, '开通卫星电话')).toBe('new');
    index.train();
    expect(index.stale).toBe(false);
    expect(first(index, '开通卫星电话')).toBe('new');
  });

  it('searches the new wording at once, and no longer the old one', () => {
    const index = buildIndex([entry('a', '宠物', [], '可以带猫'), entry('b', '停车', [], '地下车库免费')]);
    index.upsert(entry('a', '宠物', [], '不能带狗'));
    expect(first(index, '带狗')).toBe('a');
    expect(index.search('猫')).toEqual([]);
  });

  it('moves an entry that changed its language', () => {
    const index = buildIndex([entry('a', '停车', ['停车收费吗']), entry('b', '宠物', ['能带狗吗'])]);
    index.upsert(entry('a', 'Parking', ['is parking free'], '', 'en'));
    expect(index.size).toBe(2);
    expect(index.search('停车')).toEqual([]);
    expect(first(index, 'parking')).toBe('a');
  });

  it('keeps the later of two entries with one id', () => {
    const index = buildIndex([entry('a', '停车', []), entry('a', '宠物', [])]);
    expect(index.size).toBe(1);
    expect(first(index, '宠物')).toBe('a');
    expect(index.search('停车')).toEqual([]);
  });

  it('learns in the background while questions are answered and entries change', async () => {
    const index = buildIndex(entries, { train: 'later' });
    const learned = index.trainInBackground();
    expect(first(index, '我要转人工')).toBe('zh-c-012');
    await new Promise((resolve) => setTimeout(resolve, 5));
    index.remove('zh-c-012');
    index.upsert(entry('new', '卫星通话怎么开通', ['手机能打卫星电话吗']));
    expect(index.trainInBackground()).toBe(learned);
    await learned;
    expect(index.stale).toBe(false);
    expect(index.decide('手机能打卫星电话吗')).toMatchObject({
      outcome: 'answer',
      hits: [{ entryId: 'new' }],
    });
    expect(index.search('转人工', { limit: 20 }).map((hit) => hit.entryId)).not.toContain('zh-c-012');
  });

  const small = seed('zh').slice(0, 24);
  const asked = ['套餐怎么改', '查流量', '违约金多少', '5G', '亲情网', '查详单要密码吗', 'zzz'];
  it('after any history is as if freshly built', () => {
    const step = fc.record({
      at: fc.nat(small.length - 1),
      kind: fc.constantFrom('remove', 'upsert', 'edit'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const index = buildIndex(small, { train: 'later' });
        const model = new Map(small.map((one) => [one.id, one]));
        for (const { at, kind } of steps) {
          const one = small[at] as Entry;
          const next = kind === 'edit' ? { ...one, body: `${one.body}已更新` } : one;
          if (kind === 'remove') index.remove(one.id);
          else index.upsert(next);
          if (kind === 'remove') model.delete(one.id);
          else model.set(one.id, next);
        }
        index.train();
        const fresh = buildIndex([...model.values()]);
        for (const text of asked) {
          const [mine, theirs] = [index.decide(text), fresh.decide(text)];
          expect(mine.outcome).toBe(theirs.outcome);
          expect(mine.score).toBeCloseTo(theirs.score, 4);
          expect(mine.hits.map((hit) => hit.entryId)).toEqual(theirs.hits.map((hit) => hit.entryId));
        }
      }),
      { numRuns: 10 },
    );
  });
});

describe('an index with little or odd knowledge', () => {
  it('still answers or offers passages that carry no questions, of which nothing can be calibrated', () => {
    const passages = entries.slice(0, 40).map((one) => ({ ...one, title: '', questions: [] }));
    const index = buildIndex(passages);
    for (const { id, body } of passages.slice(0, 5)) {
      const { outcome, hits } = index.decide(body.slice(0, 40));
      expect(outcome).not.toBe('unknown');
      expect(hits.map((hit) => hit.entryId)).toContain(id);
    }
  });

  it.each([
    ['nothing', []],
    ['one entry', [entry('a', '停车', ['停车收费吗'])]],
    ['entries without words', [entry('a', '', []), entry('b', '…', ['?'], '😀')]],
    ['bodies only', [entry('a', '', [], '地下车库免费'), entry('b', '', [], '可以带猫')]],
    ['the same entry twice under two ids', [entry('a', '停车', ['收费吗']), entry('b', '停车', ['收费吗'])]],
  ])('works with %s', (_, some) => {
    const index = buildIndex(some);
    for (const text of ['停车', 'parking', '', '地下车库免费吗']) {
      const { hits, score } = index.decide(text);
      expect(hits.length).toBeLessThanOrEqual(some.length);
      expect(Number.isNaN(score)).toBe(false);
    }
  });
});
