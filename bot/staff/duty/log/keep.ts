import type { Unit } from '../../../../prisma/client.ts';
import { AppError } from '../../../errors.ts';
import { peopleOfRole } from '../../../people/directory.ts';
import { may } from '../../../people/permissions.ts';
import type { Person } from '../../../people/person.ts';
import type { LogSection } from '../../../policy/schema.ts';
import type { HandoverParts } from '../../handover/parts.ts';
import { tellPeople } from '../../post.ts';
import { sealContent } from '../../seal.ts';
import { loadDay } from './figures.ts';
import { contentOf, type DutyLogRecord, logById, openLog } from './record.ts';
import { businessDate, dayOf, type LogRefusal, notSignable, written } from './rules.ts';

export type By = Pick<Person, 'id' | 'role' | 'teamId'>;
export type LogKept =
  | { readonly record: DutyLogRecord }
  | { readonly refused: LogRefusal; readonly record: DutyLogRecord; readonly missing: readonly LogSection[] };

/** Whether somebody keeps a team's log: its leaders, and managers. */
export const keeps = (by: By, teamId: string | null) => may(by, 'dutylog.write', { personId: '', teamId });

/** The log's lock, if it is theirs to keep. @throws forbidden */
async function held(unit: Unit, by: By, teamId: string, date: string, now: number): Promise<DutyLogRecord> {
  if (!keeps(by, teamId)) throw new AppError('forbidden');
  const { id } = await openLog(unit, teamId, date, now);
  const record = await logById(unit.sql, id, { hold: true });
  if (!record) throw new Error('a log vanished in its own transaction');
  return record;
}

interface Which {
  readonly by: By;
  readonly teamId: string;
  /** ISO date. */
  readonly date: string;
}

/** Adds to a section, below what stands there. @throws forbidden */
export async function writeLog(
  unit: Unit,
  { audit }: HandoverParts,
  { by, teamId, date, section, text }: Which & { readonly section: LogSection; readonly text: string },
  now: number,
): Promise<LogKept> {
  const before = await held(unit, by, teamId, date, now);
  if (before.state === 'signed') return { refused: 'signed', record: before, missing: [] };
  const sections = written(before.sections, section, text);
  const { rowCount } = await unit.sql.query({
    text: `UPDATE duty_log SET sections = $2 WHERE id = $1 AND state = 'open'`,
    values: [before.id, JSON.stringify(sections)],
  });
  if (rowCount !== 1) throw new AppError('conflict');
  await audit(unit, {
    ...{ actor: { kind: 'person', id: by.id }, action: 'dutylog.write', object: 'duty_log' },
    ...{ objectId: before.id, details: { section }, secrets: { text } },
  });
  return { record: { ...before, sections } };
}

/** Signs it: the figures are kept as they are now, it is sealed, and the department head has it. @throws forbidden */
export async function signLog(
  unit: Unit,
  parts: HandoverParts,
  { by, teamId, date }: Which,
  now: number,
): Promise<LogKept> {
  const { centre, dutyLog } = parts.policy().policy;
  const before = await held(unit, by, teamId, date, now);
  const today = businessDate(now, centre.timeZone, '00:00');
  const refused = notSignable(before, dutyLog.required, today);
  if (refused) return { refused: refused.why, missing: refused.missing, record: before };
  const day = { teamId, date, ...dayOf(date, centre.timeZone) };
  const figures = await loadDay(unit.sql, day, parts.handover, now);
  const { rowCount } = await unit.sql.query({
    text: `UPDATE duty_log SET state = 'signed', signed_by = $2, signed_at = $3, figures = $4 WHERE id = $1 AND state = 'open'`,
    values: [before.id, by.id, new Date(now), JSON.stringify(figures)],
  });
  if (rowCount !== 1) throw new AppError('conflict');
  await parts.audit(unit, {
    ...{ actor: { kind: 'person', id: by.id }, action: 'dutylog.sign', object: 'duty_log' },
    objectId: before.id,
  });
  const record = await logById(unit.sql, before.id);
  if (!record) throw new Error('a log vanished in its own transaction');
  await sealContent(unit, parts.audit, {
    ...{ object: 'duty_log', id: record.id, by: by.id, content: contentOf(record) },
  });
  const heads = (await peopleOfRole(unit.sql, 'department_head')).map(({ id }) => id);
  const word = { kind: 'dutylog.signed', data: { logId: record.id } };
  await tellPeople(
    unit,
    parts,
    heads.filter((id) => id !== by.id),
    word,
    now,
  );
  return { record };
}
