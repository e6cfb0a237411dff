import { describe, expect, test } from 'vitest';
import { attendanceCases } from './attendance/clauses.testdata.ts';
import { CLAUSES, type ClauseCase, type ClauseId, EDGES } from './clauses.testdata.ts';
import { dutyCases } from './duty/clauses.testdata.ts';
import { handoverCases } from './handover/clauses.testdata.ts';
import { leaveCases } from './leave/clauses.testdata.ts';
import { meetingCases } from './meetings/clauses.testdata.ts';
import { rosterCases } from './roster/clauses.testdata.ts';
import { surgeCases } from './surge/clauses.testdata.ts';
import { swapCases } from './swap/clauses.testdata.ts';

/** The table of each part. */
const TABLES: Readonly<Record<string, readonly ClauseCase[]>> = {
  leave: leaveCases,
  swap: swapCases,
  handover: handoverCases,
  roster: rosterCases,
  attendance: attendanceCases,
  duty: dutyCases,
  meetings: meetingCases,
  surge: surgeCases,
};

const cases = Object.values(TABLES).flat();
const clauses = Object.keys(CLAUSES) as ClauseId[];

describe('every clause of RULEBOOK §4 has what passes, what fails and the very edge', () => {
  test.each(clauses)('%s', (clause) => {
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
