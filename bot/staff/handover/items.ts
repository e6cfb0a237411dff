import { type Sql, type Unit, uuidv7 } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import type { Person } from '../../people/person.ts';
import type { HandoverParts } from './parts.ts';

/** An open problem 遗留问题 of a team. Instants in epoch ms. */
export interface HandoverItem {
  readonly id: string;
  readonly no: number;
  readonly teamId: string;
  readonly text: string;
  readonly authorId: string;
  readonly createdAt: number;
  readonly closedBy: string | null;
  readonly closedAt: number | null;
  readonly closeNote: string | null;
}

type Who = Pick<Person, 'id' | 'teamId'>;

/** Notes a problem for the team; whatever handover it is, it goes along until somebody closes it. */
export async function addItem(
  unit: Unit,
  { audit }: Pick<HandoverParts, 'audit'>,
  { by, teamId, text }: { by: string; teamId: string; text: string },
  now: number,
): Promise<HandoverItem> {
  const id = uuidv7(now);
  await unit.sql.query({
    text: `INSERT INTO handover_item (id, team_id, text, author_id, created_at) VALUES ($1, $2, $3, $4, $5)`,
    values: [id, teamId, text, by, new Date(now)],
  });
  const actor = { kind: 'person' as const, id: by };
  const secrets = { text };
  await audit(unit, { actor, action: 'handover.item', object: 'handover_item', objectId: id, secrets });
  const [item] = await select(unit.sql, 'i.id = $1', [id]);
  if (!item) throw new Error('an item vanished in its own transaction');
  return item;
}

/** Closes one with a word on how it ended. A second try changes nothing and is told so. @throws not_found, conflict */
export async function closeItem(
  unit: Unit,
  { audit }: Pick<HandoverParts, 'audit'>,
  { by, no, note }: { by: Who; no: number; note: string },
  now: number,
): Promise<HandoverItem> {
  const [before] = await select(unit.sql, 'i.no = $1 AND i.team_id = $2', [no, by.teamId]);
  if (!before) throw new AppError('not_found');
  const { rowCount } = await unit.sql.query({
    text: `UPDATE handover_item SET closed_by = $2, closed_at = $3, close_note = $4 WHERE id = $1 AND closed_at IS NULL`,
    values: [before.id, by.id, new Date(now), note],
  });
  if (rowCount !== 1) throw new AppError('conflict', 'the item was closed before');
  const actor = { kind: 'person' as const, id: by.id };
  const secrets = { note };
  const { id: objectId } = before;
  await audit(unit, { actor, action: 'handover.close_item', object: 'handover_item', objectId, secrets });
  const [item] = await select(unit.sql, 'i.id = $1', [before.id]);
  return item ?? before;
}

/** What a team has not closed, the oldest first. */
export function openItems(sql: Sql, teamId: string): Promise<HandoverItem[]> {
  return select(sql, 'i.team_id = $1 AND i.closed_at IS NULL', [teamId]);
}

/** What a completed handover handed on; some may be closed by now. */
export function itemsOfHandover(sql: Sql, handoverId: string): Promise<HandoverItem[]> {
  return select(sql, 'i.id IN (SELECT item_id FROM handover_carry WHERE handover_id = $1)', [handoverId]);
}

async function select(sql: Sql, where: string, values: unknown[]): Promise<HandoverItem[]> {
  type Row = Omit<HandoverItem, 'createdAt' | 'closedAt'> & { createdAt: Date; closedAt: Date | null };
  const { rows } = await sql.query<Row & Record<string, unknown>>({
    text: `SELECT i.id, i.no, i.team_id AS "teamId", i.text, i.author_id AS "authorId", i.created_at AS "createdAt",
      i.closed_by AS "closedBy", i.closed_at AS "closedAt", i.close_note AS "closeNote"
      FROM handover_item i WHERE ${where} ORDER BY i.no`,
    values,
  });
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.getTime(),
    closedAt: row.closedAt?.getTime() ?? null,
  }));
}
