import { type Sql, type Unit, uuidv7 } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import type { Audit } from '../../people/audit.ts';
import { type Post, tellPeople } from '../post.ts';
import { applyChange } from './apply.ts';
import { type Editing, reachable } from './reach.ts';
import { selectShifts } from './store.ts';
import type { PlannedShift, RosterChange } from './types.ts';

export type EditKind = 'edit' | 'rotation' | 'import' | 'undo';

export interface EditParts extends Post {
  readonly audit: Audit;
}

type Done = Required<Pick<RosterChange, 'plan' | 'cancel'>>;

/** A change of the plan as it was made. */
export interface RosterEdit {
  readonly id: string;
  readonly kind: EditKind;
  readonly editorId: string;
  readonly editorName: string;
  readonly planned: readonly PlannedShift[];
  readonly cancelled: readonly PlannedShift[];
  readonly undone: boolean;
  readonly createdAt: number;
}

/** Writes down what was changed, so that it can be taken back, and tells everybody whose shifts it concerns. @returns its id */
export async function recordEdit(
  unit: Unit,
  { audit, ...post }: EditParts,
  { plan, cancel, kind, editorId, undoes }: Done & { kind: EditKind; editorId: string; undoes?: string },
  now: number,
): Promise<string> {
  const id = uuidv7(now);
  await unit.sql.query({
    text: `INSERT INTO roster_edit (id, editor_id, kind, planned_ids, cancelled_ids, undoes_id, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    values: [
      ...[id, editorId, kind, JSON.stringify(plan.map((each) => each.id)), JSON.stringify(cancel)],
      ...[undoes ?? null, new Date(now)],
    ],
  });
  const details = { kind, planned: plan.length, cancelled: cancel.length };
  const actor = { kind: 'person' as const, id: editorId };
  await audit(unit, { actor, action: 'roster.edit', object: 'roster_edit', objectId: id, details });
  const gone = await shiftsById(unit.sql, cancel);
  const touched = [...plan, ...gone].map(({ personId }) => personId).filter((person) => person !== editorId);
  await tellPeople(unit, post, touched, { kind: 'roster.edited', data: { editId: id } }, now);
  return id;
}

/**
 * Takes a change back: what it planned goes, what it cancelled is planned again.
 * @throws AppError not_found, forbidden, gone (taken back already), conflict (built upon since)
 */
export async function undoEdit(
  unit: Unit,
  parts: EditParts,
  id: string,
  { editor, now }: Editing,
): Promise<string> {
  const edit = await editById(unit.sql, id);
  if (!edit) throw new AppError('not_found');
  await reachable(
    unit.sql,
    [...new Set([...edit.planned, ...edit.cancelled].map((each) => each.personId))],
    editor,
  );
  const { rowCount } = await unit.sql.query({
    text: 'UPDATE roster_edit SET undone_at = $2 WHERE id = $1 AND undone_at IS NULL',
    values: [id, new Date(now)],
  });
  if (rowCount !== 1) throw new AppError('gone', 'taken back already');
  const change = {
    cancel: edit.planned.map((each) => each.id),
    plan: edit.cancelled.map((each) => ({ ...each, id: uuidv7(now) })),
  };
  const applied = await applyChange(unit, change, now);
  if ('problems' in applied) throw new AppError('conflict', 'something was built upon this change');
  return recordEdit(unit, parts, { ...change, kind: 'undo', editorId: editor.id, undoes: id }, now);
}

export async function editById(sql: Sql, id: string): Promise<RosterEdit | undefined> {
  type Row = { kind: EditKind; editorId: string; editorName: string; planned: string[]; cancelled: string[] };
  const { rows } = await sql.query<Row & { undone: boolean; createdAt: Date } & Record<string, unknown>>({
    text: `SELECT e.kind, e.editor_id AS "editorId", p.name AS "editorName", e.planned_ids AS planned,
        e.cancelled_ids AS cancelled, e.undone_at IS NOT NULL AS undone, e.created_at AS "createdAt"
      FROM roster_edit e JOIN person p ON p.id = e.editor_id WHERE e.id = $1`,
    values: [id],
  });
  const [row] = rows;
  if (!row) return undefined;
  const [planned, cancelled] = [await shiftsById(sql, row.planned), await shiftsById(sql, row.cancelled)];
  return { ...row, id, planned, cancelled, createdAt: row.createdAt.getTime() };
}

/** Planned or cancelled: as they were written. */
const shiftsById = (sql: Sql, ids: readonly string[]) => selectShifts(sql, 's.id = ANY($1)', [[...ids]]);
