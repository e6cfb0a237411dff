import { type Unit, uuidv7 } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import type { ActingParts } from '../parts.ts';
import { tellPeople } from '../post.ts';
import { balancesOf } from './balance.ts';
import type { Balance, LeaveKind } from './types.ts';

/** What a leader adds to a colleague's days of a year 假期余额, or takes off. */
export interface Adjustment {
  readonly personId: string;
  readonly kind: LeaveKind;
  readonly year: number;
  /** Negative: fewer. Not 0. */
  readonly days: number;
  /** Why; the colleague reads it. */
  readonly note: string;
}

/**
 * Adjusts the ledger of days, on record, and tells whose it is. Whose right it is the caller has asked; nobody adjusts
 * their own. @throws AppError forbidden, not_allowed_now where the policy keeps no ledger of this kind
 */
export async function adjustLedger(
  unit: Unit,
  parts: ActingParts,
  { personId, kind, year, days, note }: Adjustment,
  { by, now }: { by: string; now: number },
): Promise<Balance> {
  const { policy } = parts.policy();
  const { mode, kinds } = policy.leave.balances;
  if (by === personId) throw new AppError('forbidden', 'nobody adjusts their own');
  if (mode === 'none' || !kinds.some((each) => each.kind === kind))
    throw new AppError('not_allowed_now', undefined, { why: 'no_ledger' });
  const id = uuidv7(now);
  await unit.sql.query({
    text: `INSERT INTO leave_ledger (id, person_id, kind, year, days, cause, by_id, created_at)
      VALUES ($1, $2, $3, $4, $5, 'adjusted', $6, $7)`,
    values: [id, personId, kind, year, days, by, new Date(now)],
  });
  await parts.audit(unit, {
    ...{ actor: { kind: 'person', id: by }, action: 'leave.ledger', object: 'leave_ledger', objectId: id },
    details: { person: personId, kind, year, days },
    secrets: { note },
  });
  const word = { kind: 'leave.adjusted', data: { kind, year, days, note, by } };
  await tellPeople(unit, parts, [personId], word, now);
  const left = (await balancesOf(unit.sql, personId, policy, [year])).find((each) => each.kind === kind);
  if (!left) throw new Error('a balance that the policy keeps was not found');
  return left;
}
