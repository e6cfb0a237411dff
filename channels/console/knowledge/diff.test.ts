import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diff } from './diff.ts';

const text = fc.oneof(
  fc.string(),
  fc.stringMatching(/^[月日流量套餐129GB \n]{0,40}$/),
  fc.string({ unit: 'grapheme' }),
);
const side = (pieces: ReturnType<typeof diff>, kind: 'added' | 'removed') =>
  pieces
    .filter((piece) => piece.kind === 'same' || piece.kind === kind)
    .map((piece) => piece.text)
    .join('');

describe('what changed between two wordings', () => {
  it('leaves nothing out and makes nothing up: both texts can be read from it', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = diff(before, after);
        expect(side(pieces, 'removed')).toBe(before);
        expect(side(pieces, 'added')).toBe(after);
      }),
    );
  });

  it('finds nothing where nothing changed', () => {
    expect(diff('次月1日生效', '次月1日生效')).toEqual([{ kind: 'same', text: '次月1日生效' }]);
  });

  it('goes by character in Chinese and by word in English and in figures', () => {
    expect(diff('次月1日生效', '当月1日生效')).toEqual([
      { kind: 'removed', text: '次' },
      { kind: 'added', text: '当' },
      { kind: 'same', text: '月1日生效' },
    ]);
    expect(diff('costs 129 yuan', 'costs 199 yuan')).toEqual([
      { kind: 'same', text: 'costs ' },
      { kind: 'removed', text: '129' },
      { kind: 'added', text: '199' },
      { kind: 'same', text: ' yuan' },
    ]);
  });

  it('is done at once with the longest wording rewritten from end to end', () => {
    const began = performance.now();
    const [a, b] = [Array.from({ length: 8000 }, (_, i) => String.fromCodePoint(0x4e00 + i)), [] as string[]];
    for (const sign of a) b.unshift(sign);
    const pieces = diff(a.join(''), b.join(''));
    expect(side(pieces, 'added')).toBe(b.join(''));
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
