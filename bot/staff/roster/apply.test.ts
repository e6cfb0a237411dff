import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv7 } from '../../../prisma/client.ts';
import { type Centre, openCentre } from '../../../test/pipeline/centre.ts';
import { applyChange, holdRosters, mustApply } from './apply.ts';
import { overlap } from './duties.ts';
import { loadRoster, overridesOf } from './store.ts';
import type { Override, PlannedShift, RosterChange } from './types.ts';

const HOUR = 3_600_000;
const DAY = Date.parse('2026-06-11T00:00+08:00');
const NOW = Date.parse('2026-06-10T10:00+08:00');

let centre: Centre;
let teamId: string;
let people: string[];
beforeAll(async () => {
  centre = await openCentre();
  teamId = uuidv7(NOW);
  const team = { id: teamId, name: '甲班', jobType: 'hotline', createdAt: new Date(NOW) };
  await centre.db.prisma.team.create({ data: team });
  const names = Array.from({ length: 8 }, (_, i) => `同事${i}`);
  people = [];
  for (const name of names) people.push((await centre.agent(name)).id);
});
afterAll(() => centre.close());

let day = 0;
/** Each test has days of its own. */
const freshDay = () => {
  day += 3;
  return day;
};
const shift = (who: number, on: number, hour: number): PlannedShift => {
  const startsAt = DAY + (on * 24 + hour) * HOUR;
  return {
    ...{ id: uuidv7(NOW), personId: people[who] ?? '', teamId, businessDate: dateOf(on) },
    ...{ startsAt, endsAt: startsAt + 8 * HOUR, name: '早班', night: false },
  };
};
const dateOf = (on: number) => new Date(DAY + 8 * HOUR + on * 24 * HOUR).toISOString().slice(0, 10);
const give = (of: PlannedShift, on: number | null, cause: Override['cause'] = 'give'): Override => ({
  ...{ id: uuidv7(NOW), shiftId: of.id, off: of.personId, on: on === null ? null : (people[on] ?? '') },
  ...{ from: of.startsAt, to: of.endsAt, cause, causeId: uuidv7(NOW) },
});
const apply = (change: RosterChange) => centre.db.transaction((unit) => applyChange(unit, change, NOW));
const dutiesOn = async (on: number) => {
  const from = DAY + on * 24 * HOUR;
  return (await loadRoster(centre.db.sql, { from, to: from + 48 * HOUR })).duties;
};
const versions = () => centre.db.transaction(({ sql }) => holdRosters(sql, people));

test('what is planned is there, and raises the versions of whom it touches', async () => {
  const on = freshDay();
  const before = await versions();
  const plan = [shift(0, on, 8), shift(1, on, 16)];
  expect(await apply({ plan })).toEqual({ done: true });
  expect((await dutiesOn(on)).map(({ shiftId }) => shiftId)).toEqual(plan.map(({ id }) => id));
  const after = await versions();
  const raised = people.map((id) => (after.get(id) ?? 0) - (before.get(id) ?? 0));
  expect(raised).toEqual([1, 1, 0, 0, 0, 0, 0, 0]);
});

test('a change with a problem writes nothing', async () => {
  const on = freshDay();
  await apply({ plan: [shift(0, on, 8)] });
  const before = await versions();
  const result = await apply({ plan: [shift(1, on, 8), shift(0, on, 10)] });
  expect(result).toMatchObject({ problems: [{ code: 'two_at_once', personId: people[0] }] });
  expect(await dutiesOn(on)).toHaveLength(1);
  expect(await versions()).toEqual(before);
  await expect(
    centre.db.transaction((unit) => mustApply(unit, { plan: [shift(0, on, 10)] }, NOW)),
  ).rejects.toMatchObject({ code: 'conflict' });
});

test('a shift is given away, given on, and nothing is pulled from under it; a shift cancelled is gone', async () => {
  const on = freshDay();
  const own = shift(0, on, 8);
  const first = give(own, 1);
  const second = { ...give(own, 2), off: people[1] ?? '' };
  await apply({ plan: [own] });
  await apply({ override: [first] });
  await apply({ override: [second] });
  expect(await dutiesOn(on)).toMatchObject([{ personId: people[2], instead: { planned: people[0] } }]);
  expect(await apply({ revoke: [first.id] })).toMatchObject({ problems: [{ code: 'built_upon' }] });
  expect(await apply({ cancel: [own.id] })).toMatchObject({ problems: [{ code: 'built_upon' }] });
  expect(await overridesOf(centre.db.sql, 'give', second.causeId)).toMatchObject([{ id: second.id }]);
  await apply({ cancel: [own.id], revoke: [first.id, second.id] });
  expect(await dutiesOn(on)).toEqual([]);
  await expect(apply({ cancel: [own.id] })).rejects.toMatchObject({ code: 'conflict' });
});

test('of many who give one person a shift at the same hour, exactly one succeeds', async () => {
  const on = freshDay();
  const plan = people.slice(0, 7).map((_, who) => shift(who, on, 8));
  await apply({ plan });
  const results = await Promise.all(plan.map((each) => apply({ override: [give(each, 7)] })));
  expect(results.filter((result) => 'done' in result)).toHaveLength(1);
  const taken = (await dutiesOn(on)).filter(({ personId }) => personId === people[7]);
  expect(taken).toHaveLength(1);
});

test('swaps, plans and cancellations at once, in any order: nobody is on two shifts, nothing deadlocks', async () => {
  const on = freshDay();
  const plan = people.flatMap((_, who) => [
    shift(who, on, who % 2 ? 8 : 0),
    shift(who, on + 1, who % 2 ? 0 : 8),
  ]);
  await apply({ plan });
  const exchange = (a: PlannedShift, b: PlannedShift): RosterChange => ({
    override: [
      { ...give(a, people.indexOf(b.personId)), cause: 'swap' },
      { ...give(b, people.indexOf(a.personId)), cause: 'swap' },
    ],
  });
  // Drawn from a fixed sequence, the same in every run.
  const pick = (n: number) => plan[(n * 7919) % plan.length] ?? shift(0, on, 0);
  const changes = Array.from({ length: 60 }, (_, n): RosterChange => {
    if (n % 5 === 0) return { plan: [shift(n % 8, on, (n * 3) % 17)] };
    if (n % 7 === 0) return { cancel: [pick(n).id] };
    return exchange(pick(n), pick(n + 3));
  });
  const results = await Promise.allSettled(changes.map(apply));
  const codes = results.map((result) =>
    result.status === 'fulfilled' ? ('done' in result.value ? 'done' : 'problems') : result.reason.code,
  );
  expect(new Set(codes)).toEqual(
    new Set(['done', 'problems', ...(codes.includes('conflict') ? ['conflict'] : [])]),
  );
  const duties = await dutiesOn(on);
  const clashes = duties.filter((a, i) =>
    duties.some((b, j) => i < j && overlap(a, b) && (a.personId === b.personId || a.shiftId === b.shiftId)),
  );
  expect(clashes).toEqual([]);
});
