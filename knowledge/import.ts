import type { hot, Unit } from '../prisma/client.ts';
import { type Author, columnsOf, type NewEntry, recordChange } from './library.ts';

type ImportedEntry = NewEntry & { id: string };
type Import = Author & { importId: string };

/** The entries that have these ids already, with their states. */
export async function statesOf(
  { prisma }: Pick<Unit, 'prisma'>,
  ids: string[],
): Promise<Map<string, string>> {
  const rows = await prisma.entry.findMany({ where: { id: { in: ids } }, select: { id: true, state: true } });
  return new Map(rows.map(({ id, state }) => [id, state]));
}

/**
 * Publishes all entries of a file, as one import; a withdrawn one is taken up again, worded as the file has it. The
 * claim is on each row: undefined if any id has been taken since, and then the caller rolls everything back.
 */
export async function importEntries(
  unit: Unit,
  entries: readonly ImportedEntry[],
  by: Import,
  now: number,
): Promise<hot.EventRow[] | undefined> {
  const { entry } = unit.prisma;
  const at = new Date(now);
  const ids = entries.map(({ id }) => id);
  const known = await statesOf(unit, ids);
  const rows = entries.map((each) => ({ ...each, ...columnsOf(each), updatedAt: at }));
  const fresh = rows.filter(({ id }) => !known.has(id)).map((row) => ({ ...row, createdAt: at }));
  const { count } = await entry.createMany({ data: fresh, skipDuplicates: true });
  if (count < fresh.length) return undefined;
  for (const { id, ...row } of rows.filter(({ id }) => known.has(id))) {
    const data = { ...row, state: 'published', revision: { increment: 1 } };
    const claimed = await entry.updateMany({ where: { id, state: 'withdrawn' }, data });
    if (claimed.count === 0) return undefined;
  }
  return recordChange(unit, await entry.findMany({ where: { id: { in: ids } } }), by, now);
}

/**
 * Takes an import back: its entries are withdrawn, but for those that somebody wrote or withdrew since.
 * Undefined if there was no such import.
 */
export async function undoImport(
  unit: Unit,
  importId: string,
  by: Author,
  now: number,
): Promise<{ withdrawn: number; kept: number; events: hot.EventRow[] } | undefined> {
  const all = await unit.prisma.revision.count({ where: { importId } });
  if (all === 0) return undefined;
  const { rows } = await unit.sql.query<{ id: string }>({
    text: `UPDATE entry e SET state = 'withdrawn', revision = e.revision + 1, updated_at = $2 FROM revision r
      WHERE r.import_id = $1 AND e.id = r.entry_id AND e.revision = r.number AND e.state = 'published' RETURNING e.id`,
    values: [importId, new Date(now)],
  });
  const ids = rows.map(({ id }) => id);
  const records = await unit.prisma.entry.findMany({ where: { id: { in: ids } } });
  const events = ids.length > 0 ? await recordChange(unit, records, by, now) : [];
  return { withdrawn: ids.length, kept: all - ids.length, events };
}
