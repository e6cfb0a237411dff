import { type Unit, uuidv7 } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import type { ActingParts } from '../parts.ts';
import { tellPeople } from '../post.ts';
import { clearAbsences } from './absence.ts';
import { uncertified } from './life.ts';
import { type LeaveRecord, leaveById } from './record.ts';

/** A medical certificate 医疗证明 and the dates that it names (ISO). */
export interface Certificate {
  readonly id: string;
  readonly requestId: string;
  readonly fileId: string;
  readonly fileName: string;
  readonly from: string;
  readonly to: string;
  readonly state: 'waiting' | 'accepted' | 'refused';
  readonly note: string;
}

export interface HandingIn {
  readonly requestId: string;
  readonly fileId: string;
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly now: number;
}

/** `open`: dates of the leave that no certificate covers yet; it counts once there are none and the leader took it. */
export interface HandedIn {
  readonly record: LeaveRecord;
  readonly certificate: Certificate;
  readonly open: readonly string[];
}

/**
 * Files a certificate with its leave; the shift leader gets a card for it. The file's owner is asked about before.
 * @returns undefined where no certificate is asked for with this leave
 */
export async function handInCertificate(
  unit: Unit,
  parts: ActingParts,
  { requestId, fileId, from, to, by, now }: HandingIn,
): Promise<HandedIn | undefined> {
  const record = await leaveById(unit.sql, requestId, { hold: true });
  if (record?.state !== 'approved' || record.certificateState === null) return undefined;
  const id = uuidv7(now);
  await unit.sql.query({
    text: `INSERT INTO leave_certificate (id, request_id, file_id, from_date, to_date, created_at)
      VALUES ($1, $2, $3, $4, $5, $6)`,
    values: [id, requestId, fileId, from, to, new Date(now)],
  });
  await unit.sql.query({
    text: `UPDATE leave_request SET certificate_state = 'handed_in' WHERE id = $1 AND certificate_state IN ('due', 'missing')`,
    values: [requestId],
  });
  await unit.sql.query({ text: `UPDATE file SET retention = 'certificate' WHERE id = $1`, values: [fileId] });
  await parts.audit(unit, {
    ...{
      actor: { kind: 'person', id: by },
      action: 'leave.certificate',
      object: 'leave_request',
      objectId: requestId,
    },
    details: { certificate: id, file: fileId },
  });
  const data = { requestId, certificateId: id };
  await tellPeople(unit, parts, record.ladder.informed, { kind: 'leave.certificate', data }, now);
  const all = await certificatesOf(unit, requestId);
  const certificate = all.find((each) => each.id === id);
  if (!certificate) throw new Error('a certificate vanished in its own transaction');
  return { record, certificate, open: uncertified(record.span, counting(all)) };
}

/** What a leader made of it. `open`: it was taken, and others are still wanted for these dates. */
export interface CertificateDecided {
  readonly record: LeaveRecord;
  readonly certificate: Certificate;
  readonly open: readonly string[];
}

/**
 * The shift leader takes a certificate or gives it back. The leave counts once those that were taken cover its dates
 * without a break; given back, it is due again. The first decision counts; a later one gets what stands.
 */
export async function decideCertificate(
  unit: Unit,
  parts: ActingParts,
  asked: { certificateId: string; by: string; accept: boolean; note: string; now: number },
): Promise<CertificateDecided> {
  const { certificateId, by, accept, note, now } = asked;
  const { rows } = await unit.sql.query<{ requestId: string }>({
    text: 'SELECT request_id AS "requestId" FROM leave_certificate WHERE id = $1',
    values: [certificateId],
  });
  const record = rows[0] && (await leaveById(unit.sql, rows[0].requestId, { hold: true }));
  if (!record) throw new AppError('gone');
  // Nobody takes their own slip, nor one for a leave that they asked for.
  if (by === record.personId || by === record.requesterId) throw new AppError('forbidden');
  const { rowCount } = await unit.sql.query({
    text: `UPDATE leave_certificate SET state = $2, note = $3, decided_by = $4, decided_at = $5
      WHERE id = $1 AND state = 'waiting'`,
    values: [certificateId, accept ? 'accepted' : 'refused', note, by, new Date(now)],
  });
  const all = await certificatesOf(unit, record.id);
  const certificate = all.find(({ id }) => id === certificateId);
  if (!certificate) throw new AppError('gone');
  const open = uncertified(
    record.span,
    all.filter(({ state }) => state === 'accepted'),
  );
  if (rowCount !== 1) return { record, certificate, open };
  const waiting = all.some(({ state }) => state === 'waiting');
  const state = open.length === 0 ? 'accepted' : waiting ? 'handed_in' : 'due';
  await unit.sql.query({
    text: `UPDATE leave_request SET certificate_state = $2, certificate_told = CASE WHEN $2 = 'due' THEN 0 ELSE certificate_told END
      WHERE id = $1`,
    values: [record.id, state],
  });
  if (state === 'accepted') await clearAbsences(unit, record, now);
  await parts.audit(unit, {
    ...{ actor: { kind: 'person', id: by }, action: 'leave.certificate_decide', object: 'leave_request' },
    ...{
      objectId: record.id,
      details: { certificate: certificateId, accept },
      secrets: { note: note || undefined },
    },
  });
  const data = { requestId: record.id, certificateId };
  await tellPeople(unit, parts, [record.personId], { kind: 'leave.certificate_outcome', data }, now);
  return { record: { ...record, certificateState: state }, certificate, open };
}

export const counting = (all: readonly Certificate[]) => all.filter(({ state }) => state !== 'refused');

export async function certificatesOf({ sql }: Pick<Unit, 'sql'>, requestId: string): Promise<Certificate[]> {
  const { rows } = await sql.query<Certificate & Record<string, unknown>>({
    text: `SELECT c.id, c.request_id AS "requestId", c.file_id AS "fileId", coalesce(f.name, '') AS "fileName", c.from_date::text AS from,
        c.to_date::text AS to, c.state, c.note
      FROM leave_certificate c LEFT JOIN file f ON f.id = c.file_id WHERE c.request_id = $1 ORDER BY c.created_at, c.id`,
    values: [requestId],
  });
  return rows;
}
