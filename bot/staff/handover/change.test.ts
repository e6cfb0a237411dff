import { expect, test } from 'vitest';
import { dutiesOf } from '../roster/duties.ts';
import type { Override, PlannedShift } from '../roster/types.ts';
import { shiftChanges } from './change.ts';

const at = (time: string) => Date.parse(`2026-06-10T${time}+08:00`);
const shift = (personId: string, from: string, to: string, teamId = 'A', name = '早班'): PlannedShift => ({
  ...{ id: `${personId}-${from}`, personId, teamId, businessDate: '2026-06-10', night: false, name },
  ...{ startsAt: at(from), endsAt: at(to) },
});
const shifts = [
  shift('zhou', '08:00', '16:00'),
  shift('shen', '08:00', '16:00'),
  shift('tang', '16:00', '23:00', 'A', '中班'),
  shift('he', '08:00', '16:00', 'B'),
];
const around = (overrides: Override[] = [], plan = shifts) =>
  shiftChanges(dutiesOf(plan, overrides), at('15:00'), at('16:00'));

test('each team hands over from those whose shift ends to those whose shift begins', () => {
  expect(around()).toEqual([
    {
      ...{ teamId: 'A', changeAt: at('16:00'), since: at('08:00'), fromShift: '早班', toShift: '中班' },
      ...{ outgoing: ['shen', 'zhou'], incoming: ['tang'] },
    },
    {
      ...{ teamId: 'B', changeAt: at('16:00'), since: at('08:00'), fromShift: '早班', toShift: '' },
      ...{ outgoing: ['he'], incoming: [] },
    },
  ]);
});

test('as the roster says after swaps and leave, not as it was planned', () => {
  const override = (shiftId: string, off: string, on: string | null, from: string, to: string): Override => ({
    ...{
      id: `${shiftId}-${off}`,
      shiftId,
      off,
      on,
      from: at(from),
      to: at(to),
      cause: on ? 'swap' : 'leave',
    },
    causeId: 'x',
  });
  const [change] = around([
    override('tang-16:00', 'tang', 'peng', '16:00', '23:00'),
    // Went home at noon: there is nothing left to hand over at four.
    override('zhou-08:00', 'zhou', null, '12:00', '16:00'),
  ]);
  expect(change).toMatchObject({ outgoing: ['shen'], incoming: ['peng'] });
});

test('who works on neither goes nor comes', () => {
  const [change] = around([], [...shifts, shift('zhou', '16:00', '23:00', 'A', '中班')]);
  expect(change).toMatchObject({ outgoing: ['shen'], incoming: ['tang'] });
});

test('the end of the stretch counts, its beginning was counted before', () => {
  const duties = dutiesOf(shifts, []);
  expect(shiftChanges(duties, at('16:00'), at('17:00'))).toEqual([]);
  expect(shiftChanges(duties, at('15:59'), at('16:00'))).toHaveLength(2);
});
