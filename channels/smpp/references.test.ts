import { expect, it } from 'vitest';
import { References } from './references.ts';

const ids = Array.from({ length: 400 }, (_, n) => `delivery-${n}`);

it('long messages that follow each other to one number never share a reference', () => {
  const references = new References();
  const given = ids.map((id) => references.of('+8613912345678', id));
  for (let at = 0; at + 16 <= given.length; at++) expect(new Set(given.slice(at, at + 16)).size).toBe(16);
  expect(Math.max(...given)).toBeLessThan(256);
});

it('a delivery keeps its own at every attempt, and in another process', () => {
  const references = new References();
  const first = references.of('+8613912345678', 'one');
  references.of('+8613912345678', 'two');
  expect(references.of('+8613912345678', 'one')).toBe(first);
  expect(new References().of('+8613912345678', 'one')).toBe(first);
});
