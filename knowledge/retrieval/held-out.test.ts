import { expect, it } from 'vitest';
import type { Entry } from './entry.ts';
import { observe } from './held-out.ts';
import { LanguageIndex } from './language-index.ts';
import { SIGNALS } from './signals.ts';
import { learnQuestions, lessonsOf, readBodies } from './training.ts';

function finish<T>(steps: Generator<void, T>): T {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

function observed(entries: Entry[]) {
  const index = new LanguageIndex();
  index.add(entries);
  for (const _ of index.bm25.rebuild()) void _;
  const lessons = finish(lessonsOf(index));
  const ground = finish(readBodies(index, lessons));
  finish(learnQuestions(ground, lessons));
  return finish(observe(index, lessons, ground, []));
}

const entry = (id: string, title: string, ...questions: string[]): Entry => ({
  ...{ id, title, questions },
  ...{ language: 'en' as const, body: '' },
});

it('asks titles as if they had not been written: words that only a title has are unknown', () => {
  const seen = observed([
    entry('fish', 'salmon', 'parking tower street', 'parking garage street'),
    entry('bird', 'quokka', 'lending library books', 'lending library novels'),
    entry('bare', 'walnut'),
  ]);
  const known = seen.filter(({ asked }) => asked === 'known');
  // four similar questions and two titles; the third entry's title is all that it can be asked by
  expect(known).toHaveLength(6);
  const unknown = known.filter(({ signals }) => (signals[SIGNALS.indexOf('unknown')] as number) > 0.99);
  expect(unknown).toHaveLength(2);
  for (const { signals } of unknown) {
    expect(signals[SIGNALS.indexOf('coverage')]).toBe(0);
    expect(signals[SIGNALS.indexOf('similarity')]).toBe(0);
  }
});
