import { expect, test } from 'vitest';
import { person, policy } from './fixtures.testdata.ts';
import { seatsOf } from './leaders.ts';
import type { PersonFact } from './types.ts';

const inPost = (number: string, role: PersonFact['role'], teamId: string | null): PersonFact => ({
  ...{ ...person(number), role, teamId },
});
const [first, second, other] = [
  inPost('2001', 'shift_leader', 'A'),
  inPost('2003', 'shift_leader', 'A'),
  inPost('2002', 'shift_leader', 'B'),
];
const head = inPost('4001', 'department_head', null);
const all = [first, second, other, head];
const seats = (teams: string[], parties: PersonFact[], holders = all) =>
  seatsOf(
    teams,
    parties.map(({ id }) => id),
    holders,
    policy,
  );

test('each team has one seat, for all of its leaders; the head may come to sit there', () => {
  expect(seats(['A', 'B', 'A'], [])).toEqual([
    { leaders: [first.id, second.id], above: [head.id] },
    { leaders: [other.id], above: [head.id] },
  ]);
});

test('whoever is party to it sits nowhere: the other leader decides, or the head', () => {
  expect(seats(['A'], [first])).toMatchObject([{ leaders: [second.id] }]);
  expect(seats(['A', 'B'], [first, second, other])).toMatchObject([{ leaders: [head.id] }]);
  expect(seats(['A'], [first, second, head], [first, second, head])).toBeUndefined();
});
