import { type Sql, type Unit, uuidv7 } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import type { Policy } from '../../policy/schema.ts';
import type { StaffParts } from '../parts.ts';
import { tellPeople } from '../post.ts';
import { noticeOf } from './checks.ts';
import type { Consent, SwapState } from './decide.ts';
import type { SwapSeat } from './leaders.ts';
import type { Proposal, Rechecked } from './recheck.ts';
import { type SwapRecord, swapById } from './record.ts';

type Fine = Extract<Rechecked, { gone: false }>;

/** A new swap, as `recheck` found it. */
export interface NewSwap extends Omit<Proposal, 'id' | 'partnerId'> {
  readonly requesterId: string;
  /** null: whoever is the first to take it. */
  readonly partnerId: string | null;
  readonly checked: Pick<Fine, 'checks' | 'versions'> & { seats: readonly SwapSeat[] };
  readonly policyId: string;
}

/** Writes a swap that is proposed; it waits until the notice of its earlier shift runs out, an open shift until it begins. */
export async function insertSwap(
  unit: Unit,
  parts: StaffParts,
  swap: NewSwap,
  policy: Policy,
  now: number,
): Promise<SwapRecord> {
  const { kind, requesterId, giverId, partnerId, shift, back, reason, checked, policyId } = swap;
  const id = uuidv7(now);
  const first = Math.min(shift.from, back?.from ?? Infinity);
  const { rowCount } = await unit.sql.query({
    text: `INSERT INTO swap (id, kind, requester_id, giver_id, partner_id, shift_id, shift, back, reason, checks, versions,
        leader_ids, seats, policy_id, created_at, expires_at, changed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $16, $13, $14, $15, $14) ON CONFLICT DO NOTHING`,
    values: [
      ...[id, kind, requesterId, giverId, partnerId, shift.shiftId, JSON.stringify(shift)],
      ...[
        back && JSON.stringify(back),
        reason,
        JSON.stringify(checked.checks),
        JSON.stringify(checked.versions),
      ],
      ...[JSON.stringify(leadersAt(checked.seats)), policyId, new Date(now)],
      new Date(first - noticeOf(kind, policy.swap).hours * 3_600_000),
      JSON.stringify(checked.seats),
    ],
  });
  if (rowCount !== 1) throw new AppError('already_taken');
  await parts.audit(unit, {
    ...{ actor: { kind: 'person', id: requesterId }, action: 'swap.propose', object: 'swap', objectId: id },
    details: {
      kind,
      giver: giverId,
      partner: partnerId ?? '',
      shift: shift.shiftId,
      back: back?.shiftId ?? '',
    },
  });
  return stored(unit.sql, id);
}

export interface Move {
  readonly to: SwapState;
  /** Who did it; undefined: time, or a change elsewhere. */
  readonly by?: string;
  readonly consent?: Consent;
  readonly partnerId?: string;
  readonly plannedShiftId?: string;
  readonly seats?: readonly SwapSeat[] | undefined;
  readonly found?: { [K in 'checks' | 'versions']?: Fine[K] | undefined };
}

const leadersAt = (seats: readonly SwapSeat[]) => [...new Set(seats.flatMap(({ leaders }) => leaders))];

/** One step of a swap: its compare-and-set, whoever said what, and the audit record, in one transaction. */
export async function moveSwap(
  unit: Unit,
  parts: StaffParts,
  was: SwapRecord,
  move: Move,
  now: number,
): Promise<SwapRecord> {
  const { to, by, consent, partnerId, plannedShiftId, seats, found = {} } = move;
  const ended = !['leader_pending', 'peer_pending', 'approved', 'applied'].includes(to);
  const { rowCount } = await unit.sql.query({
    text: `UPDATE swap SET state = $3, partner_id = coalesce($4, partner_id), planned_shift_id = coalesce($5, planned_shift_id),
        checks = coalesce($6, checks), versions = coalesce($7, versions), leader_ids = coalesce($8, leader_ids), seats = coalesce($11, seats),
        ended_by = $9, changed_at = $10
      WHERE id = $1 AND state = $2`,
    values: [
      ...[was.id, was.state, to, partnerId ?? null, plannedShiftId ?? null],
      ...[found.checks, found.versions, seats && leadersAt(seats)].map((v) => v && JSON.stringify(v)),
      ...[ended ? (by ?? null) : null, new Date(now), seats ? JSON.stringify(seats) : null],
    ],
  });
  if (rowCount !== 1) throw new AppError('conflict');
  if (consent)
    await unit.sql.query({
      text: `INSERT INTO swap_consent (id, swap_id, person_id, role, decision, note, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT DO NOTHING`,
      values: [
        ...[uuidv7(now), was.id, consent.personId, consent.as, consent.decision, consent.note],
        new Date(consent.at),
      ],
    });
  await parts.audit(unit, {
    actor: by ? { kind: 'person', id: by } : { kind: 'system', id: 'swap' },
    ...{ action: 'swap.move', object: 'swap', objectId: was.id },
    details: {
      ...{ from: was.state, to },
      ...(consent && { as: consent.as, decision: consent.decision, instead: inPlace(was, consent) }),
    },
    secrets: { note: consent?.note || undefined },
  });
  return stored(unit.sql, was.id);
}

/** Whether a word counts in the place of leaders who are away. */
const inPlace = ({ seats }: SwapRecord, { as, personId }: Consent) =>
  as === 'leader' && !seats.some(({ leaders }) => leaders.includes(personId));

async function stored(sql: Sql, id: string): Promise<SwapRecord> {
  const record = await swapById(sql, id);
  if (!record) throw new Error('a swap vanished in its own transaction');
  return record;
}

/** Everybody concerned, but not whoever did it: both colleagues and the leaders who were asked. */
export async function tellSwap(
  unit: Unit,
  parts: StaffParts,
  record: SwapRecord,
  { but, now, also = [] }: { but?: string | undefined; now: number; also?: readonly string[] },
): Promise<void> {
  const { id: swapId, state, requesterId, partnerId, leaderIds, seats } = record;
  // Before the colleague agreed the leaders had not heard of it.
  const heard = record.consents.some(({ as, decision }) => as === 'peer' && decision === 'agree');
  const leaders =
    state === 'leader_pending' || !heard
      ? []
      : [...leaderIds, ...seats.flatMap(({ handed, above }) => (handed ? above : []))];
  const people = [requesterId, ...(partnerId ? [partnerId] : []), ...leaders, ...also].filter(
    // The leader who offered a shift and must confirm it is asked, not told as well.
    (id) => id !== but && !(state === 'leader_pending' && leaderIds.includes(id)),
  );
  await tellPeople(unit, parts, people, { kind: 'swap.news', data: { swapId, state } }, now);
}
