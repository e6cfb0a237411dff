import { expect } from 'vitest';
import { overlap } from '../../bot/staff/roster/duties.ts';
import type { Roster } from '../../bot/staff/roster/roster.ts';
import { loadRoster, type RosterWindow } from '../../bot/staff/roster/store.ts';
import type { Duty } from '../../bot/staff/roster/types.ts';
import type { Database } from '../../prisma/client.ts';

interface Stretch {
  from: number;
  to: number;
}

/** A shift as its row has it, with what the swaps and leaves on record say about it. */
interface Expected extends Stretch {
  shiftId: string;
  /** Who has it, were it not for leave. */
  holder: string;
  /** Stretches of the holder's granted leaves. */
  away: Stretch[];
}

/**
 * Whatever came before: who is on is exactly who the plan, the swaps in effect and the leaves that are granted say,
 * reckoned here from their own records and not from the roster's overrides; nobody is on two shifts at once; nobody has
 * more than their swaps of a month; nobody's swaps are one after another, nor back to back with what was theirs all the
 * time; no shift has two leaves.
 */
export async function mustBeSound(db: Database, window: RosterWindow): Promise<void> {
  const roster = await loadRoster(db.sql, window);
  const expected = await expectedOf(db, window);
  expect(expected.flatMap((shift) => wrongOn(shift, roster))).toEqual([]);
  expect(twice(roster.duties), 'on two shifts at once').toEqual([]);
  expect(await overQuota(db), 'more than two swaps in a month').toEqual([]);
  const stretches = await stretchesIn(db, window);
  expect(inARow(stretches), 'swapped one after another').toEqual([]);
  expect(backToBack(stretches), 'swapped back to back').toEqual([]);
  expect(await leftTwice(db), 'two leaves for one shift').toEqual([]);
}

/** The instants at which somebody else is on than should be, or nobody, or more. */
function wrongOn({ shiftId, holder, away, ...shift }: Expected, roster: Roster): string[] {
  return instantsIn(shift, away).flatMap((instant) => {
    const absent = away.some(({ from, to }) => from <= instant && instant < to);
    const due = absent ? '' : holder;
    const on = roster.whoIsOn(instant).filter((duty) => duty.shiftId === shiftId);
    const found = on.map(({ personId }) => personId).join();
    return found === due ? [] : [`${shiftId} at ${new Date(instant).toISOString()}: ${found}, not ${due}`];
  });
}

async function expectedOf(
  { prisma, sql }: Database,
  { from, to, people }: RosterWindow,
): Promise<Expected[]> {
  const shifts = await prisma.shift.findMany({
    where: {
      ...{ cancelledAt: null, endsAt: { gt: new Date(from) }, startsAt: { lt: new Date(to) } },
      personId: { in: [...(people ?? [])] },
    },
  });
  const swaps = await prisma.swap.findMany({ where: { state: 'applied', kind: { not: 'open' } } });
  const taken = new Map<string, string>();
  for (const { shiftId, giverId, partnerId, back } of swaps) {
    if (partnerId) taken.set(shiftId, partnerId);
    if (back) taken.set((back as unknown as Duty).shiftId, giverId);
  }
  type Row = { personId: string; shiftId: string; from: number; to: number };
  const { rows } = await sql.query<Row & Record<string, unknown>>({
    text: `SELECT person_id AS "personId", m->'shift'->>'id' AS "shiftId", (m->>'from')::float8 AS from, (m->>'to')::float8 AS to
      FROM leave_request CROSS JOIN LATERAL jsonb_array_elements(checks->'missed') m WHERE state = 'approved'`,
    values: [],
  });
  return shifts.map(({ id, personId, startsAt, endsAt }) => {
    const holder = taken.get(id) ?? personId;
    const away = rows.filter((row) => row.shiftId === id && row.personId === holder);
    return { shiftId: id, holder, away, from: startsAt.getTime(), to: endsAt.getTime() };
  });
}

/** Its first and last millisecond, and each side of every moment at which somebody comes or goes. */
function instantsIn({ from, to }: Stretch, away: readonly Stretch[]): number[] {
  const moments = [from, to, ...away.flatMap((each) => [each.from, each.to])];
  return [...new Set(moments.flatMap((at) => [at - 1, at]))].filter((at) => at >= from && at < to);
}

function twice(duties: readonly Duty[]): string[] {
  return duties.flatMap((duty, index) =>
    duties
      .slice(0, index)
      .filter((each) => each.personId === duty.personId && overlap(each, duty))
      .map((each) => `${duty.personId}: ${each.shiftId} and ${duty.shiftId}`),
  );
}

/** A shift in a colleague's days, with the swap in effect by which it came to them or went. */
interface Swapped extends Stretch {
  shiftId: string;
  personId: string;
  swap?: { id: string; came: boolean };
  /** Planned from the first, and no leave nor edit ever touched it. */
  steady: boolean;
}

/** The plan's shifts, those that an edit has cancelled too, and what swaps in effect took from one and gave to another. */
async function stretchesIn(
  { prisma, sql }: Database,
  { from, to, people }: RosterWindow,
): Promise<Swapped[]> {
  const shifts = await prisma.shift.findMany({
    where: {
      endsAt: { gt: new Date(from) },
      startsAt: { lt: new Date(to) },
      personId: { in: [...(people ?? [])] },
    },
  });
  const edits = await prisma.rosterEdit.findMany();
  const edited = new Set(edits.flatMap((edit) => [edit.plannedIds, edit.cancelledIds].flat()));
  const { rows } = await sql.query<{ shift: string }>({
    text: 'SELECT DISTINCT jsonb_array_elements_text(shift_ids) AS shift FROM leave_request',
    values: [],
  });
  const left = new Set(rows.map(({ shift }) => shift));
  const swaps = await prisma.swap.findMany({ where: { state: 'applied', kind: { not: 'open' } } });
  const legs = swaps.flatMap(({ id, giverId, partnerId, shiftId, back }) => [
    { id, shiftId, off: giverId, on: partnerId },
    ...(back ? [{ id, shiftId: (back as unknown as Duty).shiftId, off: partnerId, on: giverId }] : []),
  ]);
  return shifts.flatMap(({ id: shiftId, personId, startsAt, endsAt }) => {
    const stretch = { shiftId, from: startsAt.getTime(), to: endsAt.getTime() };
    const leg = legs.find((each) => each.shiftId === shiftId);
    if (!leg) return [{ ...stretch, personId, steady: !edited.has(shiftId) && !left.has(shiftId) }];
    return [
      { ...stretch, personId: leg.off ?? '', swap: { id: leg.id, came: false }, steady: false },
      { ...stretch, personId: leg.on ?? '', swap: { id: leg.id, came: true }, steady: true },
    ];
  });
}

/** Two of somebody's shifts that two swaps moved, with none of theirs between. */
function inARow(all: readonly Swapped[]): string[] {
  return pairs(all).flatMap(([a, b]) => {
    if (!a.swap || !b.swap || a.swap.id === b.swap.id) return [];
    const between = all.some(
      (each) =>
        each.personId === a.personId &&
        each !== a &&
        each !== b &&
        each.from >= a.from &&
        each.from <= b.from,
    );
    return between ? [] : [`${a.personId}: ${a.shiftId} and ${b.shiftId}`];
  });
}

/** A shift that came by a swap, with less than an hour to another of theirs. */
function backToBack(all: readonly Swapped[]): string[] {
  return pairs(all.filter(({ steady }) => steady))
    .filter(([a, b]) => (a.swap?.came || b.swap?.came) && b.from - a.to < 3_600_000)
    .map(([a, b]) => `${a.personId}: ${a.shiftId} and ${b.shiftId}`);
}

/** Every two of one person's, the earlier first. */
const pairs = (all: readonly Swapped[]): [Swapped, Swapped][] =>
  all.flatMap((a) =>
    all
      .filter((b) => b !== a && b.personId === a.personId && b.from >= a.from)
      .map((b): [Swapped, Swapped] => [a, b]),
  );

async function overQuota({ sql }: Database): Promise<unknown[]> {
  const { rows } = await sql.query({
    text: `SELECT person, month, count(*)::int AS count FROM (
        SELECT requester_id AS person, left(shift->>'businessDate', 7) AS month FROM swap
        WHERE kind <> 'open' AND state IN ('peer_pending', 'leader_pending', 'approved', 'applied')
        UNION ALL SELECT partner_id, left(shift->>'businessDate', 7) FROM swap
        WHERE kind <> 'open' AND state IN ('leader_pending', 'approved', 'applied')) used
      GROUP BY person, month HAVING count(*) > 2`,
    values: [],
  });
  return rows;
}

async function leftTwice({ sql }: Database): Promise<unknown[]> {
  const { rows } = await sql.query({
    text: `SELECT shift, count(*)::int FROM leave_request CROSS JOIN LATERAL jsonb_array_elements_text(shift_ids) shift
      WHERE state IN ('pending', 'approved') AND returned_at IS NULL GROUP BY person_id, shift HAVING count(*) > 1`,
    values: [],
  });
  return rows;
}
