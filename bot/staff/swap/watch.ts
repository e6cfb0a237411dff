import type { Database, Unit } from '../../../prisma/client.ts';
import type { Policy } from '../../policy/schema.ts';
import { policyById } from '../../policy/versions.ts';
import type { StaffParts } from '../parts.ts';
import { loadRoster } from '../roster/store.ts';
import { isWhole } from './desk.ts';
import { moveSwap, tellSwap } from './keep.ts';
import { isOpen, type Rechecked, recheck } from './recheck.ts';
import { openSwapIds, type SwapRecord, swapById } from './record.ts';
import { handUp, remindOfSwap } from './seats.ts';
import { overtaken } from './settle.ts';

/**
 * Ends swaps whose time has run out, and those from under which another change took a shift; asks those above in the
 * place of leaders who have gone away, and reminds whoever must decide. A swap that somebody has
 * in hand, in whatever process, is left to them. Safe to do at any time and as often as one likes.
 */
export async function watchSwaps(db: Database, parts: StaffParts, now: number): Promise<void> {
  const failed: unknown[] = [];
  // One that can't be looked at keeps no other from its end.
  for (const id of await openSwapIds(db.sql))
    await db
      .transaction((unit) => look(unit, parts, id, now))
      .catch((error: unknown) => void failed.push(error));
  if (failed.length > 0) throw new AggregateError(failed, 'Some swaps could not be looked at');
}

async function look(unit: Unit, parts: StaffParts, id: string, now: number): Promise<void> {
  const { rowCount } = await unit.sql.query({
    text: `SELECT FROM swap WHERE id = $1 AND state IN ('peer_pending', 'leader_pending') FOR UPDATE SKIP LOCKED`,
    values: [id],
  });
  const record = rowCount === 1 ? await swapById(unit.sql, id) : undefined;
  if (!record) return;
  if (record.expiresAt <= now) {
    const ended = await moveSwap(unit, parts, record, { to: 'expired' }, now);
    return tellSwap(unit, parts, ended, { now });
  }
  const policy = (await policyById(unit, record.policyId))?.policy ?? parts.policy().policy;
  const found = await changedUnder(unit, record, policy, now);
  if (found) return void (await overtaken(unit, parts, record, found, now));
  if (record.state === 'leader_pending') await handUp(unit, parts, record, now);
  await remindOfSwap(unit, parts, record, policy, now);
}

/** What stands against it now, if a roster has changed since it was last checked; undefined: nothing. */
async function changedUnder(
  unit: Unit,
  record: SwapRecord,
  policy: Policy,
  now: number,
): Promise<Rechecked | undefined> {
  const { partnerId, giverId, shift, kind } = record;
  if (partnerId === null) {
    if (kind === 'open') return (await isOpen(unit.sql, shift.shiftId)) ? undefined : { gone: true };
    const roster = await loadRoster(unit.sql, { from: shift.from, to: shift.to, people: [giverId] });
    const has = roster.of(giverId).some((duty) => duty.shiftId === shift.shiftId && isWhole(duty));
    return has ? undefined : { gone: true };
  }
  const { rows } = await unit.sql.query<{ id: string; version: number }>({
    text: 'SELECT person_id AS id, version FROM roster_person WHERE person_id = ANY($1)',
    values: [[giverId, partnerId]],
  });
  if (rows.every(({ id, version }) => record.versions[id] === version)) return undefined;
  const found = await recheck(unit.sql, { ...record, partnerId }, policy, now);
  return found.gone || found.checks.result === 'refuse' ? found : undefined;
}
