import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { generator } from './classifier.ts';
import { unpack } from './container.ts';
import { buildIndex, type Entry, RetrievalIndex } from './index.ts';
import { Reranker } from './reranker.ts';

const TERMS = 12;

describe('a class of the reranker', () => {
  const own = fc.uniqueArray(fc.nat(TERMS - 1), { minLength: 1 });
  const asked = fc.uniqueArray(fc.nat(TERMS - 1), { minLength: 1 });

  it('is judged by, and learns, its own terms only, as a plain dot product says', () => {
    fc.assert(
      fc.property(fc.array(own, { minLength: 1, maxLength: 4 }), asked, (classes, terms) => {
        const start = Int32Array.from([0, ...classes.map((_, i) => classes.slice(0, i + 1).flat().length)]);
        const ids = Int32Array.from(classes.flat());
        const weights = Float32Array.from(ids, (id, i) => Math.sin(id + 3 * i));
        const weightOf = (id: number) => 1 + (id % 3);
        const reranker = new Reranker({ start, ids, weights: weights.slice() }, weightOf, 4);
        const bag = {
          ids: Int32Array.from(terms),
          counts: new Float32Array(terms.length),
          length: terms.length,
        };
        const norm = Math.hypot(...terms.map(weightOf));
        const worth = (id: number) => (terms.includes(id) ? weightOf(id) / norm : 0);
        reranker.load(bag, TERMS);
        classes.forEach((some, label) => {
          const at = start[label] as number;
          const dot = some.reduce((sum, id, i) => sum + (weights[at + i] as number) * worth(id), 0);
          expect(reranker.logit(label)).toBeCloseTo(4 * dot, 4);
        });
        reranker.learn(0, 0.5);
        const learned = weights.map((weight, i) =>
          i < (start[1] as number) ? weight - 0.5 * worth(ids[i] as number) : weight,
        );
        reranker.parts.weights.forEach((weight, i) => {
          expect(weight).toBeCloseTo(learned[i] as number, 5);
        });
        reranker.unload();
        reranker.load({ ...bag, length: 0 }, TERMS);
        expect(reranker.logit(0)).toBe(0);
      }),
    );
  });
});

describe('a knowledge that is too large for the classifier', () => {
  const next = generator(7);
  const word = () => Array.from({ length: 7 }, () => 'bcdfghklmnprstvz'[Math.floor(next() * 16)]).join('');
  const verbs = ['cancel', 'order', 'pay'];
  const entries = Array.from({ length: 500 }, () => `${word()} ${word()}`).flatMap((name) =>
    verbs.map(
      (verb): Entry => ({
        ...{ id: `${verb} ${name}`, language: 'en', title: `${verb} ${name}`, body: '' },
        questions: [`how do I ${verb} the ${name}`, `I want to ${verb} my ${name}`, `${verb} ${name} today`],
      }),
    ),
  );
  const some = entries.filter((_, i) => i % 37 === 0);
  const first = (index: RetrievalIndex, text: string) => index.search(text)[0]?.entryId;
  let index: RetrievalIndex;
  let bytes: Uint8Array;
  beforeAll(async () => {
    index = buildIndex(entries);
    bytes = await index.freeze();
  });

  it('has a reranker in its place', async () => {
    expect((await unpack(bytes)).meta).toMatchObject({ en: { isReranked: true, classifier: null } });
  });

  it('is answered from, its thresholds calibrated', () => {
    for (const { id, title } of some) {
      expect(first(index, `please ${title}`)).toBe(id);
      expect(index.decide(`please ${title}`)).toMatchObject({ outcome: 'answer', hits: [{ entryId: id }] });
    }
    expect(index.decide('what is the weather like').outcome).toBe('unknown');
  });

  it('decides the same when it was written down', async () => {
    const read = await RetrievalIndex.thaw(bytes);
    for (const { title } of some) {
      for (const text of [`please ${title}`, title.split(' ')[1] as string, 'cancel'])
        expect(read.decide(text)).toEqual(index.decide(text));
    }
  });

  it('finds a new entry before it was learned, and a withdrawn one no more', async () => {
    const changed = await RetrievalIndex.thaw(bytes);
    const [gone] = some as [Entry];
    changed.remove(gone.id);
    changed.upsert({ ...gone, id: 'new', title: 'cancel zyxxyz', questions: [], body: '' });
    expect(first(changed, 'cancel zyxxyz please')).toBe('new');
    expect(changed.search(gone.title, { limit: 10 }).map(({ entryId }) => entryId)).not.toContain(gone.id);
    expect(changed.search('how do I pay', { limit: 10, filter: (id) => id === 'new' })).toHaveLength(0);
  });
});
