import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAppError } from '../../bot/errors.ts';
import { takeOff } from '../../bot/staff/leave/roster.ts';
import { applyChange } from '../../bot/staff/roster/apply.ts';
import { dutiesOf, overlap } from '../../bot/staff/roster/duties.ts';
import { loadRoster } from '../../bot/staff/roster/store.ts';
import type { Duty, Override, PlannedShift } from '../../bot/staff/roster/types.ts';
import { loadSwapDesk } from '../../bot/staff/swap/desk.ts';
import { whoCan } from '../../bot/staff/swap/find.ts';
import { insertSwap } from '../../bot/staff/swap/keep.ts';
import { recheck } from '../../bot/staff/swap/recheck.ts';
import { swapById } from '../../bot/staff/swap/record.ts';
import { settle } from '../../bot/staff/swap/settle.ts';
import { watchSwaps } from '../../bot/staff/swap/watch.ts';
import { type Unit, uuidv7 } from '../../prisma/client.ts';
import { openStaffScene, type StaffScene } from './staff.ts';
import { rememberShifts } from './swapping.ts';

let scene: StaffScene;
let putBack: () => Promise<void>;
let people: string[];
beforeAll(async () => {
  scene = await openStaffScene();
  putBack = await rememberShifts(scene);
  const rows = await scene.db.prisma.person.findMany({
    where: { jobType: 'hotline' },
    orderBy: { number: 'asc' },
  });
  people = rows.map(({ id }) => id);
}, 60_000);
afterAll(async () => {
  await silence();
  await scene.close();
});

/** Nothing is left to be said. */
async function silence(): Promise<void> {
  await scene.db.prisma.inbox.deleteMany();
  await scene.db.prisma.conversation.updateMany({ data: { dueAt: null } });
}

const [FROM, TO] = [Date.parse('2026-06-10T00:00+08:00'), Date.parse('2026-06-25T00:00+08:00')];
const roster = () => loadRoster(scene.db.sql, { from: FROM, to: TO });
const at = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];

const nat = fc.nat({ max: 60 });
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('propose' as const),
      who: nat,
      whom: nat,
      shift: nat,
      back: fc.option(nat),
    }),
  },
  { weight: 14, arbitrary: fc.record({ do: fc.constant('agree' as const), swap: nat, who: nat }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('decline' as const, 'withdraw' as const, 'revoke' as const),
      swap: nat,
      who: nat,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('leave' as const, 'cancel' as const, 'plan' as const),
      who: nat,
      shift: nat,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'watch' as const }) },
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

async function perform(unit: Unit, step: Act, now: number): Promise<unknown> {
  // Nobody is to read the words that are left for them.
  const parts = { ...scene.parts, wake() {} };
  const { id: policyId, policy } = parts.policy();
  const ahead = async (id: string | undefined) =>
    (await roster()).of(id ?? '').filter((duty) => duty.from > now);
  switch (step.do) {
    case 'watch':
      return watchSwaps(scene.db, parts, now);
    case 'propose': {
      const giverId = at(people, step.who) ?? '';
      const shift = at(await ahead(giverId), step.shift);
      const desk = await loadSwapDesk(unit.sql, policy.swap, { ids: people, from: FROM, to: TO });
      const me = desk.people.get(giverId);
      if (!me || !shift) return;
      const offers = whoCan(
        { desk, policy: policy.swap, days: desk.days, now, me, shift },
        { most: 4, backs: 3 },
      );
      const offer = at(offers, step.whom);
      const back = step.back === null ? null : at(offer?.backs ?? [], step.back);
      if (!offer || back === undefined) return;
      const kind = back ? ('swap' as const) : ('give' as const);
      const swap = { kind, giverId, partnerId: offer.person.id, shift, back, reason: '家里有事' };
      const found = await recheck(unit.sql, swap, policy, now);
      if (found.gone || !found.leaders || found.checks.result === 'refuse') return;
      const checked = { ...found, leaders: found.leaders };
      return insertSwap(unit, parts, { ...swap, requesterId: giverId, checked, policyId }, policy, now);
    }
    case 'leave': {
      const personId = at(people, step.who) ?? '';
      const duty = at(await ahead(personId), step.shift);
      if (!duty) return;
      const shift = { ...duty, id: duty.shiftId, swapped: false };
      return takeOff(unit, { id: uuidv7(now), personId, missed: [{ ...duty, shift }] as never }, now);
    }
    case 'cancel': {
      const duty = at(await ahead(at(people, step.who)), step.shift);
      return duty && applyChange(unit, { cancel: [duty.shiftId] }, now);
    }
    case 'plan': {
      const duty = at(await ahead(at(people, step.who + 1)), step.shift);
      const personId = at(people, step.who) ?? '';
      const { shiftId: _, instead: __, from: ___, to: ____, ...planned } = duty ?? ({} as Duty);
      return duty && applyChange(unit, { plan: [{ ...planned, id: uuidv7(now), personId }] }, now);
    }
    default: {
      const swaps = await scene.db.prisma.swap.findMany({ orderBy: { id: 'desc' } });
      const open = swaps.filter(({ state }) => state.endsWith('_pending'));
      const chosen = at(step.do === 'agree' && step.who % 8 > 0 ? open : swaps, step.swap);
      const record = chosen && (await swapById(unit.sql, chosen.id));
      if (!record) return;
      const { state, partnerId, leaderIds, requesterId, consents } = record;
      const leader = leaderIds.find((id) => !consents.some(({ personId }) => personId === id));
      // Mostly those whose word it is; now and then somebody else.
      const concerned = [partnerId, ...leaderIds, requesterId, at(people, step.who)];
      const waits = state === 'peer_pending' ? partnerId : leader;
      const by = (step.do === 'agree' && step.who % 8 > 0 ? waits : at(concerned, step.who)) ?? '';
      return settle(unit, parts, record.id, { by, action: step.do, at: now });
    }
  }
}

/** What a refused step throws is no fault; anything else is. */
async function tried(step: Act, now: number): Promise<void> {
  try {
    await scene.db.transaction((unit) => perform(unit, step, now));
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
}

async function mustHold(): Promise<void> {
  const known = await roster();
  for (const id of people) {
    const duties = known.of(id);
    const twice = duties.filter((duty, index) => duties.slice(0, index).some((each) => overlap(each, duty)));
    expect(twice, 'on two shifts at once').toEqual([]);
  }
  const counted = await scene.db.sql.query<{ count: number }>({
    text: `SELECT person, left(shift->>'businessDate', 7) AS month, count(*)::int AS count
      FROM swap CROSS JOIN LATERAL (VALUES (giver_id), (partner_id)) AS party (person)
      WHERE state = 'applied' GROUP BY person, month HAVING count(*) > 2`,
    values: [],
  });
  expect(counted.rows, 'more than two swaps in a month').toEqual([]);
  expect(known.duties.map(stretch)).toEqual((await fromRows()).map(stretch));
}

const stretch = ({ shiftId, personId, from, to }: Duty) => ({ shiftId, personId, from, to });

/** Who is on, from the bare rows. */
async function fromRows(): Promise<Duty[]> {
  const { prisma } = scene.db;
  const shifts = await prisma.shift.findMany({
    where: { cancelledAt: null, endsAt: { gt: new Date(FROM) }, startsAt: { lt: new Date(TO) } },
  });
  const overrides = await prisma.rosterOverride.findMany({
    where: { revokedAt: null },
    orderBy: { seq: 'asc' },
  });
  return dutiesOf(
    shifts.map(
      (row) =>
        ({
          ...row,
          startsAt: row.startsAt.getTime(),
          endsAt: row.endsAt.getTime(),
        }) as unknown as PlannedShift,
    ),
    overrides.map((row) => {
      const span = { from: row.startsAt.getTime(), to: row.endsAt.getTime() };
      return { ...row, ...span, off: row.offPersonId, on: row.onPersonId } as unknown as Override;
    }),
  );
}

test('whatever is proposed, agreed, taken back and changed: the roster stays sound', {
  timeout: 60_000,
}, async () => {
  let applied = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 20, maxLength: 26 }), async (steps) => {
      await silence();
      await scene.reset();
      await putBack();
      let now = scene.clock.now();
      for (const step of steps) {
        await tried(step, ++now);
        await mustHold();
      }
      applied += await scene.db.prisma.swap.count({ where: { state: 'applied' } });
    }),
    { numRuns: 2, seed: 20260612, endOnFailure: true },
  );
  expect(applied, 'swaps that came into effect').toBeGreaterThan(1);
});
