import { expect, test } from 'vitest';
import { defaultPolicy } from '../../policy/default.ts';
import { dutiesOf } from './duties.ts';
import { requiredPeople } from './erlang.ts';
import { staffingOf, type Volume } from './headcount.ts';
import type { PlannedShift } from './types.ts';

const { policy } = defaultPolicy();
const monday = '2026-06-15';
const shift = (personId: string, from: string, to: string): PlannedShift => ({
  ...{ id: personId, personId, teamId: 'A', businessDate: monday, name: '早班', night: false },
  ...{ startsAt: Date.parse(`${monday}T${from}+08:00`), endsAt: Date.parse(`${monday}T${to}+08:00`) },
});
const volume: Volume = { perHour: new Map([['1 9', 60]]), handleSeconds: 180, weeks: 4 };
const at = (hour: number, given: Volume = volume, rules = policy) => {
  const duties = dutiesOf([shift('a', '08:00', '16:00'), shift('b', '09:30', '16:00')], []);
  return staffingOf({ from: monday, to: monday }, given, duties, rules)[hour];
};

test('an hour of Monday needs what its past Mondays brought, and has who is on, by the half hour', () => {
  const { serviceLevel, withinSeconds } = policy.roster.required;
  const required = requiredPeople({ contacts: 60, handleSeconds: 180, serviceLevel, withinSeconds });
  expect(required).toBe(5);
  expect(at(9)).toEqual({ date: monday, hour: 9, contacts: 60, required, rostered: 1.5 });
  expect(at(10)).toMatchObject({ contacts: 0, required: 0, rostered: 2 });
  expect(at(7)).toMatchObject({ rostered: 0 });
});

test('shrinkage adds people, serving several at once saves them; without a measured time the policy’s counts', () => {
  const rules = (more: object) => {
    const required = { ...policy.roster.required, ...more };
    return { ...policy, roster: { ...policy.roster, required } };
  };
  expect(at(9, volume, rules({ shrinkage: 0.3 }))?.required).toBe(8);
  expect(at(9, volume, rules({ atOnce: 3 }))?.required).toBe(3);
  const unmeasured = { ...volume, handleSeconds: undefined };
  expect(at(9, unmeasured, rules({ handleSeconds: 180 }))?.required).toBe(5);
});
