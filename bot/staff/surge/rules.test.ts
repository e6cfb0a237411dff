import { expect, test } from 'vitest';
import { defaultPolicy } from '../../policy/default.ts';
import { extraShift, isSurge, unfitFor } from './rules.ts';

const { surge } = defaultPolicy().policy;
const at = (time: string, day = '10') => Date.parse(`2026-06-${day}T${time}+08:00`);

test.each<[string, number, number, boolean]>([
  ['passes: as expected', 40, 40, false],
  ['boundary: a contact short of one and a half times', 59, 40, false],
  ['boundary: one and a half times', 60, 40, true],
  ['fails: twice', 80, 40, true],
  ['boundary: nine are a handful, whatever was expected', 9, 1, false],
  ['boundary: ten are not', 10, 1, true],
  ['fails: nothing was expected', 12, 0, true],
])('roster, surge: %s', (_, contacts, expected, found) => {
  expect(isSurge({ contacts, expected }, surge)).toBe(found);
});

const extra = { from: at('18:00'), to: at('22:00'), date: '2026-06-10' };
const asked = (duties: [number, number][], leaves: { from: string; to: string }[] = []) =>
  unfitFor(
    extra,
    { duties: duties.map(([from, to]) => ({ from, to })), leaves },
    { restHours: 8, now: at('17:00') },
  );

test.each<[string, ReturnType<typeof asked>, ReturnType<typeof asked>]>([
  ['passes: a day off', asked([]), undefined],
  ['boundary: eight hours of rest before it', asked([[at('02:00'), at('10:00')]]), undefined],
  ['boundary: a millisecond less', asked([[at('02:00'), at('10:00') + 1]]), 'rest'],
  ['boundary: eight hours of rest after it', asked([[at('06:00', '11'), at('14:00', '11')]]), undefined],
  ['fails: the night shift follows', asked([[at('00:00', '11'), at('08:00', '11')]]), 'rest'],
  ['fails: on duty at the moment', asked([[at('16:00'), at('17:30')]]), 'on_duty'],
  ['fails: on duty then', asked([[at('21:00'), at('23:00')]]), 'on_duty'],
  ['fails: on leave', asked([], [{ from: '2026-06-09', to: '2026-06-10' }]), 'leave'],
  ['boundary: the leave ended yesterday', asked([], [{ from: '2026-06-08', to: '2026-06-09' }]), undefined],
])('§7, rest between shifts: %s', (_, found, expected) => expect(found).toBe(expected));

test('the extra shift begins on a quarter of an hour, an hour from now at the earliest', () => {
  expect(extraShift(at('17:00'), surge)).toEqual({ from: at('18:00'), to: at('22:00') });
  expect(extraShift(at('17:00') + 1, surge)).toEqual({ from: at('18:15'), to: at('22:15') });
});
