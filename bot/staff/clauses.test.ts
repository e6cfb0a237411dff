import { describe, expect, test } from 'vitest';
import { CLAUSES, type ClauseCase, type ClauseId, EDGES } from './clauses.testdata.ts';
import { handoverCases } from './handover/clauses.testdata.ts';
import { leaveCases } from './leave/clauses.testdata.ts';
import { rosterCases } from './roster/clauses.testdata.ts';
import { swapCases } from './swap/clauses.testdata.ts';

/** The table of each part; a new part adds its own here, and takes its clauses out of `ELSEWHERE`. */
const TABLES: Readonly<Record<string, readonly ClauseCase[]>> = {
  leave: leaveCases,
  swap: swapCases,
  handover: handoverCases,
  roster: rosterCases,
};

/** Clauses whose cases stand in tests of their own, not in a table yet. */
const ELSEWHERE: readonly ClauseId[] = [
  ...(['leave.9', 'handover.1', 'roster.2'] as const), // attendance
  ...(['handover.5', 'roster.3', 'reporting.1', 'reporting.2', 'reporting.3', 'reporting.4'] as const), // duty
  ...(['meetings.1', 'roster.4'] as const), // meetings, surge
];

const cases = Object.values(TABLES).flat();
const clauses = Object.keys(CLAUSES) as ClauseId[];

describe('every clause of RULEBOOK §4 has what passes, what fails and the very edge', () => {
  const covered = clauses.filter((clause) => !ELSEWHERE.includes(clause));

  test.each(covered)('%s', (clause) => {
    const own = cases.filter((each) => each.clause === clause);
    expect([...new Set(own.map(({ edge }) => edge))].sort(), CLAUSES[clause]).toEqual([...EDGES].sort());
    expect(
      own.filter(({ edge, quoted }) => edge === 'fails' && !quoted),
      'fails without words',
    ).toEqual([]);
    expect(
      own.filter(({ edge, quoted }) => edge === 'passes' && quoted),
      'passes with an objection',
    ).toEqual([]);
  });

  test('what is elsewhere is in no table', () => {
    expect(cases.filter(({ clause }) => ELSEWHERE.includes(clause))).toEqual([]);
  });
});

describe.each(Object.entries(TABLES))('%s', (_, table) => {
  test.each(table.map((each) => [`${each.clause} ${each.edge}: ${each.story}`, each] as const))(
    '%s',
    (_name, { reads, quoted }) => {
      if (quoted) expect(reads()).toContain(quoted);
      else expect(reads()).toBe('');
    },
  );
});
