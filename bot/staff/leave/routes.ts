import { z } from 'zod';
import type { Database, Sql, Unit } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import type { FileStore } from '../../files/store.ts';
import { type Route, rawRoute, route, type SignedInPerson } from '../../http/route.ts';
import type { Locale } from '../../i18n/index.ts';
import { may } from '../../people/permissions.ts';
import { calendarDate } from '../../policy/values.ts';
import type { ActingParts } from '../parts.ts';
import { decide } from './approve.ts';
import { insteadOf, mayDecide } from './away.ts';
import { reportBack } from './back.ts';
import { decideCertificate, handInCertificate } from './certificate.ts';
import { isOverdue, teamLeaves } from './later.ts';
import { type LeaveRecord, leaveById, leavesOf, leavesToDecide, progressOf } from './record.ts';
import { leaveView, viewOf } from './view.ts';
import { withdrawLeave } from './withdraw.ts';
import { readerOf } from './words.ts';

export interface LeaveRouteParts {
  db: Database;
  files: FileStore;
  parts(): ActingParts;
}

interface Asking {
  person: SignedInPerson;
  locale: Locale;
  now: number;
}

const params = z.strictObject({ id: z.uuid() });
const note = z.string().trim().max(200).default('');

/** The approvals page 审批: what waits, the team's leave, one's own requests, and what may be done with each. */
export function leaveRoutes({ db, files, parts }: LeaveRouteParts): Route[] {
  const view = (sql: Sql, record: LeaveRecord, asking: Asking) => viewOf(sql, parts(), record, asking);
  const write = { params, response: leaveView, once: true } as const;
  return [
    route({
      ...{ method: 'GET', path: '/api/v1/leaves', action: 'leave.request' },
      summary: 'Leave requests: those that wait for one’s decision, the team’s, or one’s own',
      query: z.strictObject({ view: z.enum(['waiting', 'team', 'mine']) }),
      response: z.strictObject({ leaves: z.array(leaveView) }),
      async handler({ query, ...asking }) {
        const records = await listed(db.sql, parts(), query.view, asking);
        return { leaves: await Promise.all(records.map((record) => view(db.sql, record, asking))) };
      },
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/leaves/:id/decide', action: 'card.press', ...write },
      summary: 'Approve or refuse a request, if it is one’s turn',
      body: z.strictObject({ action: z.enum(['approve', 'refuse']), note }),
      async handler({ unit, params: { id }, body, ...asking }) {
        await decideOnPage(unit, parts(), { id, ...body, ...asking });
        return view(unit.sql, await known(unit, id), asking);
      },
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/leaves/:id/withdraw', action: 'leave.request', ...write },
      summary: 'Take back one’s own request that waits or has not begun',
      async handler({ unit, params: { id }, ...asking }) {
        const reader = readerOf(asking.locale, parts().policy().policy, asking.now);
        const result = await withdrawLeave(unit, parts(), {
          ...{ requestId: id, by: asking.person.id, reader, now: asking.now },
        });
        if (!result) throw new AppError('not_found');
        if (!result.done) throw new AppError('not_allowed_now', undefined, { why: result.why });
        return view(unit.sql, result.record, asking);
      },
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/leaves/:id/return', action: 'leave.request', ...write },
      summary: 'Report back from leave; `early` ends one that still runs',
      body: z.strictObject({ early: z.boolean().default(false) }),
      async handler({ unit, params: { id }, body, ...asking }) {
        const record = await known(unit, id);
        const { person, now } = asking;
        const leads = may(person, 'leave.manage', { teamId: record.teamId });
        if (record.personId !== person.id && !leads) throw new AppError('not_found');
        const result = await reportBack(unit, parts(), {
          requestId: id,
          by: person.id,
          early: body.early,
          now,
        });
        if (result?.kind !== 'done') throw new AppError('not_allowed_now', undefined, { why: result?.kind });
        return view(unit.sql, result.record, asking);
      },
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/leaves/:id/certificates', action: 'leave.request', ...write },
      summary: 'Hand in a certificate that was uploaded before, with the dates that it names',
      body: z
        .strictObject({ fileId: z.uuid(), from: calendarDate, to: calendarDate })
        .refine(({ from, to }) => from <= to, 'ends before it begins'),
      async handler({ unit, params: { id }, body, ...asking }) {
        const { person, now } = asking;
        const record = await known(unit, id);
        const file = await files.find(body.fileId);
        if (
          file?.owner !== `person:${person.id}` ||
          ![record.personId, record.requesterId].includes(person.id)
        )
          throw new AppError('not_found');
        const handed = await handInCertificate(unit, parts(), { requestId: id, by: person.id, now, ...body });
        if (!handed) throw new AppError('not_allowed_now');
        return view(unit.sql, await known(unit, id), asking);
      },
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/certificates/:id/decide', action: 'leave.manage', ...write },
      summary: 'Take a certificate or give it back',
      body: z.strictObject({ accept: z.boolean(), note }),
      async handler({ unit, params: { id }, body, ...asking }) {
        const { person, now } = asking;
        const { record } = await ownerOf(unit.sql, id);
        if (!may(person, 'leave.manage', { teamId: record.teamId })) throw new AppError('not_found');
        await decideCertificate(unit, parts(), { certificateId: id, by: person.id, now, ...body });
        return view(unit.sql, await known(unit, record.id), asking);
      },
    }),
    rawRoute({
      ...{ method: 'GET', path: '/api/v1/certificates/:id/file', action: 'leave.request', params },
      summary: 'The file of a certificate, for its person and for who leads the team; each look is on record',
      returns: 'application/octet-stream',
      async handler({ person, params: { id } }, _request, response) {
        const { record, fileId } = await ownerOf(db.sql, id);
        const own = [record.personId, record.requesterId].includes(person.id);
        const file = await files.find(fileId);
        if (!file || !(own || may(person, 'leave.manage', { teamId: record.teamId })))
          throw new AppError('not_found');
        await parts().audit(db, {
          ...{
            actor: { kind: 'person', id: person.id },
            action: 'file.read',
            object: 'file',
            objectId: fileId,
          },
        });
        response.writeHead(200, {
          ...{ 'content-type': file.contentType, 'content-length': file.size },
          'content-security-policy': "default-src 'none'; sandbox",
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
          ...{ 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' },
        });
        for await (const chunk of files.read(fileId)) response.write(chunk);
        response.end();
      },
    }),
  ];
}

async function listed(
  sql: Sql,
  parts: ActingParts,
  which: 'waiting' | 'team' | 'mine',
  { person, now }: Asking,
) {
  if (which === 'mine') return leavesOf(sql, person.id, 50);
  if (which === 'team') {
    const all = may(person, 'leave.manage') ? await teamLeaves({ sql }, person, now) : [];
    // What needs somebody first.
    return [...all.filter((each) => isOverdue(each, now)), ...all.filter((each) => !isOverdue(each, now))];
  }
  const waiting: LeaveRecord[] = [];
  for (const record of await leavesToDecide(sql, person.id)) {
    const instead = await insteadOf(sql, record, parts.policy().policy, now);
    if (mayDecide(progressOf(record), person.id, instead, now)) waiting.push(record);
  }
  return waiting;
}

interface PageDecision extends Asking {
  id: string;
  action: 'approve' | 'refuse';
  note: string;
}

async function decideOnPage(
  unit: Unit,
  parts: ActingParts,
  { id, action, note, person, locale, now }: PageDecision,
) {
  const record = await leaveById(unit.sql, id, { hold: true });
  if (!record) throw new AppError('not_found');
  const reader = readerOf(locale, parts.policy().policy, now);
  const deciding = { by: person.id, action, note, now };
  const { result } = await decide(unit, parts, record, deciding, { reader, but: null });
  if (result.kind === 'refused' && result.code === 'closed') throw new AppError('already_decided');
  if (result.kind === 'refused') throw new AppError('not_current_approver');
}

async function known({ sql }: Pick<Unit, 'sql'>, id: string): Promise<LeaveRecord> {
  const record = await leaveById(sql, id);
  if (!record) throw new AppError('not_found');
  return record;
}

async function ownerOf(sql: Sql, certificateId: string): Promise<{ record: LeaveRecord; fileId: string }> {
  const { rows } = await sql.query<{ requestId: string; fileId: string }>({
    text: 'SELECT request_id AS "requestId", file_id AS "fileId" FROM leave_certificate WHERE id = $1',
    values: [certificateId],
  });
  const [row] = rows;
  if (!row) throw new AppError('not_found');
  return { record: await known({ sql }, row.requestId), fileId: row.fileId };
}
