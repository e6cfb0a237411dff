import { withDigits } from './numerals.ts';
import { type Quantity, quantitiesOf, sameQuantity } from './quantities.ts';
import type { Passage, Source } from './source.ts';
import { periodsOf } from './weighty.ts';
import { clausesOf } from './words.ts';

/**
 * Whether every figure of a sentence stands in its source: its value with its unit, on the same side of it (「以上」,
 * 「以内」), counted by the same period, and beside the figures that it stands beside there.
 * @returns the figure that doesn't
 */
export function strangeFigure(
  sentence: string,
  source: Source,
  near: readonly Passage[],
): string | undefined {
  const said = quantitiesOf(sentence);
  for (const quantity of said) {
    const same = source.quantities.filter((q) => sameQuantity(quantity, q));
    if (same.length === 0) return `${quantity.value}${quantity.unit}`;
    // Which side of it is meant is told by the passage that the sentence was made from, if the figure is there.
    const closest = near.flatMap(({ quantities }) => quantities).filter((q) => sameQuantity(quantity, q));
    const given = (closest.length > 0 ? closest : same).map(({ bound }) => bound);
    if (!boundsAgree(quantity.bound, given)) return `${quantity.value}${quantity.unit} ${quantity.bound}`;
  }
  const numeral = strangeNumeral(sentence, source.text);
  if (numeral) return numeral;
  const periods = periodsOf(source.text);
  for (const period of periodsOf(sentence)) if (!periods.has(period)) return `/${period}`;
  return mismatchedPair(sentence, source);
}

/** Chinese numerals that stand before nothing that is counted: 「大于七」. */
function strangeNumeral(sentence: string, source: string): string | undefined {
  const known = withDigits(source);
  return withDigits(sentence)
    .match(/[二三四五六七八九十百千万]+/g)
    ?.find((numeral) => !known.includes(numeral));
}

/** A bound may be left out, but none may be added or turned; 「前」 and 「后」 are words around the same figure. */
function boundsAgree(said: Quantity['bound'], given: readonly Quantity['bound'][]): boolean {
  if (said === '' || given.includes(said)) return true;
  const hard = (bound: Quantity['bound']) => bound === 'max' || bound === 'min';
  return !hard(said) && !given.some(hard);
}

/**
 * Where the source is a table (59元: 20GB, 99元: 40GB), figures said together must stand in one of its rows.
 */
function mismatchedPair(sentence: string, source: Source): string | undefined {
  const rows = rowsOf(source.passages);
  for (const group of groupsOf(sentence)) {
    for (const [i, a] of group.entries())
      for (const b of group.slice(i + 1)) {
        if (a.unit === b.unit || !isTable(rows, a.unit, b.unit)) continue;
        const together = rows.some(
          (row) => row.some((q) => sameQuantity(a, q)) && row.some((q) => sameQuantity(b, q)),
        );
        if (!together) return `${a.value}${a.unit} with ${b.value}${b.unit}`;
      }
  }
  return undefined;
}

/** Figures that are said together: a new group begins where the first one's unit comes again. */
function groupsOf(sentence: string): Quantity[][] {
  const groups: Quantity[][] = [];
  const all = quantitiesOf(sentence);
  const key = all.find((q) => q.unit !== '')?.unit;
  for (const quantity of all) {
    if (quantity.unit === key || groups.length === 0) groups.push([]);
    groups.at(-1)?.push(quantity);
  }
  return groups;
}

/** The smallest pieces of the source that hold several figures. */
function rowsOf(passages: readonly Passage[]): (readonly Quantity[])[] {
  return passages.flatMap(({ text, quantities }) => {
    const cells = clausesOf(text.replace(/[、]|和(?=\d)|及(?=\d)/g, ',')).map((clause) =>
      quantitiesOf(clause),
    );
    return [quantities, ...cells];
  });
}

/** Two units that stand side by side in several rows with different values. */
function isTable(rows: readonly (readonly Quantity[])[], a: string, b: string): boolean {
  const seen = new Set<string>();
  for (const row of rows) {
    const [x, y] = [row.filter((q) => q.unit === a), row.filter((q) => q.unit === b)];
    if (x.length === 1 && y.length === 1) seen.add(`${x[0]?.value} ${y[0]?.value}`);
  }
  return seen.size > 1;
}
