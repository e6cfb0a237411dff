import type { Sql, Unit } from '../../../prisma/client.ts';
import { peopleById } from '../../people/directory.ts';
import type { Policy } from '../../policy/schema.ts';
import { isAway } from '../leave/away.ts';
import type { StaffParts } from '../parts.ts';
import { tellPeople } from '../post.ts';
import { type SwapSeat, sitsAt } from './leaders.ts';
import { type SwapRecord, swapsToDecide } from './record.ts';

/** The leaders at open seats who can't decide now, as leave counts it, or who have left. `now` is epoch ms. */
export async function awayAt(
  sql: Sql,
  seats: readonly SwapSeat[],
  policy: Policy,
  now: number,
): Promise<string[]> {
  const open = seats.filter(({ by, above }) => by === undefined && above.length > 0);
  const ids = [...new Set(open.flatMap(({ leaders }) => leaders))];
  const here = new Set((await peopleById(sql, ids)).map(({ id }) => id));
  const away: string[] = [];
  for (const id of ids) if (!here.has(id) || (await isAway(sql, id, policy, now))) away.push(id);
  return away;
}

/** Whether this colleague's word on it is still to be said, and would count now. */
export async function waitsFor(
  sql: Sql,
  record: SwapRecord,
  personId: string,
  policy: Policy,
  now: number,
): Promise<boolean> {
  const { state, seats, consents } = record;
  if (state === 'peer_pending') return !consents.some((consent) => consent.personId === personId);
  if (state !== 'leader_pending') return false;
  const away = await awayAt(sql, seats, policy, now);
  return seats.some((seat) => sitsAt(seat, personId, away));
}

/** What waits for this colleague's word as partner, leader or in a leader's place, the oldest first. */
export async function swapsWaiting(
  sql: Sql,
  personId: string,
  policy: Policy,
  now: number,
): Promise<SwapRecord[]> {
  const waiting: SwapRecord[] = [];
  for (const record of await swapsToDecide(sql, personId))
    if (await waitsFor(sql, record, personId, policy, now)) waiting.push(record);
  return waiting;
}

/**
 * Asks those who may decide in the place of leaders who are away: once, when the swap comes to the leaders or later when
 * they have gone. The record's row is held. @returns the ids asked
 */
export async function handUp(unit: Unit, parts: StaffParts, record: SwapRecord, now: number): Promise<void> {
  const { id, seats } = record;
  const away = await awayAt(unit.sql, seats, parts.policy().policy, now);
  const handing = (seat: SwapSeat) => !seat.handed && seat.above.some((who) => sitsAt(seat, who, away));
  const found = seats.filter(handing);
  if (found.length === 0) return;
  const after = seats.map((seat) => (handing(seat) ? { ...seat, handed: true } : seat));
  await unit.sql.query({
    text: 'UPDATE swap SET seats = $2 WHERE id = $1',
    values: [id, JSON.stringify(after)],
  });
  const ids = found.flatMap(({ above }) => above);
  await tellPeople(unit, parts, ids, { kind: 'swap.decide', data: { swapId: id } }, now);
}

/** Once, some time before it expires: whoever was asked before that and has still to say their word. */
export async function remindOfSwap(
  unit: Unit,
  parts: StaffParts,
  record: SwapRecord,
  policy: Policy,
  now: number,
): Promise<void> {
  const { id: swapId, state, partnerId, seats, expiresAt, changedAt, reminded } = record;
  const due = expiresAt - policy.swap.remind.hours * 3_600_000;
  if (reminded || now < due || changedAt >= due) return;
  await unit.sql.query({
    text: 'UPDATE swap SET reminded_at = $2 WHERE id = $1',
    values: [swapId, new Date(now)],
  });
  const peer = state === 'peer_pending';
  const open = seats.filter(({ by }) => by === undefined);
  const leaders = open.flatMap((seat) => [...seat.leaders, ...(seat.handed ? seat.above : [])]);
  const ids = peer ? [partnerId ?? []].flat() : leaders;
  const kind = peer ? 'swap.ask' : 'swap.decide';
  await tellPeople(unit, parts, ids, { kind, data: { swapId, reminder: true } }, now);
}
