import { type Unit, uuidv7 } from '../../../prisma/client.ts';
import type { Values } from '../../dialog/form/index.ts';
import type { PolicyVersion } from '../../policy/versions.ts';
import type { StaffParts } from '../parts.ts';
import { tellPeople } from '../post.ts';
import { loadLeaveDesk } from './facts.ts';
import { checkedIn, kindIn, type LeaveContext, ladderIn, objectionTo, spanIn } from './judge.ts';
import { askApprovers } from './keep.ts';
import type { Ladder } from './ladder.ts';
import { type LeaveRecord, leaveById } from './record.ts';
import type { Checked, LeaveKind, LeaveSpan } from './types.ts';

export interface Submission {
  readonly values: Values;
  readonly context: LeaveContext;
  readonly version: PolicyVersion;
}

/** `refused`: since the form was checked something came between, another request for the same shift for one. */
export type Submitted = { readonly record: LeaveRecord } | { readonly refused: string };

/**
 * Hands a leave request in, within the turn's transaction: checked once more with the person's row held, so that of
 * two requests for one shift the second sees the first. Stores checks and ladder as they are now, tells the first
 * approver and those who are informed.
 */
export async function handInLeave(
  unit: Unit,
  parts: StaffParts,
  { values, context: before, version }: Submission,
): Promise<Submitted> {
  const { now, policy, person, requester } = before;
  // Shares the row with those who merely refer to it, but not with another submission.
  await unit.sql.query({ text: 'SELECT FROM person WHERE id = $1 FOR NO KEY UPDATE', values: [person.id] });
  const parties = { personId: person.id, requesterId: requester.id };
  const desk = await loadLeaveDesk(unit.sql, parties, policy, now);
  const context = { ...before, ...desk };
  const objection = objectionTo(values, context);
  if (objection) return { refused: 'end' in objection ? objection.end : objection.problem };
  const [kind, span, checked, ladder] = [
    kindIn(values),
    spanIn(values),
    checkedIn(values, context),
    ladderIn(values, context),
  ];
  if (!kind || !span || !checked || !ladder?.ok) throw new Error('a leave form was handed in incomplete');
  const id = uuidv7(now);
  await insert(unit, {
    id,
    kind,
    span,
    checked,
    ladder: ladder.ladder,
    values,
    context,
    policyId: version.id,
  });
  await parts.audit(unit, {
    actor: { kind: 'person', id: requester.id },
    action: 'leave.request',
    object: 'leave_request',
    objectId: id,
    details: {
      kind,
      person: person.id,
      shifts: checked.missed.length,
      result: checked.result,
      policy: version.id,
    },
  });
  const record = await leaveById(unit.sql, id);
  if (!record) throw new Error('a request vanished in its own transaction');
  await announce(unit, parts, record, now);
  return { record };
}

/** The first approver gets the card; the shift leader, and whoever was reported ill, are told. */
async function announce(unit: Unit, parts: StaffParts, record: LeaveRecord, now: number): Promise<void> {
  const { id, personId, requesterId, ladder } = record;
  const data = { requestId: id, state: 'pending' };
  await askApprovers(unit, parts, record, now);
  const informed = personId === requesterId ? ladder.informed : [...ladder.informed, personId];
  await tellPeople(unit, parts, informed, { kind: 'leave.informed', data }, now);
}

interface NewLeave {
  id: string;
  kind: LeaveKind;
  span: LeaveSpan;
  checked: Checked;
  ladder: Ladder;
  values: Values;
  context: LeaveContext;
  policyId: string;
}

async function insert(
  { sql }: Unit,
  { id, kind, span, checked, ladder, values, context, policyId }: NewLeave,
) {
  const { person, requester, now } = context;
  // A leave that touches only part of a shift still has the shift: `span` tells the hours.
  const shiftIds = checked.missed.map(({ shift }) => shift.id);
  const managerReason = checked.result === 'needsManager' ? (values.managerReason ?? null) : null;
  await sql.query({
    text: `INSERT INTO leave_request (id, person_id, requester_id, kind, from_date, to_date, span, days, shift_ids, reason,
        manager_reason, checks, ladder, policy_id, created_at, emergency, extends_id)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    values: [
      ...[id, person.id, requester.id, kind, span.from, span.to, JSON.stringify(span), checked.days],
      ...[
        JSON.stringify(shiftIds),
        values.reason,
        managerReason,
        JSON.stringify(checked),
        JSON.stringify(ladder),
      ],
      ...[policyId, new Date(now), context.emergency, context.extending?.id ?? null],
    ],
  });
}
