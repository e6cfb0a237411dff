import { type Unit, uuidv7 } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import type { Policy } from '../../policy/schema.ts';
import { policyById } from '../../policy/versions.ts';
import type { StaffParts } from '../parts.ts';
import { tellPeople } from '../post.ts';
import { applyChange } from '../roster/apply.ts';
import { overridesOf } from '../roster/store.ts';
import type { RosterChange } from '../roster/types.ts';
import { pressSwap, type SwapPress } from './decide.ts';
import { type Move, moveSwap, tellSwap } from './keep.ts';
import { type Rechecked, recheck } from './recheck.ts';
import { progressOf, type SwapRecord, swapById } from './record.ts';
import { awayAt, handUp } from './seats.ts';

/** `refused`: whoever wanted to take a shift may not, by the rules; the swap goes on without them. */
export interface Settled {
  readonly record: SwapRecord;
  readonly refused?: Rechecked;
}

/**
 * One press on a swap, whole: the rules are checked once more against the rosters, which are held, before anybody's
 * word counts; the last leader's word changes the roster in the same transaction.
 * @throws AppError gone, not_current_approver, conflict
 */
export async function settle(
  unit: Unit,
  parts: StaffParts,
  swapId: string,
  press: SwapPress,
): Promise<Settled> {
  const record = await swapById(unit.sql, swapId, { hold: true });
  if (!record) throw new AppError('gone');
  const { at: now, by, action } = press;
  const policy = (await policyById(unit, record.policyId))?.policy ?? parts.policy().policy;
  const open = record.state === 'peer_pending' || record.state === 'leader_pending';
  const partnerId = record.partnerId ?? by;
  // Whoever was planned for a shift that nobody has can't take it by the card: nothing would be checked.
  if (open && action === 'agree' && partnerId === record.giverId) throw new AppError('not_current_approver');
  const found =
    open && action === 'agree' ? await recheck(unit.sql, { ...record, partnerId }, policy, now) : undefined;
  const fine = found && !found.gone ? found : undefined;
  // Only at the colleague's word it is known who decides; from then on it stays so.
  const seats = (record.state === 'peer_pending' && fine?.seats) || record.seats;
  const above = record.state === 'leader_pending' && seats.flatMap((seat) => seat.above).includes(by);
  const away = above ? await awayAt(unit.sql, seats, parts.policy().policy, now) : [];
  const pressed = pressSwap(progressOf({ ...record, seats }), { ...press, away });
  if (pressed.kind === 'repeat') return { record };
  if (pressed.kind === 'refused') {
    // One of those to whom it was offered, after another has taken it.
    const late =
      record.partnerId !== null &&
      !above &&
      ![record.requesterId, record.partnerId, ...record.leaderIds].includes(by);
    if (pressed.code === 'not_theirs' && !late) throw new AppError('not_current_approver');
    return { record };
  }
  if (action === 'revoke') return revoke(unit, parts, record, by, now);
  if (found && stands(found) !== 'fine') {
    if (record.partnerId === null && stands(found) === 'refused') return { record, refused: found };
    return { record: await overtaken(unit, parts, record, found, now) };
  }
  const { state: to, consent, partnerId: taker } = pressed;
  const move: Move = {
    ...{ to, by, found: fine ?? {}, seats: pressed.seats ?? seats },
    ...(consent && { consent }),
    ...(taker && { partnerId: taker }),
  };
  const moved = await moveSwap(unit, parts, record, move, now);
  if (to === 'approved') return { record: await putInEffect(unit, parts, moved, { by, policy, now }) };
  await announce(unit, parts, record, moved, by, now);
  return { record: moved };
}

function stands(found: Rechecked): 'fine' | 'gone' | 'refused' {
  if (found.gone) return 'gone';
  return found.checks.result === 'refuse' || !found.seats ? 'refused' : 'fine';
}

async function announce(
  unit: Unit,
  parts: StaffParts,
  before: SwapRecord,
  after: SwapRecord,
  by: string,
  now: number,
): Promise<void> {
  // One of many who don't want a shift, or one leader of two: the others' word is still to come.
  if (after.state === before.state) return;
  if (after.state === 'leader_pending' && before.state === 'peer_pending')
    await tellPeople(unit, parts, after.leaderIds, { kind: 'swap.decide', data: { swapId: after.id } }, now);
  if (after.state === 'leader_pending') await handUp(unit, parts, after, now);
  await tellSwap(unit, parts, after, { but: by, now });
}

/** What the rosters or the clock say against a swap ends it: too late, or void because something else changed. */
export async function overtaken(
  unit: Unit,
  parts: StaffParts,
  record: SwapRecord,
  found: Rechecked,
  now: number,
): Promise<SwapRecord> {
  const late =
    !found.gone && found.checks.verdicts.some(({ rule, result }) => rule === 'notice' && result === 'refuse');
  const to = late ? 'expired' : 'superseded';
  const checks = found.gone ? { result: 'refuse' as const, verdicts: [] } : found.checks;
  const ended = await moveSwap(unit, parts, record, { to, found: { checks } }, now);
  await tellSwap(unit, parts, ended, { now });
  return ended;
}

/** Changes the roster, all or nothing; should it have changed after all, the swap is void and says so. */
async function putInEffect(
  unit: Unit,
  parts: StaffParts,
  record: SwapRecord,
  { by, policy, now }: { by: string; policy: Policy; now: number },
): Promise<SwapRecord> {
  const plannedShiftId = record.kind === 'open' ? uuidv7(now) : undefined;
  const applied = await applyChange(unit, changeOf(record, plannedShiftId, now), now);
  if ('problems' in applied) return overtaken(unit, parts, record, { gone: true }, now);
  const move = { to: 'applied' as const, by, ...(plannedShiftId && { plannedShiftId }) };
  const done = await moveSwap(unit, parts, record, move, now);
  await tellSwap(unit, parts, done, { but: by, now, also: await teamLeaders(unit, record, policy) });
  return done;
}

/** The leaders of both shifts' teams, also those who did not decide because they are party to it or were away. */
async function teamLeaders(
  { sql }: Unit,
  { shift, back }: SwapRecord,
  { people }: Policy,
): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>({
    text: 'SELECT id FROM person WHERE active AND role = $1 AND team_id = ANY($2)',
    values: [people.ranks[0], [shift.teamId, ...(back ? [back.teamId] : [])]],
  });
  return rows.map(({ id }) => id);
}

function changeOf(record: SwapRecord, plannedId: string | undefined, now: number): RosterChange {
  const { id: causeId, kind, giverId, partnerId, shift, back } = record;
  if (!partnerId) throw new Error('a swap without a partner was agreed to');
  if (plannedId) {
    const { teamId, businessDate, name, night, startsAt, endsAt } = shift;
    return {
      plan: [{ id: plannedId, personId: partnerId, teamId, businessDate, name, night, startsAt, endsAt }],
    };
  }
  const cause = kind === 'swap' ? ('swap' as const) : ('give' as const);
  const over = ({ shiftId, from, to }: SwapRecord['shift'], off: string, on: string) => {
    return { id: uuidv7(now), shiftId, off, on, from, to, cause, causeId };
  };
  return {
    override: [over(shift, giverId, partnerId), ...(back ? [over(back, partnerId, giverId)] : [])],
  };
}

/** Puts the roster back as it was, where nothing was built upon it and nothing has begun. */
async function revoke(
  unit: Unit,
  parts: StaffParts,
  record: SwapRecord,
  by: string,
  now: number,
): Promise<Settled> {
  const { kind, id, shift, back, plannedShiftId } = record;
  if (Math.min(shift.from, back?.from ?? Infinity) <= now)
    throw new AppError('not_allowed_now', 'it has begun');
  const cause = kind === 'swap' ? 'swap' : 'give';
  const change: RosterChange = plannedShiftId
    ? { cancel: [plannedShiftId] }
    : { revoke: (await overridesOf(unit.sql, cause, id)).map((each) => each.id) };
  const applied = await applyChange(unit, change, now);
  if ('problems' in applied) throw new AppError('conflict', 'built upon', { problems: applied.problems });
  const revoked = await moveSwap(unit, parts, record, { to: 'revoked', by }, now);
  await tellSwap(unit, parts, revoked, { but: by, now });
  return { record: revoked };
}
