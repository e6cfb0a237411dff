import { describe, expect, test } from 'vitest';
import { cellsFor, inTheWay, plannedAt } from './cells.ts';
import type { RosterEntry } from './types.ts';

const entry = (
  personId: string,
  date: string,
  name: string,
  more: Partial<RosterEntry> = {},
): RosterEntry => ({
  ...{
    personId,
    date,
    name,
    title: name,
    shiftId: `${personId} ${date} ${name}`,
    night: false,
    from: 0,
    to: 1,
  },
  ...{ whole: true, state: 'planned', own: true, cause: null, other: null, ...more },
});
const [monday, tuesday] = ['2026-06-08', '2026-06-09'];
const entries = [
  entry('zhou', monday, '早班'),
  entry('shen', monday, '中班'),
  // Half of Tuesday’s shift is leave: two stretches of one shift.
  entry('zhou', tuesday, '早班'),
  entry('zhou', tuesday, '早班', { state: 'away', cause: 'leave' }),
  // Taken over from somebody: the plan gives it to them, not to Shen.
  entry('shen', tuesday, '夜班', { state: 'taken', own: false, cause: 'swap' }),
];
const zhou = { personId: 'zhou', date: monday, name: '早班' };

test('what is planned stands once, under leave too; what was taken over is not planned', () => {
  expect(plannedAt(entries, { personId: 'zhou', date: tuesday })).toEqual(['早班']);
  expect(plannedAt(entries, { personId: 'shen', date: tuesday })).toEqual([]);
});

describe('a shift', () => {
  test('moves to a free day of a colleague', () => {
    expect(cellsFor(entries, { from: zhou, to: { ...zhou, personId: 'shen', date: tuesday } })).toEqual([
      { personId: 'zhou', date: monday, shifts: [] },
      { personId: 'shen', date: tuesday, shifts: ['早班'] },
    ]);
  });
  test('changes in its square, in one cell', () => {
    expect(cellsFor(entries, { from: zhou, to: { ...zhou, name: '夜班' } })).toEqual([
      { personId: 'zhou', date: monday, shifts: ['夜班'] },
    ]);
    expect(inTheWay(entries, { from: zhou, to: { ...zhou, name: '夜班' } })).toEqual([]);
  });
  test('goes, and comes', () => {
    expect(cellsFor(entries, { from: zhou })).toEqual([{ personId: 'zhou', date: monday, shifts: [] }]);
    const to = { personId: 'shen', date: tuesday, name: '日班' };
    expect(cellsFor(entries, { to })).toEqual([{ personId: 'shen', date: tuesday, shifts: ['日班'] }]);
  });
  test('changes places with what is in the way, or comes beside it', () => {
    const to = { ...zhou, personId: 'shen' };
    expect(inTheWay(entries, { from: zhou, to })).toEqual(['中班']);
    expect(cellsFor(entries, { from: zhou, to, exchange: true })).toEqual([
      { personId: 'zhou', date: monday, shifts: ['中班'] },
      { personId: 'shen', date: monday, shifts: ['早班'] },
    ]);
    expect(cellsFor(entries, { from: zhou, to })).toEqual([
      { personId: 'zhou', date: monday, shifts: [] },
      { personId: 'shen', date: monday, shifts: ['中班', '早班'] },
    ]);
  });
});
