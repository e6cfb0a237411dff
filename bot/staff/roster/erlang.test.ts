import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requiredPeople, serviceLevelOf, waitProbability } from './erlang.ts';

describe('Erlang C', () => {
  // By the closed form (A^n/n!)·n/(n−A) / (Σ A^k/k! + (A^n/n!)·n/(n−A)), with exact arithmetic.
  test.each([
    [1, 0.5, 0.5],
    [2, 1, 1 / 3],
    [3, 2, 4 / 9],
    [4, 2, 4 / 23],
    [5, 4, 0.5541125541],
  ])('%i people on %d erlangs: a contact waits with probability %d', (people, load, expected) => {
    expect(waitProbability(people, load)).toBeCloseTo(expected, 9);
  });

  test('one person alone is the M/M/1 queue: the wait is as likely as they are busy', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), (load) => {
        expect(waitProbability(1, load)).toBeCloseTo(load, 9);
      }),
    );
  });

  // The worked example of telephone staffing handbooks: 200 calls an hour of 180 s are 10 erlangs.
  test.each([
    [11, 0.6821],
    [12, 0.4494],
    [13, 0.2853],
    [14, 0.1741],
  ])('%i people on 10 erlangs wait with probability %d', (people, expected) => {
    expect(waitProbability(people, 10)).toBeCloseTo(expected, 4);
  });

  test('200 an hour of 180 s at 80 % within 20 s need 14 people', () => {
    const demand = { contacts: 200, handleSeconds: 180, serviceLevel: 0.8, withinSeconds: 20 };
    expect(serviceLevelOf(13, demand)).toBeCloseTo(0.7956, 3);
    expect(serviceLevelOf(14, demand)).toBeCloseTo(0.8884, 3);
    expect(requiredPeople(demand)).toBe(14);
  });

  test('none for nothing, and always more than the load', () => {
    const rest = { serviceLevel: 0.8, withinSeconds: 20 };
    expect(requiredPeople({ ...rest, contacts: 0, handleSeconds: 300 })).toBe(0);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 10, max: 1200 }),
        (contacts, handleSeconds) => {
          const demand = { ...rest, contacts, handleSeconds };
          const people = requiredPeople(demand);
          expect(people).toBeGreaterThan((contacts * handleSeconds) / 3600);
          expect(serviceLevelOf(people, demand)).toBeGreaterThanOrEqual(0.8);
          expect(serviceLevelOf(people - 1, demand)).toBeLessThan(0.8);
        },
      ),
    );
  });
});
