import type { Unit } from '../../../prisma/client.ts';
import { tellPeople } from '../post.ts';
import { addItem, type HandoverItem } from './items.ts';
import { storeMove } from './move.ts';
import type { HandoverParts } from './parts.ts';
import { handoverById } from './record.ts';
import { moved, waitedFor } from './rules.ts';

/**
 * Notes a problem. One that comes up while a completed handover still waits for somebody goes along with it, and they
 * are told, so that nobody takes over without having read it back.
 */
export async function raiseItem(
  unit: Unit,
  parts: HandoverParts,
  { by, teamId, text }: { by: string; teamId: string; text: string },
  now: number,
): Promise<HandoverItem> {
  // Held before the item is written: one that is being completed right now would otherwise miss it.
  const { rows } = await unit.sql.query<{ id: string }>({
    text: `SELECT id FROM handover WHERE team_id = $1 AND state IN ('open', 'completed') ORDER BY id FOR UPDATE`,
    values: [teamId],
  });
  const item = await addItem(unit, parts, { by, teamId, text }, now);
  for (const { id } of rows) {
    const before = await handoverById(unit.sql, id);
    const result = before && moved(before, { do: 'carry', by, itemId: item.id }, now);
    if (!before || !result || 'refused' in result) continue;
    await storeMove(unit, before, result.progress, by, now);
    const word = { kind: 'handover.added', data: { handoverId: id, no: item.no } };
    await tellPeople(unit, parts, waitedFor(result.progress), word, now);
  }
  return item;
}
