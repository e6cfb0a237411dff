import { expect, test } from 'vitest';
import { defaultPolicy } from '../../policy/default.ts';
import { changed, type RosterFacts } from '../roster/change.ts';
import { dutiesOf } from '../roster/duties.ts';
import type { Override, PlannedShift } from '../roster/types.ts';
import { type StandIn, standInChange } from './stand-in.ts';

const { policy } = defaultPolicy();
const at = (time: string) => Date.parse(`2026-06-10T${time}+08:00`);
const clock = (instant: number) => new Date(instant + 8 * 3_600_000).toISOString().slice(11, 16);
const shift = (personId: string, teamId = 'A'): PlannedShift => ({
  ...{ id: `${personId}-16`, personId, teamId, businessDate: '2026-06-10', night: false, name: '中班' },
  ...{ startsAt: at('16:00'), endsAt: at('24:00') },
});
const leave = (of: string, from: string, to: string): Override => ({
  ...{
    id: `${of}-${from}`,
    shiftId: `${of}-16`,
    off: of,
    on: null,
    from: at(from),
    to: at(to),
    cause: 'leave',
  },
  causeId: 'x',
});
const four = { id: 'handover', teamId: 'A', changeAt: at('16:00'), outgoing: ['zhou'] };

/** Who has what of the evening once it is decided at `time`. */
function after(facts: RosterFacts, standIn: StandIn, time: string, of = four): string[] | undefined {
  const change = standInChange(facts, of, standIn, policy, at(time));
  if (!change) return undefined;
  const { shifts, overrides } = changed(facts, change);
  return dutiesOf(shifts, overrides).map(
    ({ personId, from, to, name }) => `${personId} ${clock(from)} ${clock(to)} ${name}`,
  );
}
const tang: StandIn = { missingId: 'tang', standInId: 'peng' };
const plan: RosterFacts = { shifts: [shift('tang')], overrides: [] };

test('before the shift all of it is the stand-in’s, later what is left of it', () => {
  expect(after(plan, tang, '15:50')).toEqual(['peng 16:00 00:00 中班']);
  expect(after(plan, tang, '16:12')).toEqual(['tang 16:00 16:12 中班', 'peng 16:12 00:00 中班']);
});

test('who stays on at the desk has it from the change itself', () => {
  expect(after(plan, { ...tang, standInId: 'zhou' }, '16:12')).toEqual(['zhou 16:00 00:00 中班']);
});

test('leave that the missing one has in the middle of it stays nobody’s', () => {
  const facts = { ...plan, overrides: [leave('tang', '18:00', '20:00')] };
  expect(after(facts, tang, '16:12')).toEqual([
    'tang 16:00 16:12 中班',
    'peng 16:12 18:00 中班',
    'peng 20:00 00:00 中班',
  ]);
});

test('where all who were planned are on leave, a shift like theirs is planned; nobody has its beginning', () => {
  const facts = { ...plan, overrides: [leave('tang', '16:00', '24:00')] };
  expect(after(facts, { ...tang, missingId: null }, '16:05')).toEqual(['peng 16:05 00:00 中班']);
});

test('where nobody was planned, the policy’s shift that begins then; where it has none, nothing is known', () => {
  const nobody: StandIn = { missingId: null, standInId: 'peng' };
  const none: RosterFacts = { shifts: [shift('he', 'B')], overrides: [] };
  expect(after(none, nobody, '15:50')).toContain('peng 16:00 00:00 中班');
  const odd = { ...four, changeAt: at('17:30') };
  expect(after({ shifts: [], overrides: [] }, nobody, '17:30', odd)).toBeUndefined();
});
