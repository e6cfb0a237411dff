import { Temporal } from 'temporal-polyfill';
import type { Database, Unit } from '../../../prisma/client.ts';
import type { ActingParts } from '../parts.ts';
import { tellPeople } from '../post.ts';
import { putOnRecord } from './absence.ts';
import { shiftsOf } from './facts.ts';
import { askApprovers } from './keep.ts';
import { endOf } from './life.ts';
import { missedShifts } from './missed.ts';
import { type LeaveRecord, leaveById } from './record.ts';
import { takeOff } from './roster.ts';

const HOUR_MS = 3_600_000;
/** In one go; the rest comes a minute later. */
const MOST = 50;

type Job = (unit: Unit, parts: ActingParts, now: number) => Promise<void>;

/** What leave needs of the clock. Each job claims its rows in the transaction in which it says what it says. */
export async function leaveJobs(db: Database, parts: ActingParts, now: number): Promise<void> {
  for (const job of [remind, escalate, askBack, showOverdue, remindCertificate, missCertificate, fillIn])
    await db.transaction((unit) => job(unit, parts, now));
}

/** An UPDATE of the rows that `where` finds, none that another process has in hand. */
async function claimed(unit: Unit, set: string, where: string, values: unknown[]): Promise<LeaveRecord[]> {
  const { rows } = await unit.sql.query<{ id: string }>({
    text: `UPDATE leave_request SET ${set} WHERE id IN (
        SELECT id FROM leave_request WHERE ${where} ORDER BY created_at LIMIT ${MOST} FOR UPDATE SKIP LOCKED) RETURNING id`,
    values,
  });
  const records: LeaveRecord[] = [];
  for (const { id } of rows) {
    const record = await leaveById(unit.sql, id);
    if (record) records.push(record);
  }
  return records;
}

/** However long nobody ran, an approver is reminded once for it. */
const remind: Job = async (unit, parts, now) => {
  const { remindAfterHours, reminders } = parts.policy().policy.leave.approval;
  const count = `least($3, floor(extract(epoch FROM $1::timestamptz - coalesce(asked_at, created_at)) / $2))`;
  const values = [new Date(now), remindAfterHours * 3600, reminders];
  const due = await claimed(
    unit,
    `reminders = ${count}`,
    `state = 'pending' AND ${count} > reminders`,
    values,
  );
  for (const record of due) await askApprovers(unit, parts, record, now, { reminder: true });
};

/** One level up: from now on the post above may decide at this level, too. On record. */
const escalate: Job = async (unit, parts, now) => {
  const { escalateAfterHours } = parts.policy().policy.leave.approval;
  const before = new Date(now - escalateAfterHours * HOUR_MS);
  const where = `state = 'pending' AND escalated_at IS NULL AND coalesce(asked_at, created_at) <= $2
    AND ladder->'steps'->level ? 'above'`;
  for (const record of await claimed(unit, 'escalated_at = $1', where, [new Date(now), before])) {
    const step = record.ladder.steps[record.level];
    if (!step?.above) continue;
    await parts.audit(unit, {
      ...{
        actor: { kind: 'system' },
        action: 'leave.escalate',
        object: 'leave_request',
        objectId: record.id,
      },
      details: { level: record.level, from: step.approverId, to: step.above.id },
    });
    const data = { requestId: record.id, state: 'pending', escalated: true };
    await tellPeople(unit, parts, [step.above.id], { kind: 'leave.decide', data }, now);
  }
};

const GRANTED = `state = 'approved' AND returned_at IS NULL`;

const askBack: Job = async (unit, parts, now) => {
  const where = `${GRANTED} AND return_told = 0 AND ends_at <= $1`;
  for (const { id, personId } of await claimed(unit, 'return_told = 1', where, [new Date(now)]))
    await tellPeople(unit, parts, [personId], { kind: 'leave.return_due', data: { requestId: id } }, now);
};

const showOverdue: Job = async (unit, parts, now) => {
  const before = new Date(now - parts.policy().policy.leave.return.overdueHours * HOUR_MS);
  const where = `${GRANTED} AND return_told = 1 AND ends_at <= $1`;
  for (const { id, ladder, personId } of await claimed(unit, 'return_told = 2', where, [before]))
    await tellPeople(
      unit,
      parts,
      [...ladder.informed, personId],
      { kind: 'leave.overdue', data: { requestId: id } },
      now,
    );
};

const today = (parts: ActingParts, now: number) =>
  Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(parts.policy().policy.centre.timeZone)
    .toPlainDate()
    .toString();

const remindCertificate: Job = async (unit, parts, now) => {
  const where = `state = 'approved' AND certificate_state = 'due' AND certificate_told = 0 AND certificate_due <= $1`;
  for (const { id, personId, requesterId } of await claimed(unit, 'certificate_told = 1', where, [
    today(parts, now),
  ]))
    await tellPeople(
      unit,
      parts,
      [personId, requesterId],
      { kind: 'leave.certificate_due', data: { requestId: id } },
      now,
    );
};

/** §4 leave 4: without the certificate it does not count as sick leave; the shift leader sees it. */
const missCertificate: Job = async (unit, parts, now) => {
  const where = `state = 'approved' AND certificate_state = 'due' AND certificate_due < $1`;
  const set = `certificate_state = 'missing', certificate_told = 2`;
  for (const record of await claimed(unit, set, where, [today(parts, now)])) {
    await putOnRecord(unit, record, 'no_certificate', now);
    await parts.audit(unit, {
      ...{ actor: { kind: 'system' }, action: 'leave.certificate_missing', object: 'leave_request' },
      objectId: record.id,
    });
    const word = { kind: 'leave.certificate_missing', data: { requestId: record.id } };
    await tellPeople(unit, parts, [...record.ladder.informed, record.personId], word, now);
  }
};

/** Leave that was granted beyond the roster takes its person off the shifts that are planned on those days since. */
const fillIn: Job = async (unit, parts, now) => {
  const { leave, centre } = parts.policy().policy;
  const { rows } = await unit.sql.query<{ id: string }>({
    text: `SELECT id FROM leave_request WHERE state = 'approved' AND returned_at IS NULL AND ends_at > $1
        AND checks->'verdicts' @> '[{"rule": "roster"}]' LIMIT ${MOST} FOR UPDATE SKIP LOCKED`,
    values: [new Date(now)],
  });
  for (const { id } of rows) {
    const record = await leaveById(unit.sql, id);
    if (!record) continue;
    const shifts = await shiftsOf(unit.sql, record.personId, now);
    const known = new Set(record.checks.missed.map(({ shift }) => shift.id));
    const missed = missedShifts(record.span, shifts, leave.parts, centre.timeZone).filter(
      ({ shift }) => !known.has(shift.id) && !shift.taken,
    );
    if (missed.length === 0) continue;
    await takeOff(unit, { id, personId: record.personId, missed }, now);
    const all = [...record.checks.missed, ...missed].sort((a, b) => a.from - b.from);
    await unit.sql.query({
      text: `UPDATE leave_request SET shift_ids = $2, checks = $3, ends_at = greatest(ends_at, $4) WHERE id = $1`,
      values: [
        ...[
          id,
          JSON.stringify(all.map(({ shift }) => shift.id)),
          JSON.stringify({ ...record.checks, missed: all }),
        ],
        new Date(endOf(all, record.span, centre.timeZone)),
      ],
    });
  }
};
