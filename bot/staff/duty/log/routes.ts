import { z } from 'zod';
import type { Database, Sql } from '../../../../prisma/client.ts';
import { AppError } from '../../../errors.ts';
import { type Route, route } from '../../../http/route.ts';
import { visible } from '../../../http/visible.ts';
import type { Sealing } from '../../../people/sealing.ts';
import { LOG_SECTIONS } from '../../../policy/schema.ts';
import type { HandoverParts } from '../../handover/parts.ts';
import { CAUSES } from '../../roster/types.ts';
import { sealOf } from '../../seal.ts';
import { loadDay } from './figures.ts';
import { type LogKept, signLog, writeLog } from './keep.ts';
import { contentOf, type DutyLogRecord, logById, logsBetween } from './record.ts';
import { dayOf } from './rules.ts';
import { logTeams } from './teams.ts';

export interface DutyLogRouteParts extends Omit<HandoverParts, 'vault'> {
  readonly db: Database;
  readonly sealing: Sealing;
  /** Asked when it is needed: the route table is made before there is one. */
  vault(): HandoverParts['vault'];
}

const texts = z.array(z.string());
const count = z.int().nonnegative();
const figures = z.strictObject({
  at: z.number(),
  ...{ contacts: count, queued: count, answered: count, queue: count },
  ...{ ticketsOpened: count, ticketsClosed: count, ticketsOpen: count, ticketsOverdue: count },
  ...{ overdue: texts, incidents: texts, leave: texts, absences: texts, notices: texts },
  ...{ knowledgeAdded: texts, knowledgeRemoved: texts },
  changes: z.array(
    z.strictObject({
      cause: z.enum(CAUSES),
      off: z.string(),
      on: z.string().nullable(),
    }),
  ),
});
const section = z.enum(LOG_SECTIONS);
const logView = z.strictObject({
  ...{ id: z.uuid(), teamId: z.uuid(), team: z.string(), date: z.iso.date() },
  state: z.enum(['open', 'signed']),
  sections: z.partialRecord(section, z.string()),
  /** Live until it is signed, then as they were. */
  figures,
  signedBy: z.string().nullable(),
  signedAt: z.number().nullable(),
  seal: z.enum(['none', 'intact', 'changed']),
});

/** Duty logs 值班日志: reading them by day, writing and signing. */
export function dutyLogRoutes(parts: DutyLogRouteParts): Route[] {
  return [list(parts), write(parts)];
}

function list(parts: DutyLogRouteParts): Route {
  return route({
    ...{ method: 'GET', path: '/api/v1/duty-logs', action: 'dutylog.read' },
    summary: 'Duty logs of these days, a month at most: one’s team’s, or for managers the centre’s',
    query: z.strictObject({ from: z.iso.date(), to: z.iso.date() }),
    response: z.strictObject({ logs: z.array(logView) }),
    async handler({ person, scope, query, now }) {
      if (Date.parse(query.to) - Date.parse(query.from) > 31 * 86_400_000)
        throw new AppError('invalid_input');
      // Without a team there is nothing of one's own to find.
      const team = scope === 'centre' ? null : (person.teamId ?? person.id);
      const logs: z.input<typeof logView>[] = [];
      for (const record of await logsBetween(parts.db.sql, team, query))
        logs.push(await viewOf(parts, parts.db.sql, record, now));
      return { logs };
    },
  });
}

function write(parts: DutyLogRouteParts): Route {
  return route({
    ...{ method: 'POST', path: '/api/v1/duty-logs', action: 'dutylog.write', once: true },
    summary:
      'Adds to the sections of a day’s log and, with `sign`, signs it; `teamId`: one’s own unless said',
    body: z.strictObject({
      date: z.iso.date(),
      teamId: z.uuid().optional(),
      sections: z.partialRecord(section, visible(2000)).default({}),
      sign: z.boolean().default(false),
    }),
    response: logView,
    async handler({ unit, person, body: { date, teamId: named, sections, sign }, now }) {
      const teamId = named ?? person.teamId;
      const { jobTypes, characters } = parts.policy().policy.dutyLog;
      const known = (await logTeams(unit.sql, jobTypes)).some(({ id }) => id === teamId);
      if (!teamId || !known) throw new AppError('not_found');
      const which = { by: person, teamId, date };
      const staff = { ...parts, vault: parts.vault() };
      let kept: LogKept | undefined;
      for (const each of LOG_SECTIONS) {
        const text = sections[each];
        if (text === undefined) continue;
        if (text.length > characters) throw new AppError('too_large');
        kept = passed(await writeLog(unit, staff, { ...which, section: each, text }, now));
      }
      if (sign) kept = passed(await signLog(unit, staff, which, now));
      const record = kept && (await logById(unit.sql, kept.record.id));
      if (!record) throw new AppError('invalid_input');
      return viewOf(parts, unit.sql, record, now);
    },
  });
}

function passed(kept: LogKept): LogKept {
  if (!('refused' in kept)) return kept;
  const fields = kept.missing.map((each) => ({ path: `sections.${each}`, problem: 'field.required' }));
  throw new AppError('not_allowed_now', undefined, {
    why: kept.refused,
    ...(fields.length > 0 && { fields }),
  });
}

async function viewOf(
  { policy, handover, sealing }: DutyLogRouteParts,
  sql: Sql,
  record: DutyLogRecord,
  now: number,
): Promise<z.input<typeof logView>> {
  const { id, teamId, teamName: team, date, state, sections, signerName, signedAt } = record;
  const day = { teamId, date, ...dayOf(date, policy().policy.centre.timeZone) };
  const shown = record.figures ?? (await loadDay(sql, day, handover, now));
  return {
    ...{ id, teamId, team, date, state, sections, signedBy: signerName, signedAt },
    figures: JSON.parse(JSON.stringify(shown)),
    seal: await sealOf(sql, sealing, { object: 'duty_log', id, content: contentOf(record) }),
  };
}
