import { describe, expect, test } from 'vitest';
import { problemsOf } from './change.ts';
import { dutiesOf } from './duties.ts';
import { at, HOUR, override, shift } from './fixtures.testdata.ts';
import { rosterOf } from './roster.ts';
import type { Override, PlannedShift } from './types.ts';

const early = shift('林', 0, 8);
const next = shift('林', 1, 8);
const night = shift('唐', 0, 0);
const hours = (shifts: PlannedShift[], overrides: Override[]) =>
  dutiesOf(shifts, overrides).map(({ personId, from, to }) => `${personId} ${from / HOUR}–${to / HOUR}`);

describe('who has which stretch', () => {
  test('without overrides it is the plan, in order of time', () => {
    expect(hours([early, night], [])).toEqual(['唐 0–8', '林 8–16']);
  });

  test('half a shift of leave leaves the other half', () => {
    const ill = override(early, '林', null, { from: at(0, 12) });
    expect(hours([early], [ill])).toEqual(['林 8–12']);
    const inTheMiddle = override(early, '林', null, { from: at(0, 10), to: at(0, 11) });
    expect(hours([early], [inTheMiddle])).toEqual(['林 8–10', '林 11–16']);
  });

  test('who takes a shift is on, and why is said', () => {
    const swap = override(early, '林', '周', { causeId: 's1' });
    const [duty] = dutiesOf([early], [swap]);
    expect(duty).toMatchObject({ personId: '周', teamId: 'A' });
    expect(duty?.instead).toEqual({ planned: '林', cause: 'swap', causeId: 's1' });
  });

  test('a loan works for another team', () => {
    const loan = override(early, '林', '林', { cause: 'loan', teamId: 'B' });
    expect(dutiesOf([early], [loan])).toMatchObject([{ personId: '林', teamId: 'B' }]);
  });

  test('they lie over each other: what was taken over can be given on, what was not, not', () => {
    const toZhou = override(early, '林', '周');
    const toHe = override(early, '周', '何', { from: at(0, 12) });
    expect(hours([early], [toZhou, toHe])).toEqual(['周 8–12', '何 12–16']);
    expect(hours([early], [toHe, toZhou])).toEqual(['周 8–16']);
  });
});

describe('the roster answers', () => {
  const roster = rosterOf(dutiesOf([early, next, night], [override(next, '林', '周')]));
  const on = (instant: number) => roster.whoIsOn(instant).map(({ personId }) => personId);

  test('a shift holds its first instant and not its last', () => {
    expect([on(at(0, 8) - 1), on(at(0, 8)), on(at(0, 16) - 1), on(at(0, 16))]).toEqual([
      ...[['唐'], ['林'], ['林'], []],
    ]);
  });

  test('a colleague’s own, and a stretch of time', () => {
    expect(roster.of('林')).toMatchObject([{ shiftId: early.id }]);
    expect(roster.of('周')).toMatchObject([{ shiftId: next.id }]);
    expect(roster.of('nobody')).toEqual([]);
    const ids = (from: number, to: number) => roster.between(from, to).map(({ shiftId }) => shiftId);
    expect(ids(at(0, 8), at(1, 8))).toEqual([early.id]);
    expect(ids(at(0, 7), at(1, 9))).toEqual([night.id, early.id, next.id]);
    expect(ids(at(0, 16), at(1, 8))).toEqual([]);
  });

  test('a short duty does not hide a long one that began before it', () => {
    const long = shift('罗', 0, 0, { endsAt: at(1, 0) });
    expect(rosterOf(dutiesOf([long, early], [])).whoIsOn(at(0, 20))).toMatchObject([{ personId: '罗' }]);
  });
});

describe('what stands against a change', () => {
  const codes = (
    overrides: Override[],
    change: Parameters<typeof problemsOf>[1],
    shifts = [early, next, night],
  ) => problemsOf({ shifts, overrides }, change).map(({ code, personId }) => `${code} ${personId}`);

  test('two shifts at once, one minute of it', () => {
    const late = shift('林', 0, 15);
    expect(codes([], { plan: [late] })).toEqual(['two_at_once 林']);
    expect(codes([], { plan: [shift('林', 0, 16)] })).toEqual([]);
    expect(codes([], { override: [override(night, '唐', '林')] })).toEqual([]);
    expect(codes([], { override: [override(early, '林', '唐')] })).toEqual([]);
    const more = [early, night, shift('唐', 0, 12)];
    expect(codes([], { override: [override(early, '林', '唐')] }, more)).toEqual(['two_at_once 唐']);
  });

  test('it is allowed once the shift in its way is gone, in the same change', () => {
    expect(codes([], { cancel: [early.id], plan: [shift('林', 0, 15)] })).toEqual([]);
  });

  test('an exchange is one change: neither is on two at once after it', () => {
    const other = shift('周', 0, 8);
    const exchange = [override(early, '林', '周'), override(other, '周', '林')];
    expect(codes([], { override: exchange }, [early, other])).toEqual([]);
    expect(codes([], { override: exchange.slice(0, 1) }, [early, other])).toEqual(['two_at_once 周']);
  });

  test('whoever is not on can’t be taken off', () => {
    const ill = override(early, '林', null, { from: at(0, 12) });
    expect(codes([ill], { override: [override(early, '林', '周')] })).toEqual(['not_on_duty 林']);
    expect(codes([ill], { override: [override(early, '林', '周', { to: at(0, 12) })] })).toEqual([]);
    expect(codes([], { override: [override(early, '何', '周')] })).toEqual(['not_on_duty 何']);
    expect(codes([], { override: [override(shift('何', 5, 8), '何', '周')] })).toEqual(['unknown_shift 何']);
  });

  test('nothing is pulled from under what was built upon it', () => {
    const toZhou = override(early, '林', '周');
    const toHe = override(early, '周', '何', { from: at(0, 12) });
    expect(codes([toZhou, toHe], { revoke: [toZhou.id] })).toEqual(['built_upon 周']);
    expect(codes([toZhou, toHe], { revoke: [toHe.id] })).toEqual([]);
    expect(codes([toZhou, toHe], { revoke: [toZhou.id, toHe.id] })).toEqual([]);
    expect(codes([toZhou], { cancel: [early.id] })).toEqual(['built_upon 林']);
    expect(codes([toZhou], { cancel: [early.id], revoke: [toZhou.id] })).toEqual([]);
  });

  test('taking back must not give somebody a second shift', () => {
    const away = override(early, '林', '周');
    const instead = shift('林', 0, 10);
    expect(codes([away], { revoke: [away.id] }, [early, instead])).toEqual(['two_at_once 林']);
  });
});
