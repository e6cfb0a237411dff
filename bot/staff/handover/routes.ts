import { z } from 'zod';
import type { Sql } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import { readCursor, writeCursor } from '../../http/cursor.ts';
import { type Route, route } from '../../http/route.ts';
import { may } from '../../people/permissions.ts';
import { actRoutes } from './act-routes.ts';
import { detailOf, type HandoverRouteParts } from './detail.ts';
import { namesOf } from './facts.ts';
import { currentHandover, lastHandover } from './find.ts';
import { openItems } from './items.ts';
import { type HandoverRecord, handoverById } from './record.ts';
import { asItem, asSummary, detailView, itemView, summaryView } from './views.ts';

/** Handovers 交接班: the one that goes on, old ones, and what is done to them. */
export function handoverRoutes(parts: HandoverRouteParts): Route[] {
  return [list(parts), current(parts), one(parts), ...actRoutes(parts)];
}

function list({ db }: HandoverRouteParts): Route {
  return route({
    ...{ method: 'GET', path: '/api/v1/handovers', action: 'handover.read' },
    summary:
      'Handovers of one’s team (managers: of all), the newest first; `q` looks in all that was written',
    query: z.strictObject({
      q: z.string().trim().max(100).optional(),
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    response: z.strictObject({ handovers: z.array(summaryView), next: z.string().nullable() }),
    async handler({ person, scope, query: { q = '', cursor, limit } }) {
      const after = cursor === undefined ? undefined : readCursor(cursor);
      // Without a team there is nothing of one's own to find.
      const team = scope === 'centre' ? null : (person.teamId ?? person.id);
      const ids = await search(db.sql, { q, team, after, limit: limit + 1 });
      const records: HandoverRecord[] = [];
      for (const id of ids.slice(0, limit)) records.push(await existing(db.sql, id));
      const last = ids.length > limit ? records.at(-1) : undefined;
      return {
        handovers: records.map(asSummary),
        next: last ? writeCursor({ at: new Date(last.changeAt), id: last.id }) : null,
      };
    },
  });
}

const searchText = `SELECT h.id FROM handover h JOIN team t ON t.id = h.team_id
  WHERE ($1::uuid IS NULL OR h.team_id = $1)
    AND ($2::timestamptz IS NULL OR (h.change_at, h.id) < ($2, $3::uuid))
    AND ($4 = '' OR t.name ILIKE $5 OR h.from_shift ILIKE $5 OR h.to_shift ILIKE $5
      OR EXISTS (SELECT FROM jsonb_each_text(h.sections) s WHERE s.value ILIKE $5)
      OR EXISTS (SELECT FROM handover_carry c JOIN handover_item i ON i.id = c.item_id
        WHERE c.handover_id = h.id AND (i.text ILIKE $5 OR i.close_note ILIKE $5))
      OR EXISTS (SELECT FROM handover_question u WHERE u.handover_id = h.id AND (u.text ILIKE $5 OR u.answer ILIKE $5))
      OR EXISTS (SELECT FROM handover_person o JOIN person p ON p.id = o.person_id
        WHERE o.handover_id = h.id AND p.name ILIKE $5))
  ORDER BY h.change_at DESC, h.id DESC LIMIT $6`;

async function search(
  sql: Sql,
  {
    q,
    team,
    after,
    limit,
  }: { q: string; team: string | null; after: { at: Date; id: string } | undefined; limit: number },
): Promise<string[]> {
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  const values = [team, after?.at ?? null, after?.id ?? null, q, like, limit];
  const { rows } = await sql.query<{ id: string }>({ text: searchText, values });
  return rows.map(({ id }) => id);
}

function current(parts: HandoverRouteParts): Route {
  return route({
    ...{ method: 'GET', path: '/api/v1/handovers/current', action: 'handover.read' },
    summary: 'The handover that concerns me now, or else the team’s last one, with the team’s open problems',
    response: z.strictObject({
      handover: detailView.nullable(),
      items: z.array(itemView),
      openMinutes: z.number(),
    }),
    async handler({ person, now }) {
      const { sql } = parts.db;
      const record = (await currentHandover(sql, person)) ?? (await lastHandover(sql, person.teamId));
      const items = person.teamId ? await openItems(sql, person.teamId) : [];
      const names = await namesOf(
        sql,
        items.map(({ authorId }) => authorId),
      );
      const { openMinutes } = parts.policy().policy.handover;
      const handover = record ? await detailOf(parts, sql, record, person, now) : null;
      return { handover, openMinutes, items: items.map((item) => asItem(item, names)) };
    },
  });
}

function one(parts: HandoverRouteParts): Route {
  return route({
    ...{ method: 'GET', path: '/api/v1/handovers/:id', action: 'handover.read', response: detailView },
    ...{ params: z.strictObject({ id: z.uuid() }), summary: 'A handover, whole, and whether its seal holds' },
    async handler({ params: { id }, person, now }) {
      const record = await existing(parts.db.sql, id);
      // A stand-in of another team reads what they take over.
      const concerned = [...record.outgoing, ...record.incoming.map(({ personId }) => personId)];
      const { teamId } = record;
      if (!concerned.includes(person.id) && !may(person, 'handover.read', { teamId, personId: '' }))
        throw new AppError('forbidden');
      return detailOf(parts, parts.db.sql, record, person, now);
    },
  });
}

async function existing(sql: Sql, id: string): Promise<HandoverRecord> {
  const record = await handoverById(sql, id);
  if (!record) throw new AppError('not_found');
  return record;
}
