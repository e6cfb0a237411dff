import type { Unit } from '../../../prisma/client.ts';
import { evidenceDue } from '../../policy/primitives.ts';
import type { ActingParts } from '../parts.ts';
import { tellPeople } from '../post.ts';
import { book } from './balance.ts';
import { shiftsOf } from './facts.ts';
import { cutAt } from './life.ts';
import { daysOf } from './missed.ts';
import { type LeaveRecord, leaveById } from './record.ts';
import { putBack } from './roster.ts';
import { knowing } from './withdraw.ts';

/**
 * `done`: reported back. `early`: it runs still, and nothing is written unless `early` was asked for. `not_begun`: it
 * can be withdrawn. `roster`: the person is on another shift meanwhile. `closed`: not granted, or reported back before.
 */
export type BackResult = {
  readonly kind: 'done' | 'early' | 'not_begun' | 'roster' | 'closed';
  readonly record: LeaveRecord;
};

export interface Reporting {
  readonly requestId: string;
  /** Who reports back, or the leader who closes it for them. */
  readonly by: string;
  /** Ends a leave that runs still: cut short 提前销假. */
  readonly early: boolean;
  readonly now: number;
}

/**
 * Return 销假 (§4 leave 8): a leave is closed by reporting back. One that still runs is cut short at this moment: the
 * person has the rest of their shifts again, and the days are reckoned anew. Whose right it is the caller has asked.
 */
export async function reportBack(
  unit: Unit,
  parts: ActingParts,
  { requestId, by, early, now }: Reporting,
): Promise<BackResult | undefined> {
  const record = await leaveById(unit.sql, requestId, { hold: true });
  if (!record) return undefined;
  const { state, returnedAt, startsAt, endsAt } = record;
  if (state !== 'approved' || returnedAt !== null) return { kind: 'closed', record };
  if (startsAt !== null && now < startsAt) return { kind: 'not_begun', record };
  const runs = endsAt !== null && now < endsAt;
  if (runs && !early) return { kind: 'early', record };
  if (runs && !(await cutShort(unit, parts, record, now))) return { kind: 'roster', record };
  await unit.sql.query({
    text: 'UPDATE leave_request SET returned_at = $2, returned_by = $3 WHERE id = $1',
    values: [requestId, new Date(now), by],
  });
  await parts.audit(unit, {
    ...{
      actor: { kind: 'person', id: by },
      action: 'leave.return',
      object: 'leave_request',
      objectId: requestId,
    },
    details: { cut: runs },
  });
  const told = (runs ? knowing(record) : record.ladder.informed).filter((id) => id !== by);
  const others = by === record.personId ? told : [...told, record.personId];
  await tellPeople(unit, parts, others, { kind: 'leave.returned', data: { requestId } }, now);
  return { kind: 'done', record: (await leaveById(unit.sql, requestId)) ?? record };
}

async function cutShort(unit: Unit, parts: ActingParts, before: LeaveRecord, now: number): Promise<boolean> {
  if (!(await putBack(unit, before.id, now, now))) return false;
  const { policy } = parts.policy();
  const { leave, centre } = policy;
  const { missed, span } = cutAt(before.checks.missed, before.span, now, centre.timeZone);
  const shifts = await shiftsOf(unit.sql, before.personId, before.startsAt ?? now);
  const days = daysOf({ kind: before.kind, span }, missed, shifts, 0, leave.calendarDays);
  const asked = { days, to: span.to, emergency: before.emergency };
  const due =
    before.certificateState === 'due'
      ? (evidenceDue(asked, leave.certificate) ?? null)
      : before.certificateDue;
  await unit.sql.query({
    text: `UPDATE leave_request SET span = $2, to_date = $3, days = $4, shift_ids = $5, checks = $6, ends_at = $7, cut = $8,
        certificate_due = $9, certificate_state = CASE WHEN $9::date IS NULL THEN NULL ELSE certificate_state END
      WHERE id = $1`,
    values: [
      ...[
        before.id,
        JSON.stringify(span),
        span.to,
        days,
        JSON.stringify(missed.map(({ shift }) => shift.id)),
      ],
      ...[JSON.stringify({ ...before.checks, missed, days }), new Date(now)],
      JSON.stringify({ span: before.span, days: before.days, endsAt: before.endsAt }),
      due,
    ],
  });
  await book(unit.sql, policy, before, before.days - days, now);
  return true;
}
