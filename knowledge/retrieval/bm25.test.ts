import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bm25 } from './bm25.ts';
import { contenders } from './contenders.ts';
import type { Document } from './documents.ts';
import { SETTINGS } from './settings.ts';
import { type QueryBag, Vocabulary } from './vocabulary.ts';

const TERMS = 24;
const PLACES = 10;
/** An impact is kept in 4,095 steps. */
const ROUNDING = 0.05;

/** Term t is in every (t + 1)th entry or so: some are everywhere, some are rare. */
const documents = fc.array(
  fc.array(fc.nat(2 ** 20), { minLength: TERMS, maxLength: TERMS }).map((draws) => {
    const ids = draws.flatMap((draw, term) => (draw % (term + 1) === 0 ? [term] : []));
    return { ids: Int32Array.from(ids), tf: Float32Array.from(ids, (id) => 1 + ((draws[id] as number) % 3)) };
  }),
  { minLength: 80, maxLength: 200 },
);

function filled(some: { ids: Int32Array; tf: Float32Array }[], limits: { postings: number }) {
  const vocabulary = new Vocabulary();
  for (let term = 0; term < TERMS; term++) vocabulary.intern((term + 1) << 3);
  const kept: (Document | undefined)[] = some.map((one) => ({
    ...one,
    length: one.tf.reduce((sum, tf) => sum + tf, 0),
  }));
  const bm25 = new Bm25(vocabulary, SETTINGS.bm25, (slot) => kept[slot], {
    terms: 256,
    ...limits,
  });
  // The last ones are recent, and one of each is withdrawn.
  bm25.add(kept.length - 5);
  for (const _ of bm25.rebuild()) void _;
  bm25.add(kept.length);
  for (const slot of [3, kept.length - 2]) {
    bm25.remove(slot);
    kept[slot] = undefined;
  }
  return { bm25, kept };
}

/** Robertson & Zaragoza's formula, word for word. */
function plainly(bm25: Bm25, kept: (Document | undefined)[], terms: number[]): number[] {
  const { k1, b } = bm25.options;
  return kept.map((document) => {
    if (!document) return 0;
    const norm = k1 * (1 - b + (b * document.length) / bm25.averageLength);
    return terms.reduce((sum, term) => {
      const tf = document.tf[document.ids.indexOf(term)] ?? 0;
      return sum + (bm25.weight((term + 1) << 3, term) * (k1 + 1) * tf) / (tf + norm);
    }, 0);
  });
}

const asked = (terms: number[]): QueryBag => ({
  ...{ ids: Int32Array.from(terms), counts: new Float32Array(terms.length).fill(1), length: terms.length },
  ...{ unknown: new Int32Array(0), unknownLength: 0 },
});
const best = (scores: Iterable<number>) => [...scores].sort((a, b) => b - a).slice(0, PLACES);

describe('BM25', () => {
  const questions = fc.uniqueArray(fc.nat(TERMS - 1), { minLength: 1, maxLength: 12 });

  it('scores every entry by the formula', () => {
    fc.assert(
      fc.property(documents, questions, (some, terms) => {
        const { bm25, kept } = filled(some, { postings: 1e9 });
        const scores = new Float32Array(kept.length);
        expect(bm25.score(asked(terms), scores)).toBeUndefined();
        const expected = plainly(bm25, kept, terms);
        scores.forEach((score, slot) => {
          expect(Math.abs(score - (expected[slot] as number))).toBeLessThan(ROUNDING);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('finds the same first places when common words are looked up for the contenders only', () => {
    fc.assert(
      fc.property(documents, questions, fc.nat(400), (some, terms, postings) => {
        const { bm25, kept } = filled(some, { postings });
        const scores = new Float32Array(kept.length);
        const found = bm25.score(asked(terms), scores) ?? scores.keys();
        const expected = plainly(bm25, kept, terms);
        const competing = [...found];
        for (const slot of competing)
          expect(Math.abs((scores[slot] as number) - (expected[slot] as number))).toBeLessThan(ROUNDING);
        const [mine, theirs] = [best(competing.map((slot) => scores[slot] as number)), best(expected)];
        expect(mine.length).toBeGreaterThanOrEqual(theirs.filter((score) => score > ROUNDING).length);
        mine.forEach((score, place) => {
          expect(Math.abs(score - (theirs[place] as number))).toBeLessThan(ROUNDING);
        });
      }),
    );
  });
});

describe('contenders', () => {
  it('are all that can come in, or the highest of too many', () => {
    const scores = Float32Array.from({ length: 5_000 }, (_, slot) => (slot * 7919) % 5_000);
    expect(contenders(scores, 5_000, 5_000, 0).length).toBeLessThan(80);
    const some = contenders(scores, 5_000, 5_000, 200);
    expect(some.length).toBeGreaterThan(200);
    expect(some).toEqual(some.slice().sort());
    const many = contenders(scores, 5_000, 5_000, 4_000);
    expect(many.length).toBeLessThanOrEqual(1024);
    const least = Math.min(...many.map((slot) => scores[slot] as number));
    expect(scores.filter((score) => score >= least)).toHaveLength(many.length);
  });

  it('are not too many where all match alike, or nothing does', () => {
    expect(contenders(new Float32Array(5_000), 5_000, 10, 5).length).toBeLessThanOrEqual(1024);
    expect(contenders(new Float32Array(5_000).fill(10), 5_000, 10, 5).length).toBeLessThanOrEqual(1024);
  });
});
